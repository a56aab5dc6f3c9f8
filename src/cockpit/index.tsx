import process from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import { render, type useApp } from 'ink';
import { WORK } from '../actions/work.ts';
import { App } from './app.tsx';
import { bindings } from './bindings/index.ts';
import { type CockpitDeps, createCockpit, say, type TerminalPort } from './cockpit.ts';
import { holdStderr } from './hold-stderr.ts';
import { buildKeymap } from './keymap.ts';
import { runProgram } from './run-program.ts';
import { openScreen } from './screen/index.ts';
import { underWay } from './stores/runs.ts';
import { BELL, clipboardSequence, followScreen } from './terminal.ts';
import { track } from './tracker.ts';
import { takeUpEarlier } from './verbs/earlier.ts';

export type { CockpitDeps, CockpitSettings } from './cockpit.ts';

/** How the cockpit was left. */
export interface Leaving {
  /** 128 + the signal's number; 0: by the person. */
  readonly exitCode: number;
  /** Work on stacks that goes on without being watched: `rollback of charge-central`. */
  readonly goesOn: readonly string[];
}

// The slowest keys wait for Ink's throttle, not for bytes.
const MAX_FPS = 100;
const PATIENCE_MS = 1_000;
/** What the terminal still has to answer comes within that, or not at all. */
const SETTLED_MS = 500;
const SIGNALS = [
  ['SIGHUP', 129],
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const;

/**
 * Runs the cockpit on this process's terminal until the person leaves or a signal ends it; the terminal is as it was
 * by then. Both standard input and output must be terminals. Rejects with what went wrong inside, if anything did.
 */
export async function runCockpit(deps: CockpitDeps): Promise<Leaving> {
  const { stdout, stdin } = process;
  const { screenReader } = deps.settings.appearance;
  const { screen, stop } = followScreen(stdout);
  let exitCode = 0;
  let suspendTerminal: ReturnType<typeof useApp>['suspendTerminal'] | null = null;
  /** A program has the terminal. */
  let lent = false;
  const leaving = new AbortController();
  const terminal: TerminalPort = {
    left: leaving.signal,
    screen,
    copy: (text) => void stdout.write(clipboardSequence(text, process.env.STY !== undefined)),
    bell: () => void stdout.write(BELL),
    repaint: () => repaint(),
    quit: () => void leave(),
    suspend: () => void suspended(),
    lend: async (command) => {
      if (suspendTerminal === null || lent) return;
      lent = true;
      // The terminal sends Ctrl-Z to the program and to us: both stop, as the shell expects.
      process.off('SIGTSTP', terminal.suspend);
      try {
        await shown?.rest(SETTLED_MS);
        await suspendTerminal(() => runProgram(command, leaving.signal));
      } finally {
        lent = false;
        shown?.again();
        process.on('SIGTSTP', terminal.suspend);
        if (!leaving.signal.aborted) repaint();
      }
    },
  };
  // A screen reader hears lines, as Ink writes them.
  const shown = screenReader ? null : openScreen(stdout, stdin);
  const leave = async () => {
    await shown?.rest(SETTLED_MS);
    instance.unmount();
  };
  const suspended = async () => {
    if (suspendTerminal === null) return;
    await shown?.rest(SETTLED_MS);
    await untilContinued(suspendTerminal, terminal.suspend, () => shown?.again());
  };
  const keymap = buildKeymap(bindings, deps.settings);
  const cockpit = createCockpit(deps, terminal, keymap);
  const untrack = track(cockpit);
  const release = holdStderr(process.stderr);
  const onSuspend = (suspend: ReturnType<typeof useApp>['suspendTerminal']) => {
    suspendTerminal = suspend;
  };
  const app = () => <App cockpit={cockpit} onSuspend={onSuspend} />;
  const instance = render(app(), {
    alternateScreen: !screenReader,
    isScreenReaderEnabled: screenReader,
    exitOnCtrlC: false,
    ...(shown && { stdout: shown.stdout, stdin: shown.stdin }),
    // The caller has seen that both ends are terminals; an environment that looks like CI changes nothing.
    interactive: true,
    maxFps: MAX_FPS,
    patchConsole: false,
  });
  // A terminal that changes its size reflows or cuts what it showed, even when it ends at the size that it had, which
  // 'resize' does not tell of: nothing on it can be built on.
  const repaint = () => {
    if (lent) return;
    instance.clear();
    shown?.forget();
    instance.rerender(app());
  };
  const end = (code: number) => {
    exitCode = code;
    void leave();
  };
  endOnSignals(end, (signal) => lent && signal === 'SIGINT');
  // What nobody caught, wherever it was thrown, ends the cockpit as an error of its own does.
  let fault: { readonly thrown: unknown } | null = null;
  const crash = (thrown: unknown) => {
    fault ??= { thrown };
    instance.unmount();
  };
  process.on('uncaughtException', crash);
  process.on('unhandledRejection', crash);
  process.on('SIGTSTP', terminal.suspend);
  process.on('SIGWINCH', repaint);
  const ignore = () => undefined;
  // A terminal that is gone (SIGHUP) refuses what is written to it.
  stdout.on('error', ignore);
  if (keymap.problems[0] !== undefined) say(cockpit, keymap.problems[0], 'warn');
  takeUpEarlier(cockpit);
  try {
    await instance.waitUntilExit();
    if (fault !== null) throw (fault as { readonly thrown: unknown }).thrown;
    return {
      exitCode,
      goesOn: underWay(cockpit.runs.get()).map(
        ({ action, service }) => `${WORK[action].noun} ${service ?? 'a service'}`,
      ),
    };
  } finally {
    leaving.abort();
    // A search by hand is cancelled in the log system, if that answers soon.
    await Promise.race([cockpit.runningSearch.get()?.ended, pause(PATIENCE_MS, undefined, { ref: false })]);
    untrack();
    stop();
    process.off('SIGTSTP', terminal.suspend);
    process.off('SIGWINCH', repaint);
    process.off('uncaughtException', crash);
    process.off('unhandledRejection', crash);
    release();
  }
}

const STOPS_WITHIN_MS = 100;

/**
 * Gives the terminal to the shell (Ctrl-Z) and takes it back when the process goes on. The whole group stops, as it
 * does when the terminal itself sends the signal: npm, say, which started us. A group that no shell looks after cannot
 * stop: then the screen is simply drawn again.
 */
async function untilContinued(
  suspend: ReturnType<typeof useApp>['suspendTerminal'],
  handler: () => void,
  again: () => void,
): Promise<void> {
  const suspension = await suspend();
  process.off('SIGTSTP', handler);
  process.kill(0, 'SIGTSTP');
  setTimeout(() => {
    process.on('SIGTSTP', handler);
    again();
    void suspension.resume();
  }, STOPS_WITHIN_MS);
}

/**
 * Listens until the process has ended: a library in this process answers a signal by sending it once more, which must
 * not cut the ending short. A later one means that the ending hangs. Ctrl-C for a program that has the terminal comes
 * here too, and is not ours.
 */
function endOnSignals(end: (exitCode: number) => void, isNotOurs: (signal: string) => boolean): void {
  let endingSince: number | null = null;
  for (const [signal, exitCode] of SIGNALS) {
    process.on(signal, () => {
      if (isNotOurs(signal)) return;
      if (endingSince !== null && performance.now() - endingSince > PATIENCE_MS) process.exit(exitCode);
      endingSince ??= performance.now();
      end(exitCode);
    });
  }
}
