import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ONCALL, PracticeWorld } from '../support/practice.ts';
import { Home, runOncall } from '../support/run-oncall.ts';
import { RealTerminal } from '../support/terminal.ts';
import { Cockpit } from './cockpit.ts';

let practice: PracticeWorld;
let cockpit: Cockpit | undefined;

beforeAll(async () => {
  practice = await PracticeWorld.start();
});

afterEach(async () => {
  await cockpit?.close();
  cockpit = undefined;
});

afterAll(async () => {
  await practice?.stop();
});

async function opened(columns = 120, rows = 40): Promise<Cockpit> {
  cockpit = Cockpit.open({ config: practice.config, columns, rows });
  await cockpit.sees(/\d triggered 1 acked/);
  return cockpit;
}

describe('the terminal is given back', () => {
  test('q gives the terminal back', async () => {
    const person = await opened();
    await person.press('q');
    expect(await person.left()).toMatchObject({ exit: 0, restored: true });
  });

  test('Ctrl-C gives the terminal back', async () => {
    const person = await opened();
    await person.press('Ctrl-C');
    expect(await person.left()).toMatchObject({ restored: true });
  });

  test.each([
    ['SIGTERM', 'SIGTERM gives the terminal back'],
    ['SIGHUP', 'SIGHUP gives the terminal back'],
  ])('%s', async (signal) => {
    const person = await opened();
    process.kill(person.cockpitPid(), signal);
    expect(await person.left()).toMatchObject({ restored: true });
  });

  test('leaving in the middle of a rollback ends at once: the rollback goes on without it', async () => {
    const person = await opened();
    await person.press('j', 'b');
    await person.sees('which version');
    await person.press('Enter');
    await person.sees('Type charge-central to confirm');
    await person.types('charge-central');
    await person.press('Enter');
    await person.sees(/LaunchTemplate +UPDATE/);
    await person.press('q', 'q');
    expect(await person.left()).toMatchObject({ exit: 0, restored: true });
    const stack = (await practice.world()).stacks.find(({ name }) => name === 'charge-central');
    expect(stack?.status).toBe('UPDATE_IN_PROGRESS');
  });

  test('Ctrl-Z gives the terminal back, and fg takes it again', async () => {
    await inShell(`${process.execPath} ${ONCALL}`, async (terminal) => {
      await stopAndGoOn(terminal);
      terminal.write('q');
      await terminal.until('the shell again', () => terminal.screen.buffer.active.type === 'normal');
    });
  });

  test('Ctrl-Z stops whoever started the cockpit along with it, as npm does', async () => {
    await inShell(`sh -c '"$0" "$@"; true' ${process.execPath} ${ONCALL}`, stopAndGoOn);
  });
});

/** A shell with job control, in which `command` has opened the cockpit. */
async function inShell(command: string, then: (terminal: RealTerminal) => Promise<void>): Promise<void> {
  const home = new Home();
  const terminal = new RealTerminal('/bin/bash', ['--norc', '--noprofile', '-i'], {
    columns: 120,
    rows: 40,
    env: { ...home.env, PS1: 'shell> ', ONCALL_CONFIG: practice.config },
  });
  try {
    await terminal.until('a prompt', (text) => text.includes('shell>'));
    terminal.write(`${command}\r`);
    await terminal.until('the cockpit', (text) => text.includes(' triggered '));
    await then(terminal);
  } finally {
    await terminal.close();
    home.remove();
  }
}

async function stopAndGoOn(terminal: RealTerminal): Promise<void> {
  terminal.write('\x1a');
  await terminal.until('the shell', (text) => text.includes('Stopped'));
  expect(terminal.screen.buffer.active.type).toBe('normal');
  terminal.write('fg\r');
  await terminal.until('the cockpit again', (text) => text.includes(' triggered '));
}

describe('the shown lines in a pager', () => {
  test.each(['less -R', ''])('PAGER=%j has the terminal whole, and gives it back', async (pager) => {
    cockpit = Cockpit.open({ config: practice.config, env: { PAGER: pager } });
    const person = cockpit;
    await person.sees(/\d triggered 1 acked/);
    await person.press('4');
    await person.sees(/\d\d:\d\d:\d\d i/);
    await person.press('|');
    await person.sees(/\d\d\.\d{3}Z \S+ i-\S+ [A-Z]+ /);
    expect(person.terminal.text()).not.toContain('triggered');
    const [folder = ''] = readdirSync(person.home.folder).filter((name) => name.startsWith('oncall-'));
    const file = join(person.home.folder, folder, 'lines.log');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    // Ctrl-C is the pager's, and here the shell's too, which then tells no end; a terminal forgets what was typed right before it.
    if (pager !== '') await person.press('Ctrl-C');
    await expect
      .poll(
        async () => {
          await person.press('=');
          return person.terminal.text();
        },
        { timeout: 15_000 },
      )
      .toContain('lines.log lines');
    await person.press('q');
    await person.sees(/\d triggered 1 acked/);
    await expect.poll(() => existsSync(file), { timeout: 15_000 }).toBe(false);
    await person.press('?');
    await person.sees('Everywhere');
    await person.press('Escape', 'q');
    if (pager === '') expect(await person.left()).toMatchObject({ exit: 0, restored: true });
  });

  test('one that is not there is named', async () => {
    cockpit = Cockpit.open({ config: practice.config, env: { PAGER: 'no-such-pager -x' } });
    await cockpit.sees(/\d triggered 1 acked/);
    await cockpit.press('4');
    await cockpit.sees(/\d\d:\d\d:\d\d i/);
    await cockpit.press('|');
    await cockpit.sees('There is no program no-such-pager here');
  });
});

