import type { ActionRequest, Plan, StackMending } from '../actions/types.ts';
import { MENDING_FLAGS } from '../insight/rollback/mending.ts';
import { rfc3339 } from '../model/instant.ts';
import { painter } from '../text/paint.ts';
import { UsageError } from './exit.ts';
import { environmentToWrite, serviceNamed } from './names.ts';
import { type Arguments, type Context, flag, type Options, optionText } from './row.ts';
import { actionsOf } from './write/actions.ts';
import { carryOut, knownChecks, planned } from './write/carry-out.ts';
import { commandLine } from './write/command-line.ts';
import { FAILED, REFUSED } from './write/exit.ts';
import { planText } from './write/plan-text.ts';

type Rollback = Extract<ActionRequest, { action: 'rollback' }>;
/** Of a stack: putting a version back, or ending the update that stands in the way. */
type StackRequest = Rollback | StackMending;

export async function run(context: Context, [service = '']: Arguments, options: Options): Promise<number> {
  const { catalog } = await context.config();
  const typed = optionText(options, 'confirm');
  const environment = environmentToWrite(serviceNamed(catalog, service), optionText(options, 'env'));
  const request = requestOf(service, environment, options);
  const accepted = (optionText(options, 'accept') ?? '').split(',').filter((id) => id !== '');
  if (flag(options, 'plan')) return showPlan(context, request, accepted, flag(options, 'json'));
  if (flag(options, 'json')) throw new UsageError('--json goes with --plan');
  return carryOut(context, {
    request,
    words: (plan) => wordsOf(request, plan),
    yes: false,
    accepted,
    ...(typed === undefined ? {} : { typed }),
  });
}

function requestOf(service: string, environment: string, options: Options): StackRequest {
  const to = optionText(options, 'to');
  const incident = optionText(options, 'incident');
  const overrideFreeze = optionText(options, 'overrideFreeze')?.trim();
  if (overrideFreeze === '') throw new UsageError('--override-freeze wants a reason');
  const common = {
    service,
    environment,
    ...(incident === undefined ? {} : { incident }),
    ...(overrideFreeze === undefined ? {} : { overrideFreeze }),
  };
  const [cancel, go] = [flag(options, 'cancel'), flag(options, 'continue')];
  if (!cancel && !go) return { action: 'rollback', ...common, ...(to === undefined ? {} : { to }) };
  if (cancel && go) throw new UsageError('--cancel and --continue exclude each other');
  if (to !== undefined) {
    throw new UsageError(
      `--to does not go with ${cancel ? '--cancel' : '--continue'}: what served before stays`,
    );
  }
  return { action: cancel ? 'cancel_update' : 'continue_rollback', ...common };
}

/** Executes nothing: a rollback makes one change set, reads it and deletes it. */
async function showPlan(
  context: Context,
  request: StackRequest,
  accepted: readonly string[],
  json: boolean,
): Promise<number> {
  const { catalog } = await context.config();
  const actions = await actionsOf(context);
  const plan = await planned(context, actions, request);
  if (plan === null) return FAILED;
  await actions.discard(plan);
  knownChecks(plan, accepted);
  const blocked = plan.checks.filter((check) => check.result === 'block');
  if (json) {
    const { hash, service, environment: env, from, to, checks, changes } = plan;
    const document = {
      schema: 1,
      practice: catalog.practice,
      at: rfc3339((await context.systems()).now('aws')),
      plan: { hash, service, env, from, to, checks, changes },
    };
    context.stdout.write(`${JSON.stringify(document)}\n`);
  } else {
    context.stdout.write(planText(plan, painter(context.stdout.color)));
  }
  for (const check of blocked) context.stderr.write(`oncall: refused (${check.id}): ${check.text}\n`);
  if (blocked.length > 0) return REFUSED;
  const warnings = plan.checks.filter((check) => check.result === 'warn').map((check) => check.id);
  const command = commandLine(context, plan, {
    words: (each) => wordsOf(request, each),
    accepted: [...new Set([...accepted, ...warnings])],
  });
  context.stderr.write(`Nothing was executed. To do it:\n  ${command}\n`);
  return 0;
}

/** With the version that the plan chose: what was seen is what is done, whatever happens in between. */
function wordsOf(
  { action, service, environment, incident, overrideFreeze }: StackRequest,
  { to }: Plan,
): readonly string[] {
  const version = to === null ? [] : ['--to', to];
  return [
    'rollback',
    service,
    '--env',
    environment,
    ...(action === 'rollback' ? version : [MENDING_FLAGS[action]]),
    ...(incident === undefined ? [] : ['--incident', incident]),
    ...(overrideFreeze === undefined ? [] : ['--override-freeze', overrideFreeze]),
  ];
}
