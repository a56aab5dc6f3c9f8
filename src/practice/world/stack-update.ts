import type { Instant } from '../../model/instant.ts';
import {
  drain,
  failService,
  launchInstance,
  markHealthy,
  putInService,
  removeGroup,
  removeLaunchTemplate,
  servingGroup,
} from './fleet.ts';
import { makeGroup, makeLaunchTemplate, type Release } from './machines.ts';
import { type EventSource, eventMaker, type Generation } from './stack-events.ts';
import type { StackFaults, StackWorld } from './stacks.ts';
import type { PracticeDeploy, PracticeInstance, PracticeStack, WorldState } from './state.ts';
import { deploySteps, failingSteps, rollbackSteps, type Step, type StepEffect } from './update-steps.ts';
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

const GROUP_FAILED = 'The following resource(s) failed to update: [AutoScalingGroup]. ';

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
    if (effect !== null) apply(effect, world.now());
  }

  function apply({ kind, which, index }: StepEffect, at: Instant): void {
    const generation = which === 'new' ? made : replaced;
    const instance = instances[index];
    switch (kind) {
      case 'make-launch':
        state.launchTemplates.push(made.launchTemplate);
        break;
      case 'make-group':
        state.groups.push(made.group);
        break;
      case 'launch-instance':
        instances.push(launchInstance(state, random, made.group, index, at));
        break;
      case 'in-service':
        if (instance) putInService(state, random, release, instance, at);
        break;
      case 'healthy':
        if (instance) markHealthy(state, instance);
        break;
      case 'failing':
      case 'restart':
        if (instance) failService(state, instance, stack.service, at);
        break;
      case 'drain':
        if (generation) drain(state, generation.group);
        break;
      case 'remove-group':
        if (generation) removeGroup(state, generation.group);
        break;
      case 'remove-launch':
        if (generation) removeLaunchTemplate(state, generation.launchTemplate.id);
        break;
      case 'settle':
        stack.update = null;
        finish(at);
        break;
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

function releaseOf(state: WorldState, stack: PracticeStack, { parameters, who }: StackChange): Release {
  const service = state.services.find(({ name }) => name === stack.service);
  if (service === undefined) throw new Error(`The stack ${stack.name} has no service ${stack.service}`);
  return {
    service,
    environment: stack.environment,
    version: parameters.ImageTag ?? '',
    who: parameters.DeployedBy ?? who,
    build: Number(parameters.BuildNumber ?? 0),
  };
}

function generationOf(state: WorldState, stack: PracticeStack): Generation | null {
  const group = servingGroup(state, stack);
  const launchTemplate = state.launchTemplates.find(({ id }) => id === group?.launchTemplate);
  return group && launchTemplate ? { group, launchTemplate } : null;
}

function makeGeneration(
  state: WorldState,
  random: Random,
  release: Release,
  { parameters }: StackChange,
  at: Instant,
): Generation {
  const launchTemplate = makeLaunchTemplate(state, random, release, at);
  const desired = Math.max(Number(parameters.DesiredCapacity ?? 1) || 1, 1);
  return { launchTemplate, group: makeGroup(random, release, launchTemplate, desired, at) };
}
