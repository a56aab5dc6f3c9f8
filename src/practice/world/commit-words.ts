import type { PracticeFile } from './state.ts';
import type { Random } from './world.ts';

/** What people write when they commit; `{noun}` is filled in. */
const TITLES = [
  'Log the id of the {noun} with every error',
  'Time out after two seconds when the {noun} is slow',
  'Cache the {noun} for a minute',
  'Drop the old {noun} endpoint',
  'Count each {noun} once',
  'Show the {noun} in the admin page',
  'Validate the {noun} before it is stored',
  'Retry once when the {noun} is locked',
  'Rename a confusing variable in the {noun}',
  'Test the {noun} with an empty body',
  'Send the {noun} in batches of fifty',
  'Mend a typo in the {noun} mail',
  'Bump dependencies of the {noun}',
  'Make the {noun} list page by cursor',
];
const NOUNS = [
  'customer',
  'invoice',
  'session',
  'order',
  'message',
  'payment',
  'address',
  'basket',
  'report',
  'token',
];
const FOLDERS = ['app/models', 'app/services', 'app/controllers', 'app/jobs', 'lib'];
const OTHERS = ['README.md', 'Dockerfile', 'config/settings.yml', 'Gemfile.lock', '.buildkite/pipeline.yml'];

/** A title with the files that such a commit touches. */
export function madeUpCommit(random: Random): { readonly title: string; readonly files: PracticeFile[] } {
  const noun = random.pick(NOUNS);
  const name = `${random.pick(FOLDERS)}/${noun}`;
  const spec = `spec/${name.replace(/^(app|lib)\//, '')}_spec.rb`;
  const paths = [
    `${name}.rb`,
    ...(random.next() < 0.7 ? [spec] : []),
    ...(random.next() < 0.2 ? [random.pick(OTHERS)] : []),
  ];
  const title = random.pick(TITLES).replace('{noun}', noun);
  return { title, files: paths.map((path) => touched(path, random)) };
}

export function touched(
  path: string,
  random: Random,
  status: PracticeFile['status'] = 'modified',
): PracticeFile {
  const additions = random.integer(1, 40);
  return { path, status, additions, deletions: status === 'added' ? 0 : random.integer(0, additions) };
}

/** What goes with a new version of the database, or of what is in the queues. */
export function migrationCommit(
  kind: 'database' | 'queues',
  number: string,
  day: string,
  random: Random,
): { readonly title: string; readonly files: PracticeFile[] } {
  const noun = random.pick(NOUNS);
  if (kind === 'queues') {
    const path = `app/messages/${noun}_v${number}.rb`;
    return {
      title: `Write version ${number} of the ${noun} message`,
      files: [touched(path, random, 'added')],
    };
  }
  const path = `db/migrate/${day}${random.integer(1000, 9999)}_add_currency_to_${noun}s.rb`;
  return {
    title: `Add a currency to every ${noun}`,
    files: [touched(path, random, 'added'), touched('db/schema.rb', random)],
  };
}
