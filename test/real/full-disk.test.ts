import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { Cockpit } from '../e2e/cockpit.ts';
import { PracticeWorld } from '../support/practice.ts';
import { Home, runOncall } from '../support/run-oncall.ts';

const DISK_BYTES = 256 * 1024;

const missing = cannotMount();
if (missing !== null) console.warn(`The story of a full disk is left out: ${missing}`);

describe.runIf(missing === null)('on a disk of its own', () => {
  let practice: PracticeWorld;
  let cockpit: Cockpit;
  let home: Home;
  let disk: string;

  afterEach(async () => {
    await cockpit?.close();
    execFileSync('umount', [disk]);
    home?.remove();
    await practice?.stop();
  });

  test('a disk that is full: keys that write are refused, everything is read on, and room makes it well again', async () => {
    practice = await PracticeWorld.start();
    home = new Home();
    disk = home.env.XDG_STATE_HOME ?? '';
    mkdirSync(disk);
    mount(disk);
    const ballast = join(disk, 'ballast');
    fill(ballast);

    cockpit = Cockpit.open({ config: practice.config, home });
    await cockpit.sees(/▶ ● .*ledger-api/);
    await cockpit.press('a');
    await cockpit.sees('the disk is full');
    expect(await practice.mutations('pagerduty')).toEqual([]);
    await cockpit.press('j');
    await cockpit.sees(/▶ ● .*charge-central/);
    await cockpit.sees('NoMethodError');
    const oncall = (command: string) => runOncall([command, '--config', practice.config], home.env);
    const status = await oncall('status');
    expect(status.exit).toBe(2);
    expect(status.stdout).toContain('charge-central');

    rmSync(ballast);
    await cockpit.press('a');
    await cockpit.sees('1 triggered 2 acked');
    expect((await oncall('journal')).stdout).toMatch(/done +ack charge-central/);
    await cockpit.press('q');
    expect(await cockpit.left()).toMatchObject({ exit: 0, restored: true });
  }, 60_000);
});

function mount(folder: string): void {
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_BYTES},mode=700`, 'tmpfs', folder], {
    stdio: 'pipe',
  });
}

/** Writes until nothing more fits. */
function fill(file: string): void {
  const page = Buffer.alloc(4096);
  expect(() => {
    for (;;) writeFileSync(file, page, { flag: 'a' });
  }).toThrow('ENOSPC');
}

function cannotMount(): string | null {
  if (process.platform !== 'linux') return 'it needs Linux';
  const folder = mkdtempSync(join(tmpdir(), 'oncall-disk-'));
  try {
    mount(folder);
    execFileSync('umount', [folder]);
    return null;
  } catch {
    return 'a disk can be mounted by root only, and not in every container';
  } finally {
    rmSync(folder, { recursive: true });
  }
}
