import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MINUTE } from '../../src/model/instant.ts';
import type { LogPoint, LogSearch } from '../../src/model/ports/log-search.ts';
import { Sitting } from './sitting.tsx';
import { EPOCH, logLine } from './story.ts';

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

const AROUND = Array.from({ length: 60 }, (_, index) => logLine(index - 30, `around ${index - 30} end`));

function searching(search: Partial<LogSearch>): Sitting {
  return new Sitting({ settings: { folder }, search });
}

describe('other lines than the live ones', () => {
  it('shows the lines around the one under the cursor without filters, and goes back to it', async () => {
    const asked: LogPoint[] = [];
    const sitting = searching({
      around: async (_place, line) => {
        asked.push(line);
        const side = { more: false, incomplete: null };
        return {
          before: { ...side, lines: AROUND.filter(({ at }) => at <= line.at) },
          after: { ...side, lines: AROUND.filter(({ at }) => at > line.at) },
        };
      },
    });
    await sitting.press('4', '/', ...'error', 'Enter', 'Space', 'c');
    await sitting.sees('around 03:1');
    await sitting.sees('around 2 end');
    expect(asked[0]?.id).toBe('line-2');
    expect(sitting.text).toContain('around 3 end');
    expect(sitting.cockpit.view.get().logs.anchor?.key).toBe('line-2');
    await sitting.press('Escape');
    await sitting.sees('NoMethodError');
    expect(sitting.text).toContain('paused');
    expect(sitting.text).not.toContain('Refreshed 51');
  });

  it('jumps to a time that is here, and asks the log system for one that is not', async () => {
    const asked: unknown[] = [];
    const sitting = searching({
      search: async (query) => {
        asked.push(query);
        return { lines: [logLine(-600, 'an old line')], incomplete: null };
      },
    });
    await sitting.press('4', 'T', ...'-57s', 'Enter');
    await sitting.sees('paused');
    expect(sitting.cockpit.view.get().logs.anchor?.key).toBe('line-3');
    await sitting.press('T', ...'soon', 'Enter');
    await sitting.sees('soon is no time');
    await sitting.press('Ctrl-U', ...'11m ago', 'Enter');
    await sitting.sees('an old line');
    const to = EPOCH - 11 * MINUTE;
    expect(asked).toMatchObject([{ environment: 'prod', from: to - MINUTE, to: to + 2 * MINUTE }]);
    await sitting.press('Escape');
    await sitting.sees('Refreshed 51');
  });
});

describe('marks', () => {
  it('marks the line with a note, shows it before the line, and goes back to it', async () => {
    const sitting = await inLogs();
    await sitting.press('[', 'm');
    await sitting.sees('Mark the line of 03:1');
    await sitting.types('it begins here');
    await sitting.press('Enter');
    await sitting.sees('◆ it begins here');
    expect(sitting.rowOf('◆ it begins here')).toBe(sitting.rowOf('NoMethodError') - 1);
    const incident = sitting.cockpit.view.get().incidents.list.order[0];
    expect(sitting.marks).toMatchObject([
      { service: 'charge-central', environment: 'prod', incident, note: 'it begins here', instance: 'i-03' },
    ]);
    await sitting.press('f', 'M');
    await sitting.sees('1 mark; Enter goes to the line');
    await sitting.press('Enter');
    await sitting.sees('paused');
    expect(sitting.cockpit.view.get().logs.anchor?.key).toBe('line-2');
  });

  it('takes a mark without a note, and says where there is none', async () => {
    const sitting = await inLogs();
    await sitting.press('M');
    await sitting.sees('No line is marked here');
    await sitting.press('m', 'Enter');
    await sitting.sees('Marked; M lists the marks');
  });
});
