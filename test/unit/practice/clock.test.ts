import { expect, test } from 'vitest';
import { createClock } from '../../../src/practice/world/clock.ts';

function clockByHand(speed = 1) {
  let real = 0;
  const clock = createClock({ epoch: 1_000_000, speed, monotonic: () => real });
  return {
    clock,
    pass(ms: number) {
      real += ms;
    },
  };
}

test('world time is the epoch, real time at its speed, and what was skipped', () => {
  const { clock, pass } = clockByHand(60);
  pass(100);
  expect(clock.now()).toBe(1_006_000);
  clock.advance(30);
  expect(clock.now()).toBe(1_036_000);
  clock.stop();
});

test('an advance runs everything due on the way, in order, each at its own time', () => {
  const { clock } = clockByHand();
  const seen: [string, number][] = [];
  const see = (name: string) => () => seen.push([name, clock.now() - 1_000_000]);
  clock.at(1_003_000, see('third'));
  clock.at(1_001_000, () => {
    see('first')();
    clock.at(1_002_000, see('second'));
    clock.at(0, see('at once'));
  });
  clock.at(1_003_000, see('third too'));
  clock.at(1_011_000, see('too late'));
  clock.advance(10);
  expect(seen).toEqual([
    ['first', 1000],
    ['at once', 1000],
    ['second', 2000],
    ['third', 3000],
    ['third too', 3000],
  ]);
  clock.stop();
});

test('what was due in the past happens at once, now', () => {
  const { clock, pass } = clockByHand();
  pass(500);
  let at = 0;
  clock.at(1, () => {
    at = clock.now();
  });
  expect(at).toBe(1_000_500);
  clock.stop();
});

test('real time brings about what is due', async () => {
  const clock = createClock({ epoch: 0, speed: 1000 });
  const at = await new Promise<number>((resolve) => clock.at(5_000, () => resolve(clock.now())));
  expect(at).toBe(5_000);
  clock.stop();
});

test('nothing happens in a world that has ended', () => {
  const { clock } = clockByHand();
  let happened = false;
  clock.at(1_001_000, () => {
    happened = true;
  });
  clock.stop();
  clock.advance(10);
  expect(happened).toBe(false);
});

test('nothing that happens may advance the clock', () => {
  const { clock } = clockByHand();
  clock.at(1_001_000, () => clock.advance(1));
  expect(() => clock.advance(10)).toThrow('cannot be advanced');
  clock.stop();
});
