import { expect, test } from 'vitest';
import { isMigration } from '../../../src/insight/migration-paths.ts';

const USUAL = ['db/migrate/', 'migrations/', 'schema.*'];

test.each([
  ['db/migrate/20261110_add.rb', true],
  ['engines/billing/db/migrate/1_add.rb', true],
  ['src/main/resources/DB/Migrate/V1.sql', true],
  ['app/migrations/0001_initial.py', true],
  ['migrations/1.sql', true],
  ['db/schema.rb', true],
  ['schema.prisma', true],
  ['app/db/migrate.rb', false],
  ['lib/migrations', false],
  ['app/models/schema_version.rb', false],
  ['graphql/schema.d/readme', false],
  ['app/models/charge.rb', false],
])('%s: %s', (path, is) => {
  expect(isMigration(path, USUAL)).toBe(is);
});

test('patterns of a team', () => {
  expect(isMigration('prisma/schema.prisma', ['prisma/schema.prisma'])).toBe(true);
  expect(isMigration('other/schema.prisma', ['prisma/schema.prisma'])).toBe(false);
  expect(isMigration('sql/V12__add.sql', ['V*__*.sql'])).toBe(true);
  expect(isMigration('sql/V12_add.sql', ['V*__*.sql'])).toBe(false);
  expect(isMigration('aa', ['a*a*a'])).toBe(false);
  expect(isMigration('db/migrate/1.rb', [])).toBe(false);
});

test('a pattern of many stars takes no longer', () => {
  expect(isMigration(`${'a'.repeat(50_000)}b`, [`${'*a'.repeat(200)}*c`])).toBe(false);
});
