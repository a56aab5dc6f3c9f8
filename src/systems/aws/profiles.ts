import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { closest } from 'fastest-levenshtein';
import { Failure } from '../../model/failure.ts';

export interface ProfileFiles {
  readonly credentialsFile: string;
  readonly configFile: string;
}

export interface Profile {
  readonly name: string;
  /** `aws sso login` renews it. */
  readonly sso: boolean;
}

/** Where the SDKs look: https://docs.aws.amazon.com/sdkref/latest/guide/file-location.html. */
export function profileFiles(credentialsFile: string | null): ProfileFiles {
  return {
    credentialsFile:
      credentialsFile ?? process.env.AWS_SHARED_CREDENTIALS_FILE ?? join(homedir(), '.aws', 'credentials'),
    configFile: process.env.AWS_CONFIG_FILE ?? join(homedir(), '.aws', 'config'),
  };
}

/**
 * The named profile; a Failure that says where it was looked for and which name is near when there is none:
 * the SDK says the same for a mistyped profile as for one without credentials.
 */
export async function findProfile(name: string, files: ProfileFiles): Promise<Profile> {
  const known = await profilesIn(files);
  const keys = known.get(name);
  if (keys !== undefined) return { name, sso: keys.has('sso_session') || keys.has('sso_start_url') };
  const near = known.size === 0 ? null : closest(name, [...known.keys()]);
  throw new Failure(
    'aws',
    'unauthorized',
    `There is no AWS profile "${name}" in ${files.credentialsFile} or ${files.configFile}; ${
      near === null ? 'neither has a profile' : `the nearest name is "${near}"`
    }.`,
  );
}

/** Every profile, with the names of its settings. */
export async function profilesIn(files: ProfileFiles): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const [credentials, config] = await Promise.all([
    sections(files.credentialsFile),
    sections(files.configFile),
  ]);
  const known = new Map<string, ReadonlySet<string>>();
  for (const [title, keys] of config) {
    const profile = title === 'default' ? title : /^profile\s+["']?([^"']+?)["']?$/.exec(title)?.[1];
    if (profile !== undefined) known.set(profile, keys);
  }
  for (const [title, keys] of credentials) {
    known.set(title, new Set([...keys, ...(known.get(title) ?? [])]));
  }
  return known;
}

/** Section titles and their keys; the values are not kept, some of them are secret. */
async function sections(file: string): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const found = new Map<string, Set<string>>();
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch {
    return found;
  }
  let current: Set<string> | null = null;
  for (const line of text.split(/\r?\n/)) {
    const title = /^\s*\[\s*([^\]]+?)\s*\]/.exec(line)?.[1];
    if (title !== undefined) {
      current = found.get(title) ?? new Set();
      found.set(title, current);
      continue;
    }
    const key = /^([A-Za-z_][\w.-]*)\s*=/.exec(line)?.[1];
    if (key !== undefined) current?.add(key.toLowerCase());
  }
  return found;
}
