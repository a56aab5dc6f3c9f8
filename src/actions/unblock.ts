import { alone, noIncident, notLeftBehind } from '../insight/unblock.ts';
import { MINUTE } from '../model/instant.ts';
import { type Action, sight } from './action.ts';
import { serviceIn } from './rollback/place.ts';
import { readDeploys, readIncidentsOf } from './rollback/read.ts';
import { TAKE_BACK } from './take-back.ts';
import { ActionError, type ActionRequest } from './types.ts';

type Unblock = Extract<ActionRequest, { action: 'unblock_deploy' }>;

/** A pipeline shows within seconds that a step goes on. */
const PATIENCE_MS = 2 * MINUTE;

/** Lets a deploy go on that waits for a person. */
export const unblockDeploy: Action<Unblock> = {
  async draft(context, request, { signal }) {
    const { service, environment } = serviceIn(context.catalog, request.service, request.environment);
    const { version } = request;
    const naming = `${service.name} ${version}`;
    const pipeline = await context.systems.pipeline(request.step.system);
    const [step, deploys, incidents] = await Promise.all([
      pipeline.waiting(request.step, signal),
      readDeploys(context, service, environment, signal),
      readIncidentsOf(context, service, signal),
    ]);
    if (step === null) throw new ActionError(`${naming} waits no more: somebody let it go on, or ended it.`);
    if (step.asks.length > 0) {
      const page = step.url === null ? '' : `, at ${step.url}`;
      throw new ActionError(
        `“${step.label}” wants to be told ${step.asks.join(', ')} first: only ${step.system} can be told${page}.`,
      );
    }
    const guarded = context.catalog.environments.some((each) => each.name === environment && each.guarded);
    return {
      title: `Unblock “${step.label}”: ${naming} goes to ${environment}`,
      lines: [
        `${step.system} goes on with it; users of ${service.name} in ${environment} get ${version}.`,
        ...(step.url === null ? [] : [`Its page: ${step.url}`]),
        TAKE_BACK.unblock_deploy,
      ],
      checks: [
        notLeftBehind(deploys, version),
        alone(deploys, environment),
        noIncident(incidents, service.name),
      ],
      confirm: guarded ? { kind: 'typed', word: service.name } : { kind: 'key' },
      facts: [step.system, step.id, version, environment],
      service: service.name,
      environment,
      from: null,
      to: version,
      digest: null,
      fromDigest: null,
      incident: null,
      token: null,
      changes: [],
      expectedMs: null,
      system: step.system,
      targets: [`step ${step.system} ${step.id}`],
      async recheck(deadline) {
        return (await pipeline.waiting(step, deadline)) === null
          ? { kind: 'already', text: `${naming} goes on already. Nothing sent.` }
          : { kind: 'same' };
      },
      send: (from, deadline) => pipeline.unblock(step, from, deadline),
    };
  },

  outlook: (context, _intent, { step, service, version, environment }) => ({
    system: step.system,
    patienceMs: PATIENCE_MS,
    async look(signal) {
      const pipeline = await context.systems.pipeline(step.system);
      return (await pipeline.waiting(step, signal)) === null
        ? sight('done', `${service} ${version} goes on to ${environment}.`)
        : sight('none', `${service} ${version} still waits.`);
    },
  }),
};
