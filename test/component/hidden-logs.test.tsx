import { expect, test } from 'vitest';
import { Sitting } from './sitting.tsx';

test.each([
  { columns: 120, rows: 40 },
  { columns: 80, rows: 24 },
])('a log that is not on the screen is not followed: %o', async (screen) => {
  const sitting = new Sitting({ screen });
  const logs = sitting.watch.logs('charge-central', 'prod');
  await sitting.press('4');
  await expect.poll(() => logs.watched).toBe(true);
  await sitting.press('1', 'z');
  await expect.poll(() => logs.watched).toBe(false);
  await sitting.press('z', '4');
  await expect.poll(() => logs.watched).toBe(true);
});
