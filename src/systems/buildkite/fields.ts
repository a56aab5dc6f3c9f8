import { parse } from 'yaml';
import * as z from 'zod';
import { MINUTE } from '../../model/instant.ts';
import { type SafeText, safeText } from '../../model/safe-text.ts';
import type { BuildkiteClient } from './client.ts';
import { pipelineAnswer } from './wire.ts';

const KEPT_MS = 10 * MINUTE;
const MAX_ALIASES = 50;

/** https://buildkite.com/docs/pipelines/configure/step-types/block-step: a field is required unless it says otherwise. */
const fieldSchema = z.object({
  key: z.string(),
  text: z.string().optional().catch(undefined),
  select: z.string().optional().catch(undefined),
  required: z.boolean().optional().catch(undefined),
  default: z.unknown().optional(),
});
const stepSchema = z.object({
  block: z.string().nullish().catch(null),
  label: z.string().nullish().catch(null),
  key: z.string().nullish().catch(null),
  fields: z
    .array(fieldSchema.catch({ key: '' }))
    .optional()
    .catch([]),
});
const stepsSchema = z.object({ steps: z.array(stepSchema.catch({})) });

type Step = z.output<typeof stepSchema>;

/**
 * What block steps ask for. Jobs do not tell it: it stands in the pipeline's steps, if they are kept in Buildkite
 * and not uploaded by the build.
 */
export class BlockFields {
  readonly #client: Pick<BuildkiteClient, 'get'>;
  readonly #now: () => number;
  readonly #steps = new Map<string, { readonly at: number; readonly steps: Promise<readonly Step[]> }>();

  constructor(client: Pick<BuildkiteClient, 'get'>, now: () => number) {
    this.#client = client;
    this.#now = now;
  }

  /**
   * Names of the fields that are required, have no default and are not among `given`.
   * @param names of the step: its key and label
   */
  async asks(
    pipeline: string,
    names: readonly string[],
    given: Readonly<Record<string, string>>,
  ): Promise<readonly SafeText[]> {
    const steps = await this.#stepsOf(pipeline);
    const step = steps.find(({ block, label, key }) =>
      [block, label, key].some((name) => typeof name === 'string' && names.includes(name)),
    );
    return (step?.fields ?? [])
      .filter(({ key, required, default: preset }) => {
        const isSet = preset !== undefined && preset !== null && preset !== '';
        return key !== '' && required !== false && !isSet && given[key] === undefined;
      })
      .map(({ key, text, select }) => safeText(text ?? select ?? key, { maxLength: 60 }));
  }

  #stepsOf(pipeline: string): Promise<readonly Step[]> {
    const known = this.#steps.get(pipeline);
    if (known !== undefined && this.#now() - known.at < KEPT_MS) return known.steps;
    // Without read_pipelines it is not known; then Buildkite's own refusal tells.
    const steps = this.#client
      .get('a pipeline', pipelineAnswer, `/pipelines/${pipeline}`)
      .then(({ configuration }) => stepsIn(configuration ?? ''))
      .catch(() => []);
    this.#steps.set(pipeline, { at: this.#now(), steps });
    return steps;
  }
}

function stepsIn(configuration: string): readonly Step[] {
  try {
    return stepsSchema.safeParse(parse(configuration, { maxAliasCount: MAX_ALIASES })).data?.steps ?? [];
  } catch {
    return [];
  }
}
