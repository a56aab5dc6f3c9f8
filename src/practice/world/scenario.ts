import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import * as z from 'zod';
import {
  details,
  effectSchema,
  environment,
  instant,
  outageSchema,
  urgency,
  version,
} from './scenario-effects.ts';

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
  outages: z.array(outageSchema).default([]),
  incidents: z.array(incidentSchema).default([]),
  broken_images: z.array(brokenImageSchema).default([]),
});

export type Scenario = z.infer<typeof scenarioSchema>;
export type ScenarioCommit = z.infer<typeof commitSchema>;

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
