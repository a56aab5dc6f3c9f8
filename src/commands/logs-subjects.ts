import { hasLogs } from '../insight/log-system.ts';
import type { Service } from '../model/catalog.ts';
import { UsageError } from './exit.ts';
import type { Subject } from './look.ts';
import { environmentNamed, placed, serviceNamed, squadNamed } from './names.ts';
import { type Arguments, type Context, flag, type Options, optionText } from './row.ts';

/** The services whose logs are asked for: those that are named, or all of a squad that have one there. */
export interface LogSubjects extends Subject {
  readonly others: readonly Service[];
}

export async function logSubjects(context: Context, args: Arguments, options: Options): Promise<LogSubjects> {
  const squad = optionText(options, 'squad');
  if (args.length === 0 && squad === undefined) {
    throw new UsageError('which service? oncall logs SERVICE, or --squad NAME -f for all of a squad.');
  }
  if (args.length > 0 && squad !== undefined) {
    throw new UsageError('--squad stands for its services: name either services or a squad.');
  }
  const loaded = await context.config();
  const environment = environmentNamed(loaded.catalog, optionText(options, 'env'));
  const services =
    squad === undefined
      ? [...new Set(args)].map((name) => serviceNamed(loaded.catalog, name))
      : ofSquad(loaded.catalog.services, squadNamed(loaded.catalog, squad).id, environment.name);
  for (const service of services) placed(service, environment);
  const [service, ...others] = services;
  if (service === undefined) {
    throw new UsageError(`no service of the squad '${squad}' has a log in ${environment.name}.`);
  }
  if (!flag(options, 'follow') && (squad !== undefined || others.length > 0)) {
    throw new UsageError('several services are followed: add -f, or name one service.');
  }
  if (flag(options, 'patterns') && others.length > 0) {
    throw new UsageError('--patterns is for one service: name it.');
  }
  return { loaded, systems: await context.systems(), service, environment, others };
}

function ofSquad(all: readonly Service[], squad: string, environment: string): readonly Service[] {
  return all.filter((service) => service.squad === squad && environment in service.in && hasLogs(service));
}
