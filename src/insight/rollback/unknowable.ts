import type { Judge } from './facts.ts';

/** Migrations and queue formats: no API knows them. */
export const migrations: Judge = ({ to }) => ({
  id: 'migrations',
  result: 'skipped',
  text: `Whether ${to ?? 'it'} still fits database and queues is not known here: ask whoever wrote the newer version.`,
});

/** Pact's "can I deploy". */
export const contracts: Judge = () => ({
  id: 'contracts',
  result: 'skipped',
  text: 'No contract broker is configured.',
});
