import { expect, test } from 'vitest';
import { signalRuleOf } from '../../../src/systems/aws/template.ts';

const GROUP = { Type: 'AWS::AutoScaling::AutoScalingGroup' };
const CREATION = { ResourceSignal: { Count: '3', Timeout: 'PT1H10M5S' } };
const ROLLING = { AutoScalingRollingUpdate: { WaitOnResourceSignals: true, PauseTime: 'PT7M' } };

const of = (group: object, others: object = {}) =>
  signalRuleOf(JSON.stringify({ Resources: { Group: { ...GROUP, ...group }, ...others } }));

test.each([
  ['count and time-out', of({ CreationPolicy: CREATION }), { count: 3, timeoutMs: 4_205_000 }],
  [
    'nothing said of either',
    of({ CreationPolicy: { ResourceSignal: {} } }),
    { count: 1, timeoutMs: 300_000 },
  ],
  [
    'a parameter, and a function',
    of({ CreationPolicy: { ResourceSignal: { Count: { Ref: 'Size' }, Timeout: { Ref: 'Patience' } } } }),
    { count: { parameter: 'Size' }, timeoutMs: null },
  ],
  [
    'another function',
    of({ CreationPolicy: { ResourceSignal: { Count: { 'Fn::If': [] } } } }),
    { count: null },
  ],
  ['batches', of({ UpdatePolicy: ROLLING }), { count: null, timeoutMs: 420_000, inBatches: true }],
  [
    'replaced, whatever is said of batches',
    of({
      CreationPolicy: CREATION,
      UpdatePolicy: { ...ROLLING, AutoScalingReplacingUpdate: { WillReplace: 'true' } },
    }),
    { count: 3, inBatches: false },
  ],
])('a group that waits: %s', (_what, rule, wanted) => {
  expect(rule).toMatchObject(wanted);
});

test.each([
  ['no policy', of({})],
  [
    'batches that wait for nothing',
    of({ UpdatePolicy: { AutoScalingRollingUpdate: { PauseTime: 'PT7M' } } }),
  ],
  ['two groups', of({ CreationPolicy: CREATION }, { Other: GROUP })],
  ['no group', signalRuleOf('{"Resources": {"Queue": {"Type": "AWS::SQS::Queue"}}}')],
  ['nothing', signalRuleOf('')],
])('nothing is awaited: %s', (_what, rule) => {
  expect(rule).toBeNull();
});

test('a template in YAML, with the short forms of functions', () => {
  const yaml = `
Resources:
  Launch:
    Type: AWS::EC2::LaunchTemplate
    Properties: { LaunchTemplateData: { UserData: !Base64 { 'Fn::Sub': 'IMAGE=\${Tag}' }, ImageId: !GetAtt Ami.Id } }
  Group:
    Type: AWS::AutoScaling::AutoScalingGroup
    CreationPolicy:
      ResourceSignal: { Count: !Ref Size, Timeout: PT10M }
    Properties: { Tags: [!Sub 'a-\${Tag}'] }
`;
  expect(signalRuleOf(yaml)).toEqual({ count: { parameter: 'Size' }, timeoutMs: 600_000, inBatches: false });
});
