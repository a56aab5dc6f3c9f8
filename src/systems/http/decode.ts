import * as z from 'zod';
import { Failure } from '../../model/failure.ts';
import { type SafeText, safeText } from '../../model/safe-text.ts';

/** Remote text on its way in. */
export const textSchema = z.string().transform((raw): SafeText => safeText(raw));

/** An RFC 3339 time as an Instant. */
export const instantSchema = z
  .string()
  .transform((raw) => Date.parse(raw))
  .refine((at) => !Number.isNaN(at), 'is no time');

/** Only http and https: others (`javascript:`, `file:`) are no links to us. */
export const linkSchema = z.string().transform((raw): SafeText | null => {
  const url = URL.parse(raw);
  return url !== null && /^https?:$/.test(url.protocol) ? safeText(raw) : null;
});

/** A system's answer in the shape that its documentation promises; what else is in it is ignored. */
export function decode<S extends z.ZodType>(
  system: string,
  what: string,
  schema: S,
  value: unknown,
): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const place = issue === undefined || issue.path.length === 0 ? 'the answer' : issue.path.join('.');
  throw new Failure(
    system,
    'unreadable',
    `${system} gave ${what} in a shape that is not known here: ${place}: ${issue?.message ?? 'unknown'}.`,
  );
}
