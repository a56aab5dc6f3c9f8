import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import * as z from 'zod';

const instant = z.iso.datetime().transform((text) => Date.parse(text));
const environment = z.enum(['prod', 'test']);
const urgency = z.enum(['high', 'low']);
const version = z.string().regex(/^\d+\.\d+\.\d+$/);
const details = z.record(z.string(), z.string()).default({});

const commitSchema = z.strictObject({
  title: z.string(),
  by: z.email().describe('Who wrote it, one of the tribe.'),
  pull_request: z
    .int()
    .positive()
    .optional()
    .describe('That brought it; several of the same in a row are one merge.'),
  files: z.array(z.string()).min(1),
});

const deploySchema = z
  .strictObject({
    service: z.string(),
    environment,
    version,
    build: z.int().positive(),
    by: z.email().describe('Who deployed it, one of the tribe.'),
    started: instant,
    finished: instant,
    commits: z
      .array(commitSchema)
      .min(1)
      .optional()
      .describe('What the version brought, oldest first; made up where it is not told.'),
  })
  .describe('A deploy of the last days; the months before it are made up to lead there.');

const alarmSchema = z
  .strictObject({
    name: z.string(),
    description: z.string(),
    metric: z.enum(['error_rate', 'queue_depth', 'function_errors', 'any_of']),
    of: z.array(z.string()).min(1).describe('Load balancer, queue, function, or the alarms of any_of.'),
    threshold: z.number().default(0),
    value: z
      .number()
      .default(0)
      .describe('How high it stands: percent, errors a minute; of a queue: messages more a minute.'),
    tags: z.record(z.string(), z.string()).default({}),
  })
  .describe('A CloudWatch alarm that it raises.');

const effectSchema = z
  .strictObject({
    key: z.string(),
    service: z.string(),
    environment,
    version,
    error_rate: z
      .number()
      .positive()
      .describe('Error lines a second on each instance that runs the version.'),
    errors: z.array(z.string()).min(1),
    sick_share: z.number().min(0).max(1).default(0).describe('Share of the instances whose container fails.'),
    incidents: z
      .array(
        z.strictObject({
          service: z.string(),
          title: z.string(),
          urgency,
          after_s: z.number().nonnegative().describe('Seconds from the first effect to the alert.'),
          details,
        }),
      )
      .default([]),
    alarms: z.array(alarmSchema).default([]),
  })
  .describe('What a bad version does while an InService instance runs it.');

const incidentSchema = z
  .strictObject({
    service: z.string(),
    title: z.string(),
    urgency,
    triggered: instant,
    acknowledged: z.strictObject({ at: instant, by: z.email() }).optional(),
    details,
  })
  .describe('Open when the world starts.');

const brokenImageSchema = z
  .strictObject({
    service: z.string(),
    version,
    rollback_fails: z.boolean().default(false).describe('Undoing the failed update gets stuck once.'),
  })
  .describe('An image that is in the registry but never starts: every update to it fails.');

export const scenarioSchema = z.strictObject({
  name: z.string(),
  story: z.string().describe('What happens, for people.'),
  deploys: z.array(deploySchema).default([]),
  effects: z.array(effectSchema).default([]),
  incidents: z.array(incidentSchema).default([]),
  broken_images: z.array(brokenImageSchema).default([]),
});

export type Scenario = z.infer<typeof scenarioSchema>;
export type ScenarioCommit = z.infer<typeof commitSchema>;
export type ScenarioEffect = Scenario['effects'][number];

/** A scenario that cannot be used; the message says which file and what is wrong in it. */
export class ScenarioError extends Error {
  override readonly name = 'ScenarioError';
}

/** By name from the scenarios that come along, or from a `.yaml` file of one's own. */
export function loadScenario(nameOrFile: string): Scenario {
  const file = /[/\\]|\.ya?ml$/.test(nameOrFile) ? nameOrFile : join(folder(), `${nameOrFile}.yaml`);
  if (!existsSync(file)) {
    throw new ScenarioError(`No scenario "${nameOrFile}"; there is: ${scenarioNames().join(', ')}`);
  }
  return parseScenario(readFileSync(file, 'utf8'), file);
}

export function parseScenario(text: string, file: string): Scenario {
  let raw: unknown;
  try {
    raw = parse(text, { maxAliasCount: 20 });
  } catch (error) {
    throw new ScenarioError(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
  const checked = scenarioSchema.safeParse(raw);
  if (checked.success) return checked.data;
  throw new ScenarioError(`${file}: ${z.prettifyError(checked.error)}`);
}

export function scenarioNames(): string[] {
  return readdirSync(folder())
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => basename(file, '.yaml'))
    .sort();
}

/** Beside the sources, beside the bundle, or beside the bundle's folder of chunks. */
function folder(): string {
  const found = ['../scenarios', './scenarios']
    .map((relative) => fileURLToPath(new URL(relative, import.meta.url)))
    .find((candidate) => existsSync(candidate));
  if (found === undefined) throw new ScenarioError('The folder of scenarios is missing');
  return found;
}
