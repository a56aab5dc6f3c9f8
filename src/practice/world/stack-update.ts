import type { Instant } from '../../model/instant.ts';
import { generationOf, makeGeneration, releaseOf } from './generation.ts';
import { type EventSource, eventMaker } from './stack-events.ts';
import type { StackFaults, StackWorld } from './stacks.ts';
import type { PracticeDeploy, PracticeInstance, PracticeStack } from './state.ts';
import { applyEffect } from './update-effects.ts';
import { deploySteps, failingSteps, GROUP_FAILED, rollbackSteps, type Step } from './update-steps.ts';
import type { Random, StackChange } from './world.ts';

export interface RunParts {
  readonly world: StackWorld;
  readonly random: Random;
  readonly faults: StackFaults;
}

/** One update of one stack while it runs, its rollback included. */
export interface UpdateRun {
  cancel(token: string | null): void;
  continueRollback(token: string | null): void;
}

/** Begins the update; the stack is UPDATE_IN_PROGRESS when this returns, the rest follows on the world's clock. */
export function startRun(
  { world, random, faults }: RunParts,
  stack: PracticeStack,
  change: StackChange,
): UpdateRun {
  const { state } = world;
  const startedAt = world.now();
  const previous = { parameters: stack.parameters, tags: stack.tags, template: stack.template };
  const release = releaseOf(state, stack, change);
  const replaced = generationOf(state, stack);
  const made = makeGeneration(state, random, release, change, startedAt);
  const works =
    state.images.some(
      (image) => image.repository === release.service.repository && image.tag === release.version,
    ) && !faults.failsAtStart(stack.service, release.version);

  const deploy: PracticeDeploy = {
    service: stack.service,
    environment: stack.environment,
    version: release.version,
    who: change.who,
    build: release.build,
    startedAt,
    finishedAt: null,
    status: 'in_progress',
    token: change.token,
  };
  state.deploys.push(deploy);

  const instances: PracticeInstance[] = [];
  const crew = { state, random, release, made, replaced, instances };
  const source: EventSource = {
    stack,
    token: change.token,
    made,
    replaced,
    get instances() {
      return instances.map((instance) => instance.id);
    },
  };
  let makeEvent = eventMaker(source, random);
  let ends: PracticeDeploy['status'] = 'succeeded';
  /** Steps of an earlier phase that are still due do nothing. */
  let phase = 0;

  function play(steps: readonly Step[], then: () => void): void {
    const mine = ++phase;
    const from = world.now();
    const last = steps.length - 1;
    steps.forEach((step, index) => {
      const run = () => {
        if (mine !== phase) return;
        perform(step);
        if (index === last) then();
      };
      if (step.afterMs === 0) run();
      else world.at(from + step.afterMs, run);
    });
  }

  function perform({ event, effect }: Step): void {
    if (event !== null) {
      const told = makeEvent(event, world.now());
      stack.events.push(told);
      if (event.resource === 'stack') {
        stack.status = told.status;
        stack.statusReason = told.reason;
      }
    }
    if (effect !== null) applyEffect(crew, effect, world.now());
    if (effect?.kind === 'settle') {
      stack.update = null;
      finish(world.now());
    }
  }

  function finish(at: Instant): void {
    deploy.status = ends;
    deploy.finishedAt = at;
  }

  function rollBack(reason: string, outcome: 'complete' | 'failed'): void {
    stack.parameters = previous.parameters;
    stack.tags = previous.tags;
    stack.template = previous.template;
    const steps = rollbackSteps(reason, outcome).filter((step) => exists(step));
    play(steps, () => {
      if (outcome === 'failed') finish(world.now());
    });
  }

  /** Of what was never made, nothing is told to be deleted. */
  function exists({ event, effect }: Step): boolean {
    if (event?.which !== 'new' && effect?.which !== 'new') return true;
    if (event?.resource === 'launch') return state.launchTemplates.includes(made.launchTemplate);
    return state.groups.includes(made.group);
  }

  stack.parameters = change.parameters;
  if (change.tags !== null) stack.tags = change.tags;
  if (change.template !== undefined) stack.template = change.template;
  stack.updatedAt = startedAt;
  stack.update = {
    token: change.token,
    startedAt,
    previousParameters: previous.parameters,
    previousTags: previous.tags,
    newGroup: made.group.name,
    oldGroup: replaced?.group.name ?? '',
    cancelled: false,
  };
  const size = made.group.desired;
  play(works ? deploySteps(size) : failingSteps(size), () => {
    if (works) return;
    ends = 'failed';
    const stuck = faults.failsRollback(stack.service, release.version);
    rollBack(GROUP_FAILED, stuck ? 'failed' : 'complete');
  });

  return {
    cancel(token) {
      if (stack.update) stack.update.cancelled = true;
      ends = 'cancelled';
      if (token !== null) makeEvent = eventMaker({ ...source, token }, random);
      const waiting = state.groups.includes(made.group);
      rollBack('Stack update cancelled', 'complete');
      if (!waiting) return;
      const cut = { resource: 'group', which: 'new', status: 'UPDATE_FAILED' } as const;
      stack.events.push(makeEvent({ ...cut, reason: 'Resource update cancelled' }, world.now()));
    },
    continueRollback(token) {
      if (token !== null) makeEvent = eventMaker({ ...source, token }, random);
      rollBack('User Initiated', 'complete');
    },
  };
}
