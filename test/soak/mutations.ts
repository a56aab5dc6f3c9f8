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

function read({ operation, system, body }: LoggedRequest): Mutation {
  if (system === 'aws') {
    const form = new URLSearchParams(body ?? '');
    const handle = form.get('ClientRequestToken') ?? form.get('ChangeSetName');
    const plain = [...form].map((pair) => pair.join('=')).join('&');
    return { operation, action: BY_OPERATION[operation] ?? null, handle, body: plain };
  }
  const plain = body ?? '';
  const handle = /\[oncall [^\]]+\]|"intent":"\w+"/.exec(plain)?.[0] ?? null;
  return {
    operation,
    action: BY_OPERATION[operation] ?? incidentAction(operation, plain),
    handle,
    body: plain,
  };
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
