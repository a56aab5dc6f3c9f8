import type { Cockpit } from './cockpit.ts';
import { PANES, type PaneId } from './layout.ts';
import type { DialogKind } from './stores/dialog.ts';
import type { View } from './stores/view.ts';

/** What the log pane may show instead of the live lines, each with keys of its own; those of `search` are over those of lines. */
export const LOG_SCOPES = ['patterns', 'shape', 'table', 'search'] as const;

/** Where a key means this: `global` in every pane, `anywhere` in dialogs and text fields too. */
export type Scope = 'anywhere' | 'global' | PaneId | (typeof LOG_SCOPES)[number] | DialogKind;

/** A key is data: the hint line, the help and the palette are made from these rows. */
export interface Binding {
  readonly id: string;
  /** The first one is shown. */
  readonly keys: readonly string[];
  readonly scope: Scope;
  /** For the hint line; empty: not worth a word (now). */
  readonly label: string | ((view: View, moreBelow: boolean) => string);
  /** For the help: a sentence without a full stop. */
  readonly help: string;
  /** For the help, in smaller print: whether what it does can be taken back. */
  readonly note?: string;
  /** Changes the world: not bound in read-only mode. */
  readonly dangerous?: boolean;
  /** Id of a binding of all panes that it takes the place of in its own. */
  readonly overrides?: string;
  /** Worth a place in the hint line: the lower, the further left. */
  readonly hint?: number;
  /** false: only a movement, nothing to be called by name. */
  readonly palette?: boolean;
  /** Why it cannot act now; null: it can. */
  readonly disabledReason?: (cockpit: Cockpit) => string | null;
  readonly run: (cockpit: Cockpit) => void;
}

export interface Keymap {
  readonly bindings: readonly Binding[];
  /** Left out because of read-only mode. */
  readonly unbound: readonly Binding[];
  /** Wishes of the person that make no sense: sentences for the message line. */
  readonly problems: readonly string[];
}

export interface KeymapOptions {
  readonly readOnly: boolean;
  readonly keys: Readonly<Record<string, string>>;
}

const PANE_SCOPES: readonly Scope[] = [...PANES, ...LOG_SCOPES];

/** Whose keys work now, while no dialog is open: the first that has the key takes it. */
export function scopesOf({ focus, logs }: Pick<View, 'focus' | 'logs'>): readonly Scope[] {
  if (focus !== 'logs') return [focus, 'global'];
  if (logs.show !== 'lines') return [logs.show, 'global'];
  return logs.held?.kind === 'search' ? ['search', 'logs', 'global'] : ['logs', 'global'];
}

/** The table with the person's own keys; a wish that collides is left out and named. */
export function buildKeymap(table: readonly Binding[], options: KeymapOptions): Keymap {
  const problems: string[] = [];
  let bindings: readonly Binding[] = table;
  for (const [id, key] of Object.entries(options.keys)) {
    if (!table.some((binding) => binding.id === id)) {
      problems.push(`keys: no such action ${id}; ? lists them`);
      continue;
    }
    if (table.some((binding) => binding.id === id && binding.scope === 'anywhere' && key.length === 1)) {
      problems.push(`keys: ${id}: ${key} is needed for writing`);
      continue;
    }
    const wished = bindings.map((binding) => (binding.id === id ? { ...binding, keys: [key] } : binding));
    const [collision] = collisions(wished);
    if (collision === undefined) bindings = wished;
    else problems.push(`keys: ${id}: ${key} is taken (${collision})`);
  }
  if (!options.readOnly) return { bindings, unbound: [], problems };
  return {
    bindings: bindings.filter((binding) => binding.dangerous !== true),
    unbound: bindings.filter((binding) => binding.dangerous === true),
    problems,
  };
}

/** Keys that two bindings of one scope claim, or one of a pane and one of all: sentences. */
export function collisions(bindings: readonly Binding[]): string[] {
  const found: string[] = [];
  bindings.forEach((binding, index) => {
    for (const other of bindings.slice(index + 1)) {
      if (!together(binding.scope, other.scope)) continue;
      if (binding.overrides === other.id || other.overrides === binding.id) continue;
      const key = binding.keys.find((candidate) => other.keys.includes(candidate));
      if (key !== undefined) found.push(`${key}: ${binding.id} and ${other.id}`);
    }
  });
  return found;
}

export function findBinding(
  bindings: readonly Binding[],
  scopes: readonly Scope[],
  key: string,
): Binding | undefined {
  for (const scope of scopes) {
    const found = bindings.find((binding) => binding.scope === scope && binding.keys.includes(key));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The bindings that work now, while no dialog is open: of a key that several scopes have, the first one's. */
export function bindingsNow(
  bindings: readonly Binding[],
  view: Pick<View, 'focus' | 'logs'>,
): readonly Binding[] {
  const scopes = scopesOf(view);
  const here = bindings.filter(({ scope }) => scopes.includes(scope));
  const replaced = new Set(here.flatMap(({ overrides }) => overrides ?? []));
  return here.filter(({ id }) => !replaced.has(id));
}

/** How a key is written for people. */
export function keyLabel(key: string): string {
  return KEY_LABELS[key] ?? key;
}

const KEY_LABELS: Readonly<Record<string, string>> = {
  enter: 'Enter',
  esc: 'Esc',
  space: 'Space',
  tab: 'Tab',
  'shift+tab': '⇧Tab',
  up: '↑',
  down: '↓',
  left: '←',
  right: '→',
  pgup: 'PgUp',
  pgdn: 'PgDn',
  home: 'Home',
  end: 'End',
};

function together(a: Scope, b: Scope): boolean {
  if (a === b || a === 'anywhere' || b === 'anywhere') return true;
  if ((a === 'search' && b === 'logs') || (b === 'search' && a === 'logs')) return true;
  return (a === 'global' && PANE_SCOPES.includes(b)) || (b === 'global' && PANE_SCOPES.includes(a));
}
