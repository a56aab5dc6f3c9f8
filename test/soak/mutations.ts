import type { ActionName } from '../../src/actions/types.ts';
import type { LoggedRequest } from '../../src/practice/request-log.ts';

/** A mutation as the world's request log has it. */
export interface Mutation {
  readonly operation: string;
  /** The action that it carries out; null: it prepares or tells one. */
  readonly action: ActionName | null;
  /** What it is recognised by: CloudFormation's token, a change set's name, a note's mark, an intent's id; null: it has nothing. */
  readonly handle: string | null;
  /** The body without the encoding of forms. */
  readonly body: string;
}

const BY_OPERATION: Readonly<Record<string, ActionName>> = {
  ExecuteChangeSet: 'rollback',
  CancelUpdateStack: 'cancel_update',
  ContinueUpdateRollback: 'continue_rollback',
  'POST /incidents/{id}/snooze': 'snooze',
};

export function mutationsOf(requests: readonly LoggedRequest[]): readonly Mutation[] {
  return requests.filter(({ mutation }) => mutation).map(read);
}

/** Who is told of it finds in what they are told: a note's mark, or the intent by its name. */
const MARKS = /\[oncall [^\]]+\]|"intent":"\w+"|"groupId":"[\w-]+"/;

function read({ operation, system, body }: LoggedRequest): Mutation {
  const sent = body ?? '';
  const form = new URLSearchParams(sent.startsWith('{') ? '' : sent);
  const plain = form.size === 0 ? sent : [...form].map((pair) => pair.join('=')).join('&');
  const action = BY_OPERATION[operation] ?? incidentAction(operation, plain);
  const handle =
    system === 'aws'
      ? form.get(action === null ? 'ChangeSetName' : 'ClientRequestToken')
      : (MARKS.exec(plain)?.[0] ?? null);
  return { operation, action, handle, body: plain };
}

/** `PUT /incidents` says in its body what it does. */
function incidentAction(operation: string, body: string): ActionName | null {
  if (operation !== 'PUT /incidents') return null;
  if (body.includes('"status":"acknowledged"')) return 'acknowledge';
  if (body.includes('"status":"resolved"')) return 'resolve';
  if (body.includes('"escalation_level"')) return 'escalate';
  if (body.includes('"escalation_policy"')) return 'reroute';
  return null;
}
