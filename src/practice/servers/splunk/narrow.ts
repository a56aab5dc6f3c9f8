import type { LogStoreQuery } from '../../world/world.ts';
import { PRACTICE_INDEX } from './event.ts';
import type { Expression } from './spl/expression.ts';

export interface Narrowed {
  /** Only another index was asked for: nothing can match. */
  readonly nothing: boolean;
  readonly query: Pick<LogStoreQuery, 'service' | 'environment' | 'instance'>;
}

/** What an expression demands of every event, so that the store need not make the lines of other machines. */
export function narrow(where: Expression): Narrowed {
  if (where.kind === 'or') return common(where.of.map(narrow));
  const demands = where.kind === 'and' ? where.of : [where];
  const query: { service?: string; environment?: 'prod' | 'test'; instance?: string } = {};
  let nothing = false;
  for (const demand of demands) {
    if (demand.kind === 'or') {
      const either = narrow(demand);
      nothing ||= either.nothing;
      Object.assign(query, either.query);
    }
    const [value, ...others] = demand.kind === 'compare' && demand.operator === '=' ? demand.values : [];
    if (demand.kind !== 'compare' || value === undefined || others.length > 0 || value.includes('*'))
      continue;
    const text = value.toLowerCase();
    if (demand.field === 'index' && text !== PRACTICE_INDEX) nothing = true;
    if (demand.field === 'service') query.service = text;
    if (demand.field === 'environment' && (text === 'prod' || text === 'test')) query.environment = text;
    if (demand.field === 'instance' || demand.field === 'host') query.instance = text;
  }
  return { nothing, query };
}

/** What each of several alternatives demands. */
function common(each: readonly Narrowed[]): Narrowed {
  const some = each.filter(({ nothing }) => !nothing).map(({ query }) => query);
  const [first = {}] = some;
  const same = (key: keyof Narrowed['query']) => some.every((query) => query[key] === first[key]);
  const { service, environment, instance } = first;
  return {
    nothing: some.length === 0,
    query: {
      ...(service !== undefined && same('service') ? { service } : {}),
      ...(environment !== undefined && same('environment') ? { environment } : {}),
      ...(instance !== undefined && same('instance') ? { instance } : {}),
    },
  };
}
