import { logSystem } from '../../insight/log-system.ts';
import type { LogPlace, LogSearch, TailStep } from '../../model/ports/index.ts';
import type { AdapterDeps } from '../http/transport.ts';
import { type Part, together } from './together.ts';

/** Each service's logs from where they are: a CloudWatch log group where one is named, else Splunk. */
export function openLogSearch(deps: AdapterDeps): LogSearch {
  const opened = new Map<string, Promise<LogSearch>>();
  const of = ({ service }: LogPlace): Promise<LogSearch> => {
    const system = logSystem(service);
    const known = opened.get(system);
    if (known !== undefined) return known;
    const opening = open(system, deps);
    opened.set(system, opening);
    return opening;
  };
  return {
    search: async (query, limit, signal) => (await of(query)).search(query, limit, signal),
    errorCount: async (span, signal) => (await of(span)).errorCount(span, signal),
    histogram: async (span, bucketMs, signal) => (await of(span)).histogram(span, bucketMs, signal),
    patterns: async (span, signal) => (await of(span)).patterns(span, signal),
    around: async (place, line, limit, signal) => (await of(place)).around(place, line, limit, signal),
    async *tail(query, signal): AsyncGenerator<TailStep, void, void> {
      const { others = [], ...one } = query;
      const services = [query.service, ...others];
      const inSplunk = services.filter((service) => logSystem(service) === 'splunk');
      const elsewhere = services.filter((service) => logSystem(service) !== 'splunk');
      // Splunk finds the lines of several services in one search; each log group of CloudWatch is read for itself.
      const groups = [...(inSplunk.length === 0 ? [] : [inSplunk]), ...elsewhere.map((service) => [service])];
      const parts = groups.flatMap(([service, ...rest]): Part[] => {
        if (service === undefined) return [];
        const asked = { ...one, service, ...(rest.length === 0 ? {} : { others: rest }) };
        const steps = async function* (ending: AbortSignal) {
          yield* (await of(asked)).tail(asked, ending);
        };
        return [{ system: logSystem(service), steps }];
      });
      const [only, ...more] = parts;
      if (only !== undefined && more.length === 0) yield* only.steps(signal);
      else yield* together(parts, query.sinceMs, signal);
    },
    link: async (query) => (await of(query)).link(query),
  };
}

async function open(system: 'splunk' | 'aws', deps: AdapterDeps): Promise<LogSearch> {
  if (system === 'aws') return (await import('../aws/log-search.ts')).openLogSearch(deps);
  return (await import('../splunk/index.ts')).openLogSearch(deps);
}
