import { expect, test } from 'vitest';
import { Failure } from '../../../src/model/failure.ts';
import { ownText } from '../../../src/model/safe-text.ts';
import type { Way } from '../../../src/systems/docker/way.ts';
import { Ways } from '../../../src/systems/docker/ways.ts';

function way(): Way & { open: boolean; closed: number } {
  return {
    open: true,
    closed: 0,
    kind: 'socket',
    containers: async () => [],
    about: async () => ({ host: ownText('h'), version: ownText('1'), now: null }),
    isOpen() {
      return this.open;
    },
    async close() {
      this.closed += 1;
    },
  };
}

test('a target is opened once however many ask, and closed at the end', async () => {
  const ways = new Ways();
  const made: ReturnType<typeof way>[] = [];
  const open = async () => {
    const one = way();
    made.push(one);
    return one;
  };
  const got = await Promise.all([ways.use('a', open), ways.use('a', open), ways.use('b', open)]);
  expect(made).toHaveLength(2);
  expect(got[0]).toBe(got[1]);
  await ways.close();
  expect(made.map(({ closed }) => closed)).toEqual([1, 1]);
  await expect(ways.use('a', open)).rejects.toThrow(/are closed/);
});

test('a way that broke is closed and replaced by one other', async () => {
  const ways = new Ways();
  const first = way();
  await ways.use('a', async () => first);
  first.open = false;
  let made = 0;
  const again = async () => {
    made += 1;
    return way();
  };
  const [one, two] = await Promise.all([ways.use('a', again), ways.use('a', again)]);
  expect(first.closed).toBeGreaterThan(0);
  expect(one).toBe(two);
  expect(made).toBe(1);
});

test('after a failure the target is left alone for a while, and the failure says until when', async () => {
  const ways = new Ways();
  let asked = 0;
  const refuse = async (): Promise<Way> => {
    asked += 1;
    throw new Failure('docker', 'unauthorized', 'Permission denied');
  };
  await expect(ways.use('a', refuse)).rejects.toMatchObject({ code: 'unauthorized' });
  const second = ways.use('a', refuse);
  await expect(second).rejects.toMatchObject({
    message: 'Permission denied',
    details: { retryAt: expect.any(Number) },
  });
  expect(asked).toBe(1);
});

test('at most four are being opened at the same time', async () => {
  const ways = new Ways();
  let opening = 0;
  let most = 0;
  const open = async () => {
    opening += 1;
    most = Math.max(most, opening);
    await new Promise((resolve) => setImmediate(resolve));
    opening -= 1;
    return way();
  };
  await Promise.all(Array.from({ length: 20 }, (_, index) => ways.use(String(index), open)));
  expect(most).toBe(4);
});
