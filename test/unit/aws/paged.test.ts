import { expect, test } from 'vitest';
import { allPages } from '../../../src/systems/aws/paged.ts';

test('all pages in order, until there is no further token', async () => {
  const pages = [
    { items: [1, 2], next: 'b' },
    { items: [], next: 'c' },
    { items: [3], next: '' },
  ];
  const asked: (string | undefined)[] = [];
  const page = async (token: string | undefined) => {
    asked.push(token);
    return pages[asked.length - 1] ?? { items: [], next: undefined };
  };
  expect(await allPages('x:Describe', page)).toEqual([1, 2, 3]);
  expect(asked).toEqual([undefined, 'b', 'c']);
});

test.each<[string, (count: number) => string, number]>([
  ['the same token again', () => 'again', 2],
  ['always another token', (count) => `token-${count}`, 200],
])('pages without end are given up, never taken for whole: %s', async (_what, next, most) => {
  let count = 0;
  const page = async () => {
    count += 1;
    return { items: [count], next: next(count) };
  };
  await expect(allPages('x:Describe', page)).rejects.toMatchObject({
    code: 'unreadable',
    message: 'The pages of x:Describe come to no end: it was given up.',
  });
  expect(count).toBe(most);
});
