import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { jsonSchema } from '../../../src/config/json-schema.ts';

test.each(['oncall', 'user'] as const)(
  '%s.yaml for editors: of a draft that they read, without unknown keys',
  (which) => {
    expect(jsonSchema(which)).toMatchObject({
      title: `${which}.yaml`,
      $schema: 'http://json-schema.org/draft-07/schema#',
      additionalProperties: false,
    });
  },
);

test('it tells what a key is for, and does not ask for what has a default', () => {
  const schema = JSON.stringify(jsonSchema('oncall'));
  expect(schema).toContain('Program and arguments that print the token');
  expect(jsonSchema('oncall')).toMatchObject({
    required: expect.not.arrayContaining(['freeze', 'practice']),
  });
});

test.each(['oncall', 'user'] as const)(
  'the published schema of %s.yaml is the one in force: npm run docs',
  (which) => {
    const published = JSON.parse(readFileSync(`docs/schema/${which}.schema.json`, 'utf8'));
    expect(published).toEqual(jsonSchema(which));
  },
);
