import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Sitting } from './sitting.tsx';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'oncall-keeping-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function inLogs(): Promise<Sitting> {
  const sitting = new Sitting({ settings: { folder } });
  await sitting.press('4');
  await sitting.sees('Upstream answered');
  return sitting;
}

describe('saving the shown lines', () => {
  it('proposes a name, writes for the person alone, and says how many and where', async () => {
    const sitting = await inLogs();
    await sitting.press('>');
    await sitting.sees('Save 3 lines to a file');
    await sitting.press('Enter');
    await sitting.sees('3 lines saved in');
    const [name = ''] = readdirSync(folder);
    expect(name).toMatch(/^charge-central-2026-11-17T\d{4}\.log$/);
    expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(folder, name), 'utf8')).toMatch(
      /^2026-11-17T\S+Z charge-central i-03 INFO Refreshed 51 keys\n.* ERROR NoMethodError.*\n.*6ms\n$/,
    );
  });

  it('writes JSON lines, of what the filters let through alone', async () => {
    const sitting = await inLogs();
    await sitting.press('/', ...'error', 'Enter', '>', 'Ctrl-U');
    await sitting.types('errors.jsonl');
    await sitting.press('Enter');
    await sitting.sees('1 line saved in');
    const line = JSON.parse(readFileSync(join(folder, 'errors.jsonl'), 'utf8'));
    expect(line).toMatchObject({ level: 'error', instance: 'i-03', late: false });
  });

  it('takes the selection where there is one', async () => {
    const sitting = await inLogs();
    await sitting.press('v', 'k', '>');
    await sitting.sees('Save 2 lines to a file');
  });

  it('leaves a file that is there alone, and asks again', async () => {
    writeFileSync(join(folder, 'mine.log'), 'mine');
    const sitting = await inLogs();
    await sitting.press('>', 'Ctrl-U');
    await sitting.types('mine.log');
    await sitting.press('Enter');
    await sitting.sees('is there already, and stays as it is');
    expect(sitting.text).toContain('Save 3 lines to a file');
    expect(readFileSync(join(folder, 'mine.log'), 'utf8')).toBe('mine');
    await sitting.press('Ctrl-U');
    await sitting.types('nowhere/mine.log');
    await sitting.press('Enter');
    await sitting.sees('There is no folder');
  });

  it('says so where there is nothing to save', async () => {
    const sitting = await inLogs();
    await sitting.press('/', ...'no such line', 'Enter', '>');
    await sitting.sees('There are no lines here');
  });
});
