import type { AuthFailure } from './auth.ts';
import { AwsError } from './protocol.ts';

/** How a caller is told of: the same refusal has another name in each protocol. */
export type Dialect = 'query' | 'ec2' | 'json';

const INVALID_TOKEN = 'The security token included in the request is invalid.';
const EXPIRED_TOKEN = 'The security token included in the request is expired';
const MISSING_TOKEN = 'Request is missing Authentication Token';

const AUTH: Record<Dialect, Record<AuthFailure, () => AwsError>> = {
  query: {
    missing: () => new AwsError('MissingAuthenticationToken', MISSING_TOKEN, 403),
    unknown: () => new AwsError('InvalidClientTokenId', INVALID_TOKEN, 403),
    expired: () => new AwsError('ExpiredToken', EXPIRED_TOKEN, 403),
  },
  ec2: {
    missing: () => new AwsError('MissingAuthenticationToken', MISSING_TOKEN, 403),
    unknown: () =>
      new AwsError('AuthFailure', 'AWS was not able to validate the provided access credentials', 401),
    expired: () => new AwsError('RequestExpired', 'Request has expired.', 400),
  },
  json: {
    missing: () => new AwsError('MissingAuthenticationTokenException', MISSING_TOKEN, 400),
    unknown: () => new AwsError('UnrecognizedClientException', INVALID_TOKEN, 400),
    expired: () => new AwsError('ExpiredTokenException', EXPIRED_TOKEN, 400),
  },
};

export function authError(dialect: Dialect, failure: AuthFailure): AwsError {
  return AUTH[dialect][failure]();
}

export function deniedError(dialect: Dialect, arn: string, action: string): AwsError {
  const message = `User: ${arn} is not authorized to perform: ${action} because no identity-based policy allows the ${action} action`;
  if (dialect === 'ec2') return new AwsError('UnauthorizedOperation', message, 403);
  if (dialect === 'json') return new AwsError('AccessDeniedException', message, 400);
  return new AwsError('AccessDenied', message, 403);
}

export function throttledError(dialect: Dialect): AwsError {
  if (dialect === 'ec2') return new AwsError('RequestLimitExceeded', 'Request limit exceeded.', 503);
  return new AwsError(dialect === 'json' ? 'ThrottlingException' : 'Throttling', 'Rate exceeded');
}
