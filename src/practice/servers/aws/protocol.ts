import type { World } from '../../world/world.ts';
import type { Caller } from './auth.ts';
import type { JsonInput } from './json.ts';
import type { QueryParams } from './query.ts';
import type { XmlFields } from './xml.ts';

/** An error that an API answers itself; each protocol wraps it in its own way. */
export class AwsError extends Error {
  override readonly name = 'AwsError';
  /** The code on the wire, such as `ValidationError`. */
  readonly code: string;
  readonly status: number;

  constructor(code: string, message: string, status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

export function validationError(message: string): AwsError {
  return new AwsError('ValidationError', message);
}

interface Call<Input> {
  readonly world: World;
  readonly input: Input;
  readonly caller: Caller;
  /** Base URL that was asked. */
  readonly origin: string;
}

export type QueryCall = Call<QueryParams>;
export type JsonCall = Call<JsonInput>;

interface Operation<Input, Output> {
  readonly mutation: boolean;
  readonly run: (call: Call<Input>) => Output;
}

/** An API in AWS's Query protocol or EC2's variant of it: a form in, XML out. */
export interface QueryService {
  /** As in IAM's action names. */
  readonly name: string;
  readonly version: string;
  readonly namespace: string;
  readonly variant: 'query' | 'ec2';
  readonly operations: Readonly<Record<string, Operation<QueryParams, XmlFields>>>;
}

/** An API in JSON 1.1 or 1.0, chosen by `X-Amz-Target: <target>.<operation>`. */
export interface JsonService {
  readonly name: string;
  readonly target: string;
  /** JSON 1.0, with errors also told by their names in the Query protocol that it took the place of. */
  readonly followsQuery?: true;
  readonly operations: Readonly<Record<string, Operation<JsonInput, object>>>;
  /** Reads whose answer is a stream of events; what they refuse, they throw at once. */
  readonly streams?: Readonly<Record<string, (call: JsonCall) => AsyncIterable<Buffer>>>;
}

export function reading<Input, Output>(run: (call: Call<Input>) => Output): Operation<Input, Output> {
  return { mutation: false, run };
}

export function writing<Input, Output>(run: (call: Call<Input>) => Output): Operation<Input, Output> {
  return { mutation: true, run };
}
