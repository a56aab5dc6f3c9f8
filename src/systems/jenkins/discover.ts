import * as z from 'zod';
import { environmentNamed } from '../../insight/match-names.ts';
import { type Discovery, NOTHING_FOUND } from '../../model/ports/discovery.ts';
import { safeText } from '../../model/safe-text.ts';
import type { AdapterDeps } from '../http/transport.ts';
import { JenkinsClient } from './client.ts';
import { SYSTEM } from './failure.ts';

const MOST_JOBS = 1_000;
const ENVIRONMENT = 'ENVIRONMENT';

const parameter = z.object({ name: z.string(), choices: z.array(z.string()).nullish() });
const base = z.object({
  fullName: z.string().nullish(),
  property: z.array(z.object({ parameterDefinitions: z.array(parameter).nullish() }).nullable()).nullish(),
});
type Job = z.output<typeof base> & { readonly jobs?: readonly Job[] | null | undefined };
const job: z.ZodType<Job> = base.extend({ jobs: z.lazy(() => z.array(job).nullish()) });
const root = z.object({ jobs: z.array(job).nullish() });

/** Folders within folders, as far as deploys are kept: https://www.jenkins.io/doc/book/using/remote-access-api/ (tree) */
const FIELDS = 'fullName,property[parameterDefinitions[name,choices]]';
const TREE = `jobs[${FIELDS},jobs[${FIELDS},jobs[${FIELDS}]]]`;

/** Jobs with their folders, and what the choices of their parameter ENVIRONMENT call our environments. */
export function openDiscovery(deps: AdapterDeps): Discovery {
  const client = new JenkinsClient(deps);
  const ours = Object.keys(deps.loaded.config.environments);
  return {
    system: SYSTEM,
    async discover(signal) {
      const path = `/api/json?tree=${encodeURIComponent(TREE)}`;
      const { jobs } = await client.read('the jobs', root, path, signal);
      const all = flat(jobs ?? []);
      const left = all.length - MOST_JOBS;
      return {
        ...NOTHING_FOUND,
        gaps: left > 0 ? [`Jenkins has ${left} more jobs: they were not looked at.`] : [],
        things: all.slice(0, MOST_JOBS).map(({ fullName, property }) => {
          const environments = environmentsOf(property ?? [], ours);
          return {
            system: SYSTEM,
            kind: 'job',
            name: safeText(fullName),
            service: null,
            environment: null,
            squad: null,
            isService: false,
            keys: { jenkins: { job: fullName, ...environments } },
          };
        }),
      };
    },
  };
}

/** Jobs that hold no others. */
function flat(jobs: readonly Job[]): readonly Job[] {
  return jobs.flatMap((each) =>
    (each.jobs ?? []).length > 0 ? flat(each.jobs ?? []) : each.fullName ? [each] : [],
  );
}

function environmentsOf(
  properties: NonNullable<Job['property']>,
  ours: readonly string[],
): { readonly environments?: Readonly<Record<string, string>> } {
  const parameters = properties.flatMap((property) => property?.parameterDefinitions ?? []);
  const choices = parameters.find(({ name }) => name === ENVIRONMENT)?.choices ?? [];
  const pairs = choices.flatMap((choice) => {
    const own = environmentNamed(choice, ours);
    return own === null || own === choice ? [] : [[own, choice] as const];
  });
  return pairs.length === 0 ? {} : { environments: Object.fromEntries(pairs) };
}
