import { randomBytes } from 'node:crypto';
import { AwsError, type QueryCall, type QueryService, reading, validationError } from './protocol.ts';
import { isoTime, type XmlFields } from './xml.ts';

/** AWS Security Token Service, API version 2011-06-15. */
export const sts: QueryService = {
  name: 'sts',
  version: '2011-06-15',
  namespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
  variant: 'query',
  operations: {
    GetCallerIdentity: reading(getCallerIdentity),
    // Gives credentials; changes nothing that anybody else could see.
    AssumeRole: reading(assumeRole),
  },
};

function getCallerIdentity({ world, caller }: QueryCall): XmlFields {
  return { Arn: caller.arn, UserId: caller.userId, Account: world.state.account };
}

function assumeRole({ world, input, caller }: QueryCall): XmlFields {
  const roleArn = input.text('RoleArn') ?? '';
  const session = input.text('RoleSessionName') ?? '';
  const role = /^arn:aws:iam::(\d{12}):role\/(?:[\w+=,.@/-]*\/)?([\w+=,.@-]+)$/.exec(roleArn);
  if (role === null) throw validationError(`${roleArn} is invalid`);
  if (!/^[\w+=,.@-]{2,64}$/.test(session)) {
    throw validationError(
      `1 validation error detected: Value '${session}' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*`,
    );
  }
  if (role[1] !== world.state.account) {
    throw new AwsError(
      'AccessDenied',
      `User: ${caller.arn} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`,
      403,
    );
  }
  const seconds = input.number('DurationSeconds') ?? 3600;
  const accessKeyId = `ASIA${randomBytes(8).toString('hex').toUpperCase()}`;
  const sessionToken = randomBytes(48).toString('base64');
  const arn = `arn:aws:sts::${world.state.account}:assumed-role/${role[2]}/${session}`;
  const userId = `AROAPRACTICEHARBOUR:${session}`;
  const expiresAt = world.now() + seconds * 1000;
  caller.openSession({ accessKeyId, sessionToken, arn, userId, name: session, expiresAt });
  return {
    Credentials: {
      AccessKeyId: accessKeyId,
      SecretAccessKey: randomBytes(30).toString('base64'),
      SessionToken: sessionToken,
      Expiration: isoTime(expiresAt),
    },
    AssumedRoleUser: { AssumedRoleId: userId, Arn: arn },
    PackedPolicySize: 6,
  };
}
