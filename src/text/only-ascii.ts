/** Terminals whose fonts have little more than ASCII, whatever the locale says. */
const FEW_SIGNS = /^(linux|vt\d|ansi|cons25|sun|wyse)/;

/** Whether the terminal may not show more than ASCII. A locale that is not set at all says nothing of it. */
export function onlyAscii({ TERM = '', LC_ALL, LC_CTYPE, LANG }: NodeJS.ProcessEnv): boolean {
  const locale = LC_ALL || LC_CTYPE || LANG || '';
  return FEW_SIGNS.test(TERM) || (locale !== '' && !/utf-?8/i.test(locale));
}
