import { profileFiles, profilesIn } from './profiles.ts';

/** Names of the profiles that the AWS files of this machine, or those beside that credentials file, tell of. */
export async function profileNames(credentialsFile: string | null): Promise<readonly string[]> {
  return [...(await profilesIn(profileFiles(credentialsFile))).keys()].toSorted();
}
