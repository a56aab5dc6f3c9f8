import { en } from 'zod/locales';
import * as z from 'zod/mini';
import { Failure } from '../../model/failure.ts';
import { type SafeText, safeText } from '../../model/safe-text.ts';

// The small build of zod says what is wrong only in a language that it is told.
z.config(en());

/** Remote text on its way in. */
export const textSchema = z.pipe(
  z.string(),
  z.transform((raw: string): SafeText => safeText(raw)),
);

/** An RFC 3339 time as an Instant. */
export const instantSchema = z
  .pipe(
    z.string(),
    z.transform((raw: string) => Date.parse(raw)),
  )
  .check(z.refine((at) => !Number.isNaN(at), 'is no time'));

/** Only http and https: others (`javascript:`, `file:`) are no links to us. */
export const linkSchema = z.pipe(
  z.string(),
  z.transform((raw: string): SafeText | null => {
    const url = URL.parse(raw);
    return url !== null && /^https?:$/.test(url.protocol) ? safeText(raw) : null;
  }),
);

/** A system's answer in the shape that its documentation promises; what else is in it is ignored. */
export function decode<S extends z.core.$ZodType>(
  system: string,
  what: string,
  schema: S,
  value: unknown,
): z.output<S> {
  const result = z.safeParse(schema, value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const place = issue === undefined || issue.path.length === 0 ? 'the answer' : issue.path.join('.');
  throw new Failure(
    system,
    'unreadable',
    `${system} gave ${what} in a shape that is not known here: ${place}: ${issue?.message ?? 'unknown'}.`,
  );
}
