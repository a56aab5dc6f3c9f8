import { rfc3339 } from '../../../model/instant.ts';
import type { PracticeCommit, PracticePerson, WorldState } from '../../world/state.ts';

export const ORGANISATION = 'harbour';
export const WEB = 'https://github.harbour.example';

export function webOf(service: string): string {
  return `${WEB}/${ORGANISATION}/${service}`;
}

export function showCommit(state: WorldState, commit: PracticeCommit): object {
  const { sha, service, message, who, at, parents } = commit;
  const person = personOf(state, who);
  const signature = { name: person?.name ?? who, email: person?.email ?? '', date: rfc3339(at) };
  return {
    sha,
    html_url: `${webOf(service)}/commit/${sha}`,
    commit: { author: signature, committer: signature, message, comment_count: 0 },
    author: account(who),
    committer: account(who),
    parents: parents.map((parent) => ({ sha: parent, html_url: `${webOf(service)}/commit/${parent}` })),
  };
}

export function showFile({ path, status, additions, deletions }: PracticeCommit['files'][number]): object {
  return { filename: path, status, additions, deletions, changes: additions + deletions };
}

export function showPull(
  service: string,
  pull: NonNullable<PracticeCommit['pullRequest']>,
  mergedAt: number,
): object {
  return {
    number: pull.number,
    title: pull.title,
    state: 'closed',
    merged_at: rfc3339(mergedAt),
    user: account(pull.who),
    html_url: `${webOf(service)}/pull/${pull.number}`,
  };
}

export function account(login: string): object {
  return { login, type: 'User', html_url: `${WEB}/${login}` };
}

function personOf(state: WorldState, who: string): PracticePerson | undefined {
  return state.people.find(({ email }) => email.startsWith(`${who}@`));
}
