import { Failure, type FailureCode, type FailureDetails } from '../../model/failure.ts';
import { safeText } from '../../model/safe-text.ts';

/**
 * A failure of the transport that the SDK may try again for a read: its classification takes a `TimeoutError` for
 * transient (`@smithy/core/retry`, service-error-classification). Unwrapped again by `awsFailure`.
 */
export class TransientFailure extends Error {
  override readonly name = 'TimeoutError';
  readonly failure: Failure;

  private constructor(failure: Failure) {
    super(failure.message);
    this.failure = failure;
  }

  static wrap(thrown: unknown): unknown {
    return thrown instanceof Failure && PASSING.has(thrown.code) ? new TransientFailure(thrown) : thrown;
  }
}

const PASSING: ReadonlySet<FailureCode> = new Set(['reset', 'timeout']);

/** Names from https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html and each API's "Common Errors". */
const CODES: readonly (readonly [FailureCode, RegExp])[] = [
  ['rate_limited', /^(Throttl|RequestLimitExceeded|RequestThrottled|TooManyRequests|LimitExceededException)/],
  ['forbidden', /^(AccessDenied|UnauthorizedOperation|UnauthorizedAccess|AuthorizationError)/],
  [
    'unauthorized',
    /^(ExpiredToken|InvalidClientTokenId|UnrecognizedClient|SignatureDoesNotMatch|InvalidSignature|InvalidAccessKeyId|AuthFailure|RequestExpired|IncompleteSignature|MissingAuthenticationToken|NotAuthorized|OptInRequired)/,
  ],
  ['not_found', /(NotFound(Exception)?|\.NotFound|NotExist)$/],
  [
    'conflict',
    /^(AlreadyExists|TokenAlreadyExists|InvalidChangeSetStatus|OperationInProgress|ResourceInUse|ResourceContention|ScalingActivityInProgress)/,
  ],
  [
    'invalid',
    /^(Validation|Invalid|Malformed|MissingParameter|MissingAction|UnknownParameter|InsufficientCapabilities|UnsupportedOperation)/,
  ],
  ['server_error', /^(Internal|ServiceUnavailable|ServiceFailure|ServerException|Unavailable)/],
];

/**
 * Whatever an SDK call threw, as a Failure.
 * @param permission the IAM action of the call, such as `cloudformation:CreateChangeSet`: named where it is missing
 */
export function awsFailure(thrown: unknown, permission: string): Failure {
  if (thrown instanceof Failure) return thrown;
  if (thrown instanceof TransientFailure) return thrown.failure;
  const { name, message, status } = describe(thrown);
  if (name === 'AbortError') return new Failure('aws', 'aborted', `${permission} was given up.`);
  if (name === 'CredentialsProviderError' || name === 'TokenProviderError') {
    return new Failure('aws', 'unauthorized', `No AWS credentials: ${sentence(message)}`);
  }
  const details: FailureDetails = {
    ...(status === null ? {} : { status }),
    ...(name === 'Error' ? {} : { vendorCode: safeText(name, { maxLength: 100 }) }),
  };
  if (/Deserialization error|SyntaxError|JSON/.test(`${name} ${message}`) && (status ?? 200) < 300) {
    return new Failure('aws', 'unreadable', `The answer to ${permission} is not what AWS sends.`, details);
  }
  const code = codeOf(name, message, status);
  return new Failure('aws', code, textOf(code, name, message, permission), details);
}

function codeOf(name: string, message: string, status: number | null): FailureCode {
  // CloudFormation says "does not exist" and "not authorized" as a ValidationError too.
  if (name === 'ValidationError' && /does not exist/i.test(message)) return 'not_found';
  const known = CODES.find(([, pattern]) => pattern.test(name));
  if (known !== undefined) return known[0];
  if (status === 403) return 'forbidden';
  if (status === 401) return 'unauthorized';
  if (status === 404) return 'not_found';
  if (status === 429) return 'rate_limited';
  if (status !== null && status >= 500) return 'server_error';
  return status !== null && status >= 400 ? 'invalid' : 'unknown';
}

function textOf(code: FailureCode, name: string, message: string, permission: string): string {
  switch (code) {
    case 'forbidden': {
      const missing = /not authorized to perform:? ([\w-]+:\w+)/.exec(message)?.[1] ?? permission;
      return `Not allowed: your role lacks ${missing}.`;
    }
    case 'rate_limited':
      return `AWS limits the rate of ${permission}: ${sentence(message)}`;
    case 'unauthorized':
      return `AWS refuses the credentials (${name}): ${sentence(message)}`;
    case 'server_error':
      return `AWS cannot answer ${permission} now (${name}): ${sentence(message)}`;
    case 'unknown':
      return `${permission}: ${sentence(message)}`;
    default:
      return sentence(message === '' ? `${permission} was refused (${name})` : message);
  }
}

function sentence(message: string): string {
  const text = message.trim();
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

function describe(thrown: unknown): { name: string; message: string; status: number | null } {
  if (!(thrown instanceof Error)) return { name: 'Error', message: String(thrown), status: null };
  const metadata: unknown = Reflect.get(thrown, '$metadata');
  const status =
    typeof metadata === 'object' && metadata !== null ? Reflect.get(metadata, 'httpStatusCode') : undefined;
  return {
    name: thrown.name,
    message: thrown.message,
    status: typeof status === 'number' ? status : null,
  };
}
