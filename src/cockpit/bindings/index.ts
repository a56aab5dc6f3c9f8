import type { Binding } from '../keymap.ts';
import { actionBindings } from './actions.ts';
import { dialogBindings } from './dialogs.ts';
import { globalBindings } from './global.ts';
import { logsKeepingBindings } from './logs-keeping.ts';
import { logsPatternBindings } from './logs-patterns.ts';
import { logsReadingBindings } from './logs-reading.ts';
import { logsSearchBindings } from './logs-search.ts';
import { logsShapeBindings } from './logs-shape.ts';
import { paneBindings } from './panes.ts';
import { signalBindings } from './signals.ts';

/** The one table of keys: hint line, help, palette and docs are made from it. */
export const bindings: readonly Binding[] = [
  ...actionBindings,
  ...paneBindings,
  ...logsReadingBindings,
  ...logsKeepingBindings,
  ...logsPatternBindings,
  ...logsShapeBindings,
  ...logsSearchBindings,
  ...signalBindings,
  ...globalBindings,
  ...dialogBindings,
];
