import { Failure } from '../../model/failure.ts';
import { awsFailure } from './failure.ts';

/** For a read with all attempts of the SDK and the waits between them. */
const READ_DEADLINE_MS = 20_000;

interface SendOptions {
  readonly abortSignal?: AbortSignal;
}

/**
 * One read through the SDK; throws only `Failure`.
 * @param permission the IAM action that it needs, such as `cloudformation:DescribeStacks`
 */
export async function read<T>(
  permission: string,
  signal: AbortSignal | undefined,
  send: (options: SendOptions) => Promise<T>,
): Promise<T> {
  const deadline = AbortSignal.timeout(READ_DEADLINE_MS);
  const abortSignal = signal === undefined ? deadline : AbortSignal.any([signal, deadline]);
  try {
    return await send({ abortSignal });
  } catch (thrown) {
    const failure = awsFailure(thrown, permission);
    if (failure.code === 'aborted' && deadline.aborted && signal?.aborted !== true) {
      throw new Failure('aws', 'timeout', `${permission} took longer than ${READ_DEADLINE_MS / 1000} s.`);
    }
    throw failure;
  }
}

/** One write through the SDK, on a client that sends once; its deadline is the transport's. */
export async function write<T>(
  permission: string,
  signal: AbortSignal | undefined,
  send: (options: SendOptions) => Promise<T>,
): Promise<T> {
  try {
    return await send(signal === undefined ? {} : { abortSignal: signal });
  } catch (thrown) {
    throw awsFailure(thrown, permission);
  }
}

/** Whether a part of a reading may be left out because of this failure: it is refused or gone, not passing. */
export function isLasting(thrown: unknown): boolean {
  return thrown instanceof Failure && ['forbidden', 'not_found', 'invalid'].includes(thrown.code);
}
