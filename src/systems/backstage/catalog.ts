import { parseAllDocuments } from 'yaml';
import * as z from 'zod';
import type { FoundThing } from '../../model/ports/discovery.ts';
import { type SafeText, safeText } from '../../model/safe-text.ts';
import { textSchema } from '../http/decode.ts';

const MAX_BYTES = 1_048_576;
const MAX_ENTITIES = 200;
const MAX_ALIASES = 100;

/** https://backstage.io/docs/features/software-catalog/descriptor-format */
const entity = z.object({
  kind: z.string(),
  metadata: z.object({
    name: textSchema,
    annotations: z.record(z.string(), z.coerce.string()).nullish(),
    links: z.array(z.object({ url: z.string(), title: z.string().nullish() })).nullish(),
  }),
  spec: z.object({ type: z.string().nullish(), owner: z.nullish(textSchema) }).nullish(),
});

/**
 * Annotations that lead to another system, by the key of `services.NAME` that they become:
 * https://backstage.io/docs/features/software-catalog/well-known-annotations, and of the plugins of PagerDuty, Buildkite and AWS.
 */
const ANNOTATIONS: Readonly<Record<string, (value: string) => Readonly<Record<string, unknown>>>> = {
  'pagerduty.com/service-id': (id) => ({ pagerduty_service: id }),
  'github.com/project-slug': (slug) => ({ repo: slug }),
  'buildkite.com/project-slug': (slug) => ({ buildkite: { pipeline: slug.split('/').at(-1) ?? '' } }),
  'jenkins.io/job-full-name': (job) => ({ jenkins: { job: job.split(':').at(-1) ?? '' } }),
  'aws.amazon.com/amazon-ecr-arn': (arn) => ({ image: arn.split(':repository/')[1] ?? '' }),
};

/** What a catalog file says, and what in it could not be read. */
export interface ReadCatalog {
  readonly things: readonly FoundThing[];
  readonly gaps: readonly string[];
}

/** The components in a `catalog-info.yaml`, of which a file may hold several. @param from for sentences: its path */
export function readCatalog(text: string, from: string): ReadCatalog {
  const gap = (why: string) => ({ things: [], gaps: [`${safeText(from)} was left out: ${why}.`] });
  if (text.length > MAX_BYTES) return gap('it is larger than 1 MB');
  const documents = [
    ...parseAllDocuments(text, { stringKeys: true, prettyErrors: false, logLevel: 'silent' }),
  ];
  if (documents.length > MAX_ENTITIES) return gap(`it has more than ${MAX_ENTITIES} entities`);
  const things: FoundThing[] = [];
  for (const document of documents) {
    if (!('errors' in document)) continue;
    if (document.errors.length > 0) return gap('it is no YAML');
    const read = entity.safeParse(unfolded(() => document.toJS({ maxAliasCount: MAX_ALIASES })));
    if (read.success && read.data.kind.toLowerCase() === 'component') things.push(thingOf(read.data));
  }
  return { things, gaps: [] };
}

/** null: aliases that unfold to far more than the file. */
function unfolded(read: () => unknown): unknown {
  try {
    return read();
  } catch {
    return null;
  }
}

function thingOf({ metadata, spec }: z.output<typeof entity>): FoundThing {
  const told = Object.entries(ANNOTATIONS).map(([annotation, keys]) => {
    const value = metadata.annotations?.[annotation];
    return value === undefined || value === '' ? {} : keys(value);
  });
  const runbook = metadata.links?.find(({ title }) => /run-?\s?book/i.test(title ?? ''))?.url;
  return {
    system: 'backstage',
    kind: 'component',
    name: metadata.name,
    service: null,
    environment: null,
    squad: ownerOf(spec?.owner ?? null),
    isService: spec?.type === 'service',
    keys: Object.assign({}, ...told, runbook === undefined ? {} : { runbook }),
  };
}

/** `billing` of `group:default/billing`. */
function ownerOf(owner: SafeText | null): SafeText | null {
  return owner === null ? null : safeText(owner.split(/[:/]/).at(-1));
}
