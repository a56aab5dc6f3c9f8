import type { Service } from '../../model/catalog.ts';
import { Failure, type FailureCode } from '../../model/failure.ts';
import type { GithubClient } from './client.ts';
import type { Repository } from './compare.ts';
import { SYSTEM } from './failure.ts';

/** 422 `No commit found for SHA`: https://docs.github.com/en/rest/commits/commits#get-a-commit */
const MISSING: readonly FailureCode[] = ['not_found', 'invalid'];

/** A comparison's 404 does not say whether the repository or a version is not there: found out by asking for each. */
export async function whatIsUnknown(
  client: GithubClient,
  { name }: Service,
  at: Repository,
  refs: readonly string[],
  signal: AbortSignal | undefined,
): Promise<Failure> {
  const isThere = async (route: string, parameters: Record<string, string>) => {
    try {
      await client.get(route, parameters, signal);
      return true;
    } catch (thrown) {
      if (thrown instanceof Failure && MISSING.includes(thrown.code)) return false;
      throw thrown;
    }
  };
  const repository = `${at.owner}/${at.repo}`;
  const notFound = (text: string) => new Failure(SYSTEM, 'not_found', text, { status: 404 });
  if (!(await isThere('/repos/{owner}/{repo}', { ...at }))) {
    return notFound(
      `GitHub shows no repository ${repository}: check services.${name}.repo, or the token may not read it (a private one is hidden then).`,
    );
  }
  const known = await Promise.all(
    refs.map((ref) => isThere('/repos/{owner}/{repo}/commits/{ref}', { ...at, ref })),
  );
  const missing = refs.filter((_, index) => known[index] === false);
  return missing.length === 0
    ? notFound(`GitHub cannot compare ${refs.join(' with ')} in ${repository}: they share no history.`)
    : notFound(
        `${repository} has no ${missing.join(' and no ')}: is every version tagged, and is services.${name}.tag right?`,
      );
}
