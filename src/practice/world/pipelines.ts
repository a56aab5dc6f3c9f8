import { SECOND } from '../../model/instant.ts';
import type { DeployStep, PracticeRun } from './pipeline-run.ts';
import { uuid } from './stack-events.ts';
import { StackRefusal } from './stacks.ts';
import type { NewRun, PipelineEngine, World } from './world.ts';

/** An agent takes a job after so long. */
const QUEUE = 4 * SECOND;

/** The pipeline cannot do what it was asked for; the message says why. */
export class PipelineRefusal extends Error {
  override readonly name = 'PipelineRefusal';
}

export type PipelineWorld = Pick<World, 'state' | 'now' | 'at' | 'random' | 'stacks'>;

/** What goes on in the pipelines from now on: a deploy of theirs is an update of the service's stack. */
export function openPipelines(world: PipelineWorld): PipelineEngine {
  const { state } = world;
  const random = world.random('pipelines');

  function queue(run: PracticeRun, step: DeployStep, who: string): void {
    world.at(world.now() + QUEUE, () => deploy(run, step, who));
  }

  function deploy(run: PracticeRun, step: DeployStep, who: string): void {
    const stack = state.stacks.find(
      ({ service, environment }) => service === run.service && environment === step.environment,
    );
    try {
      if (stack === undefined) throw new StackRefusal(`Stack of ${run.service} does not exist`);
      const own = { ImageTag: run.version ?? '', DeployedBy: who, BuildNumber: String(run.number) };
      const parameters = { ...stack.parameters, ...own };
      world.stacks.update(stack, { parameters, tags: null, token: null, who });
      step.deploy = state.deploys.at(-1) ?? null;
    } catch (error) {
      if (!(error instanceof StackRefusal)) throw error;
      step.refused = { at: world.now(), reason: error.message };
    }
  }

  return {
    unblock(run, blockId, who) {
      const at = run.steps.findIndex(({ id }) => id === blockId);
      const block = run.steps[at];
      const next = run.steps[at + 1];
      if (block?.kind !== 'block' || block.since === null || block.unblocked !== null) {
        throw new PipelineRefusal('This step does not wait to be unblocked.');
      }
      block.unblocked = { at: world.now(), who };
      if (next?.kind === 'deploy') queue(run, next, who);
    },
    start({ service: name, environment, version, who, message, intent }: NewRun) {
      const service = state.services.find((each) => each.name === name);
      if (service === undefined) throw new PipelineRefusal(`There is no pipeline of ${name}.`);
      const step: DeployStep = {
        kind: 'deploy',
        id: uuid(random),
        environment,
        deploy: null,
        refused: null,
      };
      const own = state.pipelineRuns.filter((run) => run.service === name);
      const commit = own.findLast((run) => run.version === version)?.commit ?? 'HEAD';
      const run: PracticeRun = {
        id: uuid(random),
        service: name,
        system: service.pipeline,
        number: Math.max(0, ...own.map((each) => each.number)) + 1,
        cause: 'started',
        version,
        branch: 'main',
        commit,
        message,
        who,
        createdAt: world.now(),
        intent,
        steps: [step],
      };
      state.pipelineRuns.push(run);
      queue(run, step, who);
      return run;
    },
  };
}
