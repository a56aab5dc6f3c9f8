import { createContext } from 'react';
import { ascii } from '../text/ascii.ts';
import { type Colours, type Styles, stylesOf, type Theme } from './theme.ts';
import type { Line } from './widgets/line.ts';
import { spoken } from './widgets/spoken.ts';

/** What the terminal can show, and what the person wants of it. */
export interface Appearance {
  readonly theme: Theme;
  readonly colours: Colours;
  /** No sign beyond ASCII. */
  readonly ascii: boolean;
  /** One pane at a time in words, without frames or signs, written as lines. */
  readonly screenReader: boolean;
}

export const USUAL: Appearance = { theme: 'standard', colours: 16, ascii: false, screenReader: false };

/** How rows are drawn on this terminal. */
export interface Look {
  readonly styles: Styles;
  drawn(line: Line): Line;
}

export function lookOf(appearance: Appearance): Look {
  const styles = stylesOf(appearance.theme, appearance.colours);
  if (appearance.screenReader) return { styles, drawn: spoken };
  return { styles, drawn: appearance.ascii ? inAscii : (line) => line };
}

function inAscii(line: Line): Line {
  return line.map((span) => ({ ...span, text: ascii(span.text) }));
}

export const LookContext = createContext<Look>(lookOf(USUAL));

/** Whether the environment that is shown is guarded: its panes have whole frames, those of others broken ones. */
export const GuardedContext = createContext(true);
