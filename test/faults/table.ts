import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';

const faultSchema = z.strictObject({
  system: z.string(),
  match: z.strictObject({ operation: z.string() }).optional(),
  fault: z.string(),
  ms: z.number().optional(),
  status: z.number().optional(),
  headers: z.record(z.string(), z.string()).optional(),
  times: z.number().optional(),
});

/** A command and what is seen of it. */
const runSchema = z.strictObject({
  run: z.string(),
  exit: z.number(),
  stdout: z.array(z.string()).default([]),
  stderr: z.array(z.string()).default([]),
  never: z.array(z.string()).default([]),
  /** By path; a step into a list is the `name` of its entry, or its index. */
  json: z.record(z.string(), z.unknown()).default({}),
});

const drillSchema = runSchema.extend({
  speed: z.number().default(1),
  args: z.array(z.string()).default([]),
  env: z.record(z.string(), z.string()).default({}),
  /** A command that runs while everything is still well. */
  before: z.string().optional(),
  event: z.record(z.string(), z.unknown()).optional(),
  faults: z.array(faultSchema).default([]),
  /** A command that SIGKILL ends as soon as a system has got that operation. */
  killed: z.strictObject({ run: z.string(), at: z.string() }).optional(),
  /** What is done to the journal before `run`: its disk is full, or its last line was written by half. */
  journal: z.enum(['full', 'torn']).optional(),
  /** Commands that run after it, in the world as it left it. */
  next: z.array(runSchema).default([]),
  /** All mutations that a system saw, in order. */
  mutations: z.record(z.string(), z.array(z.string())).default({}),
  /** Mutations that a system saw exactly once, among others. */
  once: z.record(z.string(), z.array(z.string())).default({}),
  incidents: z.record(z.string(), z.string()).default({}),
});

const rowSchema = z.strictObject({
  row: z.number(),
  fault: z.string(),
  expected: z.string(),
  drills: z.array(drillSchema).default([]),
  /** End-to-end tests by name. */
  stories: z.array(z.string()).default([]),
  /** Other tests, as `file › name`, that hold the proof where no drill fits. */
  tests: z.array(z.string()).default([]),
  /** Why it is not proven yet. */
  later: z.string().optional(),
});

export type Run = z.infer<typeof runSchema>;
export type Drill = z.infer<typeof drillSchema>;
export type FaultRow = z.infer<typeof rowSchema>;

/** The fault table: one data file for the tests and for docs/faults.md. */
export function readFaultTable(): readonly FaultRow[] {
  const file = fileURLToPath(new URL('faults.yaml', import.meta.url));
  return z.array(rowSchema).parse(parse(readFileSync(file, 'utf8')));
}
