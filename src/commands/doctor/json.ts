import type { Diagnosis } from '../../insight/doctor.ts';
import type { Catalog } from '../../model/catalog.ts';
import type { Instant } from '../../model/instant.ts';
import { jsonDocument } from '../json.ts';
import type { LocalCheck } from './here.ts';

export interface Report {
  readonly diagnoses: readonly Diagnosis[];
  readonly here: readonly LocalCheck[];
  readonly notConfigured: readonly string[];
  /** How far PagerDuty's clock is ahead of this machine's, in milliseconds. */
  readonly ahead: number | null;
}

/** The document of docs/contracts.md. */
export function doctorJson(catalog: Pick<Catalog, 'practice'>, at: Instant, report: Report): string {
  const { diagnoses, here, notConfigured, ahead } = report;
  return jsonDocument(catalog, at, {
    checks: diagnoses.map(({ system, environment, ok, latencyMs, identity, missing, skewMs, ...rest }) => ({
      system,
      env: environment,
      ok,
      latency_ms: latencyMs,
      identity,
      missing,
      skew_s: seconds(skewMs),
      skew_pagerduty_s: skewMs === null || ahead === null ? null : seconds(skewMs - ahead),
      budget: rest.budget,
      problem: rest.problem,
      error: rest.failure === null ? null : { code: rest.failure.code, message: rest.failure.message },
      fix: rest.fix,
    })),
    local: here.map(({ name, result, text, fix }) => ({ name, ok: result !== 'bad', text, fix })),
    not_configured: notConfigured,
  });
}

function seconds(ms: number | null): number | null {
  return ms === null ? null : Math.round(ms / 1_000);
}
