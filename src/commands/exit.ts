/** Exit codes that are the same everywhere; `status` and the writes have their own beside these. */
export const OK = 0;
/** No answer from the system that was asked, so the truth is not known. */
export const UNKNOWN = 3;
/** Usage or configuration (sysexits' EX_USAGE). */
export const USAGE = 64;
/** A fault of this program (sysexits' EX_SOFTWARE). */
export const SOFTWARE = 70;

/** What was typed cannot be done: one line that says what to type instead. Exit code 64. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
