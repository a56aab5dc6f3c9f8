import type { Tone } from '../theme.ts';
import { type Line, lineColumns, type Span, toWidth } from './line.ts';

export interface Title {
  /** The key that focuses the pane. */
  readonly number: string;
  readonly name: string;
  /** Shown after the name, each after a dash. */
  readonly parts: readonly Line[];
  readonly focused: boolean;
  /** Of an environment that is guarded: a whole frame; of others a broken one. */
  readonly guarded: boolean;
}

interface Frame {
  readonly across: string;
  readonly down: string;
  readonly tone: Tone;
}

const WHOLE: Frame = { across: '─', down: '│', tone: 'border' };
const BROKEN: Frame = { across: '╌', down: '┆', tone: 'loose' };

function frameOf({ guarded }: Title): Frame {
  return guarded ? WHOLE : BROKEN;
}

/** A title between dashes over the full width; the focused one is inverse, so that moving the focus repaints little. */
function titleLine(title: Title, width: number, corners: readonly [string, string] | null = null): Line {
  const { across, tone } = frameOf(title);
  const border = (text: string): Span => ({ text, tone });
  const [first, last] = corners ?? [across, across];
  const name = ` ${title.number} ${title.name} `;
  const spans: Span[] = [border(first), { text: name, bold: true, ...(title.focused && { inverse: true }) }];
  let left = width - 1 - lineColumns(spans);
  for (const part of title.parts) {
    const shown: Line = [border(`${across} `), ...part, { text: ' ' }];
    // A part that does not fit is left out whole: what comes after it may still fit.
    if (lineColumns(shown) > left) continue;
    left -= lineColumns(shown);
    spans.push(...shown);
  }
  return toWidth([...spans, border(across.repeat(Math.max(0, left)) + last)], width);
}

/** Rows in a box with its title in the border, exactly `width` × `height`. */
export function framed(title: Title, rows: readonly Line[], width: number, height: number): Line[] {
  const inner = width - 2;
  const { across, down, tone } = frameOf(title);
  const border = (text: string): Span => ({ text, tone });
  const body = Array.from(
    { length: Math.max(0, height - 2) },
    (_, index): Line => [border(down), ...toWidth(rows[index] ?? [], inner), border(down)],
  );
  return [titleLine(title, width, ['╭', '╮']), ...body, [border(`╰${across.repeat(inner)}╯`)]];
}

/** Rows under their title, without side borders: copying with the mouse stays clean. */
export function headed(title: Title, rows: readonly Line[], width: number, height: number): Line[] {
  const body = Array.from({ length: Math.max(0, height - 1) }, (_, index) =>
    toWidth(rows[index] ?? [], width),
  );
  return [titleLine(title, width), ...body];
}
