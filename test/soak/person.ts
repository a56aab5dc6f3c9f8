import type { ActionRequest, Consent, Plan } from '../../src/actions/types.ts';
import { ActionError } from '../../src/actions/types.ts';
import { Failure } from '../../src/model/failure.ts';
import type { Stage } from './stage.ts';
import type { Story } from './story.ts';
import type { Terminal } from './terminal.ts';

/** A person who sees no plan for so long presses Ctrl-C. */
const PATIENCE_MS = 1_500;
/** World time that passes whenever the screen says how remote work goes on. */
const STEP_S = 60;

/** Where what happens is written down. */
export interface Scene {
  readonly stage: Stage;
  readonly confirmed: Story['confirmed'][number][];
  readonly tellings: Story['tellings'][number][];
  readonly notes: string[];
}

export interface Keys {
  readonly presses: number;
  /** The same plan is confirmed twice. */
  readonly runsTwice: boolean;
  /** Ctrl-C. */
  readonly signal: AbortSignal;
  /** What happens while the plan is read by the person. */
  readonly between: () => Promise<void>;
}

/** Presses, reads the plans, consents to everything, and waits for the outcomes. */
export async function act(
  scene: Scene,
  terminal: Terminal,
  request: ActionRequest,
  keys: Keys,
): Promise<void> {
  const { stage } = scene;
  const from = stage.now();
  const pressed = Array.from({ length: keys.presses }, () => plan(scene, terminal, request, keys.signal));
  const plans = (await Promise.all(pressed)).filter((each) => each !== null);
  await keys.between();
  terminal.confirmed();
  const group = plans.map(({ intent }) => intent);
  const runs = plans.flatMap((each) => {
    scene.confirmed.push({ intent: each.intent, request, group, from });
    const once = () => run(scene, terminal, each, keys.signal);
    return keys.runsTwice ? [once(), once()] : [once()];
  });
  await Promise.all(runs);
}

/** Attaches to all that is under way, as the next start offers. */
export async function resume(scene: Scene, terminal: Terminal): Promise<void> {
  terminal.confirmed();
  for (const { id } of await terminal.actions.unfinished()) await attach(scene, terminal, id);
}

export async function attach(scene: Scene, terminal: Terminal, intent: string): Promise<void> {
  const outcome = await terminal.actions.attach(intent, passing(scene.stage));
  if (!terminal.isDead) scene.tellings.push({ intent, how: 'attach', outcome, at: scene.stage.now() });
}

async function plan(
  scene: Scene,
  { actions }: Terminal,
  request: ActionRequest,
  signal: AbortSignal,
): Promise<Plan | null> {
  try {
    return await actions.plan(request, AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]));
  } catch (thrown) {
    if (!(thrown instanceof ActionError || thrown instanceof Failure)) throw thrown;
    scene.notes.push('no plan');
    return null;
  }
}

async function run(scene: Scene, terminal: Terminal, planned: Plan, signal: AbortSignal): Promise<void> {
  const { stage, tellings } = scene;
  const outcome = await terminal.actions.run(planned, consentTo(planned), passing(stage), signal);
  if (!terminal.isDead) tellings.push({ intent: planned.intent, how: 'run', outcome, at: stage.now() });
}

function consentTo({ confirm, checks }: Plan): Consent {
  const accepted = checks.filter(({ result }) => result === 'warn').map(({ id }) => id);
  return confirm.kind === 'typed' ? { typed: confirm.word, accepted } : { accepted };
}

function passing(stage: Stage) {
  return ({ state, events }: { state: string; events: readonly unknown[] }): void => {
    if (state === 'sent' && events.length > 0) stage.advance(STEP_S);
  };
}
