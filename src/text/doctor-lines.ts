import type { Paint, Tone } from './paint.ts';
import { width } from './width.ts';
import { wrap } from './wrap.ts';

/** One row for a person. */
export interface DoctorRow {
  readonly name: string;
  readonly result: 'ok' | 'warn' | 'bad';
  readonly text: string;
  readonly fix: string | null;
}

const MARKS: { readonly [R in DoctorRow['result']]: readonly [mark: string, tone: Tone] } = {
  ok: ['ok', 'good'],
  warn: ['warn', 'warn'],
  bad: ['FAIL', 'bad'],
};
const INDENT = 6;
/** Where nothing says how wide it may be. */
const WIDE = 1_000;

/**
 * `ok    splunk       oncall  12 ms`; what has to be mended is followed by `→ what to do`.
 * @param nameWidth columns of the widest name
 * @param columns 0: as wide as it wants
 */
export function rowLines(
  row: DoctorRow,
  nameWidth: number,
  columns: number,
  paint: Paint,
): readonly string[] {
  const room = columns === 0 ? WIDE : columns;
  const [mark, tone] = MARKS[row.result];
  const name = row.name + ' '.repeat(Math.max(0, nameWidth - width(row.name)));
  const start = INDENT + nameWidth + 2;
  const [first = '', ...rest] = wrap(row.text, Math.max(20, room - start));
  const head = `${paint(tone, mark)}${' '.repeat(INDENT - mark.length)}${paint('strong', name)}  ${first}`;
  const more = rest.map((line) => ' '.repeat(start) + line);
  const fix = row.fix === null ? [] : wrap(row.fix, Math.max(20, room - INDENT - 2));
  const fixes = fix.map(
    (line, index) => ' '.repeat(INDENT) + paint('accent', `${index === 0 ? '→' : ' '} ${line}`),
  );
  return [head.trimEnd(), ...more, ...fixes];
}
