import type { ImageLabels } from '../../model/deploy.ts';
import type { Judge } from './facts.ts';

/** Migrations and formats of messages: no API knows them, so images have to say what they work with, or people. */
export const migrations: Judge = ({ from, to, labels, migrationLabels: names }) => {
  const id = 'migrations';
  if (to === null)
    return { id, result: 'skipped', text: 'No version was chosen whose labels could be read.' };
  if (names.length === 0) {
    return {
      id,
      result: 'skipped',
      text: `Migrations are not looked for: migration_labels is empty in the config. Ask whoever wrote ${from ?? 'the newer version'}.`,
    };
  }
  if (labels.kind === 'unread') return { id, result: 'warn', text: asks(from, to, names, labels.why) };
  const found = names
    .map((name) => ({ name, now: valueIn(labels.from, name), past: valueIn(labels.to, name) }))
    .filter(({ now, past }) => now !== null || past !== null);
  if (found.length === 0) return { id, result: 'warn', text: asks(from, to, names, null) };
  const others = found.filter(({ now, past }) => now !== past);
  if (others.length === 0) {
    const same = found.map(({ name, now }) => `${name} ${now}`).join(', ');
    return { id, result: 'pass', text: `${to} works with the same as ${from}: ${same}.` };
  }
  const told = others.map(
    ({ name, now, past }) => `${name} is ${said(now)} in ${from}, ${said(past)} in ${to}`,
  );
  return {
    id,
    result: 'warn',
    text: `A migration lies between: ${told.join('; ')}. Ask whoever wrote ${from} whether ${to} still works with what is there now.`,
  };
};

function asks(from: string | null, to: string, names: readonly string[], why: string | null): string {
  const unread =
    why === null ? '' : ` (the labels of the images could not be read: ${why.replace(/[.\s]+$/, '')})`;
  const cure = why === null ? ` Label images with ${names.join(' and ')} to have it checked.` : '';
  return `No API knows whether ${to} still fits database and queues${unread}: ask whoever wrote ${from ?? 'the newer version'}.${cure}`;
}

function valueIn(labels: ImageLabels | null, name: string): string | null {
  return labels?.get(name) ?? null;
}

function said(value: string | null): string {
  return value ?? 'not set';
}
