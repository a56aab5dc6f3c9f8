import type { LoadedConfig } from '../../config/types.ts';
import { Failure } from '../../model/failure.ts';
import type { Found } from '../../model/ports/discovery.ts';
import { type Hints, lookAround } from '../../systems/discoveries.ts';
import { count } from '../../text/time.ts';
import type { Finds } from './compose.ts';
import type { Talk } from './talk.ts';

export interface Around {
  readonly finds: Finds;
  /** Systems that told nothing, each with the reason. */
  readonly silent: readonly string[];
}

/** Asks every system for what it knows of the tribe, and prints what each told. */
export async function findAll(
  talk: Talk,
  loaded: LoadedConfig,
  hints: Hints,
  signal: AbortSignal,
): Promise<Around> {
  talk.title('Looking around', 'reads only; a minute at most where there is much');
  const looks = lookAround(loaded, hints, signal);
  const width = Math.max(0, ...looks.map(({ system }) => system.length));
  const finds = new Map<string, Found>();
  const silent: string[] = [];
  for (const { system, answer } of looks) {
    const found = await answer;
    signal.throwIfAborted();
    const name = talk.paint('strong', system.padEnd(width));
    if (found instanceof Failure) {
      talk.write(`  ${name}  ${talk.paint('bad', 'nothing:')} ${found.message}`);
      silent.push(`${system}: ${found.message}`);
      continue;
    }
    finds.set(system, found);
    talk.write(`  ${name}  ${summary(found)}`);
    for (const gap of found.gaps) talk.say(talk.paint('muted', gap), width + 4);
  }
  return { finds, silent };
}

function summary({ teams, duties, things, channels }: Found): string {
  const kinds = Map.groupBy(things, ({ kind }) => kind);
  const parts = [
    ...[...kinds].map(([kind, all]) => plural(all.length, kind)),
    ...(teams.length === 0 ? [] : [count(teams.length, 'team')]),
    ...(duties.length === 0 ? [] : [`${plural(duties.length, 'escalation policy')} of no team`]),
    ...(channels.length === 0 ? [] : [count(channels.length, 'channel')]),
  ];
  return parts.length === 0 ? 'nothing that it would tell' : parts.join(', ');
}

/** `3 repositories`, `1 stack`. */
function plural(number: number, kind: string): string {
  return number === 1 ? `1 ${kind}` : `${number} ${kind.endsWith('y') ? `${kind.slice(0, -1)}ie` : kind}s`;
}
