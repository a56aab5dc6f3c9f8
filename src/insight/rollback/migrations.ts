import type { ImageLabels } from '../../model/deploy.ts';
import type { ChangesFact, Judge } from './facts.ts';

const FILES_NAMED = 3;

/**
 * Migrations and formats of messages: no API knows them, so images have to say what they work with, or people. A file
 * that migrates and differs between the two is told all the same, whatever the labels say: people forget labels.
 */
export const migrations: Judge = ({ from, to, labels, migrationLabels: names, changes }) => {
  const id = 'migrations';
  if (to === null)
    return { id, result: 'skipped', text: 'No version was chosen whose labels could be read.' };
  const files = filesBetween(changes);
  const ask = `Ask whoever wrote ${from ?? 'the newer version'} whether ${to} still works with what is there now.`;
  const byFiles = (but: string) =>
    ({ id, result: 'warn', text: `A migration lies between${but}: ${files} changed. ${ask}` }) as const;
  if (names.length === 0) {
    if (files !== null) return byFiles('');
    return {
      id,
      result: 'skipped',
      text: `Migrations are not looked for in labels: migration_labels is empty in the config. Ask whoever wrote ${from ?? 'the newer version'}.`,
    };
  }
  const why = labels.kind === 'unread' ? labels.why : null;
  const found =
    labels.kind === 'unread'
      ? []
      : names
          .map((name) => ({ name, now: valueIn(labels.from, name), past: valueIn(labels.to, name) }))
          .filter(({ now, past }) => now !== null || past !== null);
  if (found.length === 0) {
    return files === null
      ? { id, result: 'warn', text: asks(from, to, names, why, changes) }
      : byFiles(why === null ? '' : `, and the labels of the images could not be read (${bare(why)})`);
  }
  const others = found.filter(({ now, past }) => now !== past);
  if (others.length === 0) {
    const same = found.map(({ name, now }) => `${name} ${now}`).join(', ');
    if (files !== null) return byFiles(`, though the labels say the same of both (${same})`);
    return { id, result: 'pass', text: `${to} works with the same as ${from}: ${same}.${noneOf(changes)}` };
  }
  const told = others.map(
    ({ name, now, past }) => `${name} is ${said(now)} in ${from}, ${said(past)} in ${to}`,
  );
  const touched = files === null ? '' : `; ${files} changed`;
  return { id, result: 'warn', text: `A migration lies between: ${told.join('; ')}${touched}. ${ask}` };
};

function asks(
  from: string | null,
  to: string,
  names: readonly string[],
  why: string | null,
  changes: ChangesFact,
): string {
  const unread = why === null ? '' : ` (the labels of the images could not be read: ${bare(why)})`;
  const cure = why === null ? ` Label images with ${names.join(' and ')} to have it checked.` : '';
  return `No API knows whether ${to} still fits database and queues${unread}: ask whoever wrote ${from ?? 'the newer version'}.${noneOf(changes)}${cure}`;
}

/** Migrating files of either side; null: none is known. */
function filesBetween(changes: ChangesFact): string | null {
  if (changes.kind !== 'read') return null;
  const { undone, brought } = changes;
  const paths = [...new Set([...undone.migrations, ...(brought?.migrations ?? [])])];
  if (paths.length === 0) return null;
  const more = paths.length - FILES_NAMED;
  return `${paths.slice(0, FILES_NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** Said only where every file that differs was looked at. */
function noneOf(changes: ChangesFact): string {
  if (changes.kind !== 'read') return '';
  const { undone, brought } = changes;
  const whole =
    undone.filesComplete &&
    (undone.behind === 0 || brought?.filesComplete === true) &&
    filesBetween(changes) === null;
  return whole ? ' No file that differs migrates a database.' : '';
}

function bare(why: string): string {
  return why.replace(/[.\s]+$/, '');
}

function valueIn(labels: ImageLabels | null, name: string): string | null {
  return labels?.get(name) ?? null;
}

function said(value: string | null): string {
  return value ?? 'not set';
}
