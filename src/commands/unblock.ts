import type { Deploy, WaitingStep } from '../model/deploy.ts';
import { UsageError } from './exit.ts';
import { environmentToWrite, serviceNamed } from './names.ts';
import { type Arguments, type Context, flag, type Options, optionText } from './row.ts';
import { carryOut } from './write/carry-out.ts';

type Waiting = Deploy & { readonly waiting: WaitingStep };

const DEPLOYS_READ = 20;

/** `oncall unblock SERVICE`: lets its deploy go on that waits for a person. */
export async function run(context: Context, [name = '']: Arguments, options: Options): Promise<number> {
  const { catalog } = await context.config();
  const service = serviceNamed(catalog, name);
  const environment = environmentToWrite(service, optionText(options, 'env'));
  const releases = await (await context.systems()).releases();
  const deploys = await releases.deploys(service, environment, DEPLOYS_READ, context.stopSignal());
  const { version, waiting } = chosen(deploys, { name, environment, version: optionText(options, 'to') });
  const typed = optionText(options, 'confirm');
  const overrideFreeze = optionText(options, 'overrideFreeze')?.trim();
  if (overrideFreeze === '') throw new UsageError('--override-freeze wants a reason');
  return carryOut(context, {
    request: {
      action: 'unblock_deploy',
      service: name,
      environment,
      version,
      step: { system: waiting.system, id: waiting.id },
      ...(overrideFreeze === undefined ? {} : { overrideFreeze }),
    },
    words: () => [
      ...['unblock', name, '--env', environment, '--to', version],
      ...(overrideFreeze === undefined ? [] : ['--override-freeze', overrideFreeze]),
    ],
    yes: flag(options, 'yes'),
    accepted: (optionText(options, 'accept') ?? '').split(',').filter((id) => id !== ''),
    ...(typed === undefined ? {} : { typed }),
  });
}

function chosen(
  deploys: readonly Deploy[],
  { name, environment, version }: { name: string; environment: string; version: string | undefined },
): Waiting {
  const waiting = deploys.filter((deploy): deploy is Waiting => deploy.waiting !== null);
  const [deploy, ...others] = waiting.filter((each) => version === undefined || each.version === version);
  const known = waiting.map((each) => each.version).join(', ');
  if (deploy === undefined) {
    const rest = known === '' ? '' : `; ${known} does`;
    throw new UsageError(
      `no deploy of ${name}${version === undefined ? '' : ` ${version}`} waits in ${environment}${rest}`,
    );
  }
  if (others.length > 0)
    throw new UsageError(`several deploys of ${name} wait: ${known}. Say which with --to`);
  return deploy;
}
