import type { PracticeContainer } from '../../world/state.ts';
import { type Engine, isUp, labelsOf } from './engine.ts';
import { EngineFailure } from './failure.ts';

type Test = (container: PracticeContainer, value: string, engine: Engine) => boolean;

/** Filters of GET /containers/json; several values of one filter are alternatives, of `label` demands. */
const TESTS: Readonly<Record<string, Test>> = {
  status: (container, value) => container.state === value,
  health: (container, value) => (container.health ?? 'none') === value,
  id: (container, value) => container.id.startsWith(value),
  name: (container, value) => `/${container.name}`.includes(value.replace(/[\^$]/g, '')),
  ancestor: (container, value) => container.image === value || container.imageDigest === value,
  exited: (container, value) => container.state === 'exited' && container.exitCode === Number(value),
  label: (container, value, engine) => {
    const [name = '', wanted] = value.split(/=(.*)/s, 2);
    const actual = labelsOf(engine, container)[name];
    return actual !== undefined && (wanted === undefined || actual === wanted);
  },
};

/** The containers that `all` and `filters` (a JSON object of lists, or of `{value: true}`) leave. */
export function filtered(engine: Engine, query: URLSearchParams): PracticeContainer[] {
  const filters = parse(query.get('filters'));
  const all = ['1', 'true', 'True', 'TRUE'].includes(query.get('all') ?? '');
  const everyState = all || filters.some(([name]) => name === 'status' || name === 'exited');
  return engine.containers.filter(
    (container) =>
      (everyState || isUp(container)) &&
      filters.every(([name, values]) => {
        const test = TESTS[name];
        if (test === undefined) throw new EngineFailure(400, `invalid filter '${name}'`);
        const pass = (value: string) => test(container, value, engine);
        return name === 'label' ? values.every(pass) : values.some(pass);
      }),
  );
}

function parse(text: string | null): [string, string[]][] {
  if (text === null || text === '') return [];
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw new EngineFailure(400, `invalid filter: ${text.slice(0, 80)}`);
  }
  if (typeof parsed !== 'object' || parsed === null) throw new EngineFailure(400, 'invalid filter');
  return Object.entries(parsed).map(([name, values]) => [name, valuesOf(values)]);
}

function valuesOf(values: unknown): string[] {
  if (Array.isArray(values)) return values.map(String);
  return typeof values === 'object' && values !== null ? Object.keys(values) : [];
}
