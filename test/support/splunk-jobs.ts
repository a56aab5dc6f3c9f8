import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { PracticeWorld } from './practice.ts';

/** Search jobs that the practice Splunk has. */
export async function splunkJobs(world: PracticeWorld): Promise<readonly unknown[]> {
  const token = readFileSync(join(dirname(world.config), 'splunk.token'), 'utf8').trim();
  const answer = await fetch(`${world.endpoints.splunk}/services/search/v2/jobs?output_mode=json`, {
    headers: { authorization: `Bearer ${token}` },
  });
  return ((await answer.json()) as { entry: readonly unknown[] }).entry;
}