describe('strange terminals', () => {
  test('a terminal of one cell does not crash it', async () => {
    const person = await opened();
    person.resize(1, 1);
    await new Promise((resolve) => setTimeout(resolve, 500));
    person.resize(120, 40);
    await person.sees(/\d triggered 1 acked/);
    await person.press('q');
    expect(await person.left()).toMatchObject({ exit: 0, restored: true });
  });

  test('TERM=dumb gets plain text', async () => {
    const home = new Home();
    const terminal = new RealTerminal(process.execPath, [ONCALL, '--config', practice.config], {
      columns: 80,
      rows: 24,
      env: { ...home.env, TERM: 'dumb' },
    });
    try {
      expect(await terminal.exited()).toBe(2);
      expect(terminal.text()).toContain('charge-central');
      expect(terminal.output).not.toContain('\x1b');
    } finally {
      await terminal.close();
      home.remove();
    }
  });

  test('a locale without UTF-8 gets ASCII alone, in the cockpit and from a command', async () => {
    const home = new Home();
    const env = { ...home.env, LC_ALL: 'C' };
    const size = { columns: 120, rows: 40 };
    const cockpit = new RealTerminal(process.execPath, [ONCALL, '--config', practice.config], {
      ...size,
      env,
    });
    const command = new RealTerminal(process.execPath, [ONCALL, '--config', practice.config, 'status'], {
      ...size,
      env,
    });
    try {
      await cockpit.until('a frame', (text) => /^\+ 1 Incidents - 3 -+\+/m.test(text));
      cockpit.write('q');
      await Promise.all([cockpit.exited(), command.exited()]);
      expect(command.text()).toContain('charge-central');
      expect(cockpit.output + command.output).toMatch(/^\p{ASCII}*$/u);
    } finally {
      await Promise.all([cockpit.close(), command.close()]);
      home.remove();
    }
  });

  test('a pipe gets the status, once', async () => {
    const home = new Home();
    const ran = await runOncall(['--config', practice.config], home.env);
    home.remove();
    expect(ran).toMatchObject({ exit: 2, stderr: '' });
    expect(ran.stdout).toContain('2 triggered');
    expect(ran.stdout).not.toContain('\x1b');
  });

  test.each([
    { command: ['logs', 'charge-central', '-f'] },
    { command: ['logs', '--squad', 'messaging', '-f'] },
    { command: ['--help'] },
  ])('a reader that goes away ends a command quietly', async ({ command }) => {
    const home = new Home();
    const child = spawn(
      '/bin/sh',
      ['-c', '"$@" | head -n 1', 'sh', process.execPath, ONCALL, ...command, '--config', practice.config],
      { env: { ...process.env, ...home.env }, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    let stderr = '';
    child.stderr.on('data', (data) => {
      stderr += data;
    });
    await once(child, 'close');
    home.remove();
    expect(stderr).toBe('');
  });
});

test('hostile text in a title stays inert on the screen', async () => {
  const person = await opened();
  const title = '\x1b]52;c;aGFja2Vk\x07 pwned \x1b[2J\u202e\u{e0041}\0';
  await practice.event({ kind: 'incident', service: 'dunning', title, urgency: 'high' });
  await person.press('Ctrl-R');
  await person.sees('pwned');
  expect(person.terminal.output).not.toContain('\x1b]52;c;aGFja2Vk');
  expect(person.terminal.output).not.toMatch(/[\u202a-\u202e\0]/);
});

test('a system that hangs leaves the other panes and the keys alive', async () => {
  const person = await opened();
  await person.sees('InService');
  await practice.fault({ system: 'aws', fault: 'hang', ms: 60_000, times: 1_000 });
  await person.press('G');
  await person.sees(/▶ ○ .*mailer/, 3_000);
  await person.press('?');
  await person.sees('In the incidents');
});
