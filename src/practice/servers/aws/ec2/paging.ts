import { type Page, pageOf } from '../paging.ts';
import { AwsError } from '../protocol.ts';
import type { QueryParams } from '../query.ts';

/** `MaxResults` and `NextToken` as EC2 takes them. */
export function page<T>(all: readonly T[], input: QueryParams, limit: number, least = 1): Page<T> {
  const size = input.number('MaxResults') ?? limit;
  if (size < least || size > limit) {
    throw new AwsError(
      'InvalidParameterValue',
      `Value ( ${size} ) for parameter maxResults is invalid. Expecting a value between ${least} and ${limit}.`,
    );
  }
  return pageOf(
    all,
    size,
    input.text('NextToken'),
    () => new AwsError('InvalidNextToken', 'The nextToken is invalid.'),
  );
}
