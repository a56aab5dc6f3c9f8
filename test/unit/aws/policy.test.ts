import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { PERMISSIONS } from '../../../src/systems/aws/permissions.ts';

/** IAM's prefix of each SDK client: https://docs.aws.amazon.com/service-authorization/latest/reference/ */
const PREFIXES: Readonly<Record<string, string>> = {
  'auto-scaling': 'autoscaling',
  cloudformation: 'cloudformation',
  cloudwatch: 'cloudwatch',
  'cloudwatch-logs': 'logs',
  ec2: 'ec2',
  ecr: 'ecr',
  'elastic-load-balancing': 'elasticloadbalancing',
  'elastic-load-balancing-v2': 'elasticloadbalancing',
  sts: 'sts',
};

const IMPORT = /import (?:type )?\{([^}]*)\} from '@aws-sdk\/client-([\w-]+)'/g;

/** The IAM actions of every command that the adapters import. */
function actionsUsed(): string[] {
  const actions = globSync('src/systems/**/*.ts').flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(IMPORT)].flatMap(([, names = '', client = '']) =>
      [...names.matchAll(/\b(\w+)Command\b/g)].map(
        ([, operation]) => `${PREFIXES[client] ?? client}:${operation}`,
      ),
    ),
  );
  return [...new Set(actions)].sort();
}

interface Statement {
  readonly Action: readonly string[];
  readonly Condition?: object;
}

function policies(): readonly (readonly Statement[])[] {
  const page = readFileSync('docs/systems/aws.md', 'utf8');
  return [...page.matchAll(/```json\n([\s\S]*?)```/g)].map(([, text = '']) => JSON.parse(text).Statement);
}

const isRead = (action: string) =>
  /:(Describe|Get|List|Filter|BatchGet|StartLiveTail|StartQuery|StopQuery)/.test(action);

test('the policies on the page allow what the adapters call, and nothing else', () => {
  const allowed = policies().flatMap((statements) => statements.flatMap(({ Action }) => Action));
  expect(allowed.toSorted()).toEqual(actionsUsed());
});

test('reads stand apart from writes', () => {
  const [reads = [], writes = []] = policies();
  expect(reads.flatMap(({ Action }) => Action).filter((action) => !isRead(action))).toEqual([]);
  expect(writes.flatMap(({ Action }) => Action).filter(isRead)).toEqual([]);
});

test('what oncall doctor asks about is what reading needs', () => {
  const [reads = []] = policies();
  const wanted = reads.flatMap(({ Action }) => Action);
  const asked = PERMISSIONS.map(({ action }) => action);
  expect(asked.filter((action) => !wanted.includes(action))).toEqual([]);
  // Asked before these by the probe itself, and of a real alarm alone.
  const apart = ['sts:GetCallerIdentity', 'cloudwatch:ListTagsForResource'];
  expect(wanted.filter((action) => !asked.includes(action)).toSorted()).toEqual(apart.toSorted());
});
