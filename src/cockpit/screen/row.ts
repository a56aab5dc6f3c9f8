import { styledCharsFromTokens, tokenize } from '@alcalzone/ansi-tokenize';
import { width } from '../../text/width.ts';
import type { Styles } from './styles.ts';

/** One row of the screen, by columns. */
export interface Row {
  /** What a column shows; empty: the second half of what is left of it. */
  readonly glyphs: readonly string[];
  /** How it looks, as `Styles` numbers it. */
  readonly styles: readonly number[];
}

/** A line of Ink's output as exactly so many columns. */
export function rowOf(line: string, columns: number, styles: Styles): Row {
  const glyphs: string[] = [];
  const looks: number[] = [];
  for (const { value, styles: codes } of styledCharsFromTokens(tokenize(line))) {
    const wide = Math.max(1, width(value));
    if (glyphs.length + wide > columns) break;
    const look = styles.idOf(codes);
    glyphs.push(value);
    looks.push(look);
    for (let half = 1; half < wide; half += 1) {
      glyphs.push('');
      looks.push(look);
    }
  }
  while (glyphs.length < columns) {
    glyphs.push(' ');
    looks.push(0);
  }
  return { glyphs, styles: looks };
}

export function blankRow(columns: number): Row {
  return { glyphs: Array<string>(columns).fill(' '), styles: Array<number>(columns).fill(0) };
}

/** Of what changed between two rows: from a column up to another, glyphs never halved; left to right. */
export function changedSpans(before: Row, after: Row): readonly (readonly [from: number, to: number])[] {
  const spans: [number, number][] = [];
  const { length } = after.glyphs;
  for (let column = 0; column < length; column += 1) {
    if (before.glyphs[column] === after.glyphs[column] && before.styles[column] === after.styles[column])
      continue;
    let from = column;
    while (from > 0 && after.glyphs[from] === '') from -= 1;
    let to = column + 1;
    while (to < length && after.glyphs[to] === '') to += 1;
    const last = spans.at(-1);
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to);
    else spans.push([from, to]);
    column = to - 1;
  }
  return spans;
}

/** From which column on a row is blank; its length: not at its end. */
export function blankFrom({ glyphs, styles }: Row): number {
  let from = glyphs.length;
  while (from > 0 && glyphs[from - 1] === ' ' && styles[from - 1] === 0) from -= 1;
  return from;
}
