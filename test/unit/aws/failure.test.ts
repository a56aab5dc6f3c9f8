import { expect, test } from 'vitest';
import { Failure } from '../../../src/model/failure.ts';
import { awsFailure, TransientFailure } from '../../../src/systems/aws/failure.ts';

function vendorError(name: string, message: string, httpStatusCode: number): Error {
  return Object.assign(new Error(message), { name, $metadata: { httpStatusCode } });
}

const PERMISSION = 'cloudformation:CreateChangeSet';

test.each([
  ['Throttling', 'Rate exceeded', 400, 'rate_limited', /Rate exceeded/],
  ['ThrottlingException', 'Rate exceeded', 400, 'rate_limited', /Rate exceeded/],
  ['RequestLimitExceeded', 'Request limit exceeded.', 503, 'rate_limited', /limit exceeded/],
  ['ValidationError', 'Stack with id x does not exist', 400, 'not_found', /does not exist\.$/],
  ['ValidationError', 'No updates are to be performed.', 400, 'invalid', /^No updates/],
  ['ChangeSetNotFoundException', 'ChangeSet [x] does not exist', 404, 'not_found', /x/],
  ['AlreadyExistsException', 'ChangeSet x already exists', 400, 'conflict', /already/],
  ['ExpiredToken', 'The security token included in the request is expired', 403, 'unauthorized', /expired/],
  ['InternalFailure', 'Internal', 500, 'server_error', /CreateChangeSet now/],
  ['SomethingNew', 'What is this', 418, 'invalid', /What is this/],
])('%s %j (%i) is %s', (name, message, status, code, text) => {
  const failure = awsFailure(vendorError(name, message, status), PERMISSION);
  expect(failure).toMatchObject({ system: 'aws', code, details: { vendorCode: name, status } });
  expect(failure.message).toMatch(text);
});

test('what is forbidden names the missing permission: the one in the message, else the call’s own', () => {
  const told = 'User: arn:aws:iam::1:user/sam is not authorized to perform: iam:PassRole on resource: x';
  expect(awsFailure(vendorError('AccessDenied', told, 403), PERMISSION).message).toContain(
    'lacks iam:PassRole',
  );
  expect(awsFailure(vendorError('AccessDenied', 'No.', 403), PERMISSION).message).toContain(
    `lacks ${PERMISSION}`,
  );
});

test('a Failure of the transport comes out as it is, also through the SDK’s retries', () => {
  const failure = new Failure('aws', 'reset', 'cut off');
  expect(awsFailure(failure, PERMISSION)).toBe(failure);
  expect(awsFailure(TransientFailure.wrap(failure), PERMISSION)).toBe(failure);
  const open = new Failure('aws', 'circuit_open', 'paused');
  expect(TransientFailure.wrap(open)).toBe(open);
});

test('a server’s text cannot move the cursor', () => {
  const failure = awsFailure(vendorError('ValidationError', 'bad \u001b[2J\u202etag', 400), PERMISSION);
  expect(failure.message).toBe('bad ␛[2J\ufffdtag.');
});
