import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PracticeWorld } from '../support/practice.ts';
import { Home } from '../support/run-oncall.ts';
import { Cockpit } from './cockpit.ts';

/** Where every process throws, on SIGURG (which nothing else answers), what nobody catches. */
class FaultyHome extends Home {
  readonly fault: string;

  constructor(fault: string) {
    super();
    this.fault = fault;
  }

  override get env(): Record<string, string> {
    const code = encodeURIComponent(`process.on('SIGURG', () => { ${this.fault} })`);
    return { ...super.env, NODE_OPTIONS: `--import=data:text/javascript,${code}` };
  }
}

let practice: PracticeWorld;

beforeAll(async () => {
  practice = await PracticeWorld.start();
});

afterAll(async () => {
  await practice?.stop();
});

describe('a fault of its own', () => {
  test.each([
    ['an error that nobody catches', "throw new Error('boom')"],
    ['a promise that nobody waits for', "void Promise.reject(new Error('boom'))"],
  ])('%s gives the terminal back, with one line and exit code 70', async (_name, fault) => {
    const home = new FaultyHome(fault);
    const cockpit = Cockpit.open({ config: practice.config, home });
    try {
      await cockpit.sees(/\d triggered 1 acked/);
      process.kill(cockpit.cockpitPid(), 'SIGURG');
      const left = await cockpit.left();
      expect(left).toMatchObject({ exit: 70, restored: true });
      expect(left.text).toContain('this is a fault of oncall itself: Error: boom');
      expect(left.text).not.toContain('Incidents');
    } finally {
      await cockpit.close();
      home.remove();
    }
  });
});
