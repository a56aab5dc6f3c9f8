import type { Diagnosis } from '../../insight/doctor.ts';
import type { DoctorRow } from '../../text/doctor-lines.ts';

export function nameOf({ system, environment }: Pick<Diagnosis, 'system' | 'environment'>): string {
  return environment === null ? system : `${system} ${environment}`;
}

export function toRow(diagnosis: Diagnosis): DoctorRow {
  const { ok, problem, fix, identity, latencyMs, budget } = diagnosis;
  const found = [
    identity ?? 'it answers',
    ...(latencyMs === null ? [] : [`${latencyMs} ms`]),
    ...(budget === null ? [] : [`${budget.left} of ${budget.of} requests left`]),
  ];
  const text = ok ? [...found, ...(problem === null ? [] : [problem])].join('  ') : (problem ?? '');
  const result = !ok ? 'bad' : problem === null ? 'ok' : 'warn';
  return { name: nameOf(diagnosis), result, text, fix };
}
