import type { SignalAction, SignalTarget } from '../actions/types.ts';
import { didYouMean } from '../insight/nearest.ts';
import type { Catalog } from '../model/catalog.ts';
import { SECOND } from '../model/instant.ts';
import { parseDuration } from '../text/time.ts';
import { UsageError } from './exit.ts';
import { environmentNamed, squadNamed } from './names.ts';
import { type Arguments, type Context, flag, type Options, optionText } from './row.ts';
import { carryOut } from './write/carry-out.ts';

const VERBS = ['ack', 'downtime', 'assign'];

/** `oncall signal ack nagios:web-1`, `… downtime SIGNAL 2h`, `… assign zendesk:4711 billing`. */
export async function run(context: Context, args: Arguments, options: Options): Promise<number> {
  const { catalog } = await context.config();
  const environment = environmentNamed(catalog, optionText(options, 'env')).name;
  const known = (await context.systems()).monitorNames();
  const request = requestOf(catalog, args, (text) => ({ ...targetOf(text, known), environment }));
  const typed = optionText(options, 'confirm');
  return carryOut(context, {
    request,
    words: () => ['signal', ...args, '--env', environment],
    yes: flag(options, 'yes'),
    accepted: [],
    ...(typed === undefined ? {} : { typed }),
  });
}

function requestOf(
  catalog: Catalog,
  [verb = '', signal = '', what]: Arguments,
  target: (text: string) => SignalTarget,
): SignalAction {
  switch (verb) {
    case 'ack':
      return { action: 'acknowledge_signal', ...target(signal) };
    case 'downtime': {
      const length = parseDuration(what ?? '');
      if (length === null) throw new UsageError('downtime needs a length of time: such as 30m, 4h, 1d');
      return { action: 'downtime_signal', ...target(signal), seconds: length / SECOND };
    }
    case 'assign':
      if (what === undefined)
        throw new UsageError(`assign needs a squad: oncall signal assign ${signal} billing`);
      return { action: 'assign_ticket', ...target(signal), squad: squadNamed(catalog, what).id };
    default:
      throw new UsageError(
        `'${verb}' is nothing that is done to a signal.${didYouMean(verb, VERBS) || ` Known: ${VERBS.join(', ')}.`}`,
      );
  }
}

/** `SYSTEM:ID`, as `oncall signals` prints it. */
function targetOf(text: string, known: readonly string[]): Pick<SignalTarget, 'system' | 'signal'> {
  const [system = '', ...rest] = text.split(':');
  const signal = rest.join(':');
  if (signal !== '' && known.includes(system)) return { system, signal };
  const hint = signal === '' ? '' : didYouMean(system, known);
  throw new UsageError(
    `'${text}' names no signal: write SYSTEM:ID as oncall signals prints it.${hint || ` Systems: ${known.join(', ')}.`}`,
  );
}
