import { type Page, pageOf } from '../paging.ts';
import { AwsError, validationError } from '../protocol.ts';
import type { QueryParams } from '../query.ts';

/** `MaxRecords` and `NextToken` as Auto Scaling takes them; more than 100 records (or `limit`) are refused. */
export function page<T>(all: readonly T[], input: QueryParams, usual = 50, limit = 100): Page<T> {
  const size = input.number('MaxRecords') ?? usual;
  if (size < 1 || size > limit) {
    const [bound, value] = size < 1 ? ['greater', 1] : ['less', limit];
    throw validationError(
      `1 validation error detected: Value '${size}' at 'maxRecords' failed to satisfy constraint: Member must have value ${bound} than or equal to ${value}`,
    );
  }
  return pageOf(
    all,
    size,
    input.text('NextToken'),
    () => new AwsError('InvalidNextToken', 'The token supplied is invalid.'),
  );
}
