import { parseArgs } from 'node:util';

export interface PracticeOptions {
  readonly scenario: string;
  /** World seconds for each real second. */
  readonly speed: number;
  readonly seed: number;
  readonly tls: boolean;
  /** Ends when its standard input does: with whoever started it, however that one dies. */
  readonly untilStdinCloses: boolean;
}

export const DEFAULT_SCENARIO = 'bad-deploy';

/** A wrong argument, in one sentence for people. */
export class PracticeUsage extends Error {
  override readonly name = 'PracticeUsage';
}

export function parseOptions(argv: readonly string[]): PracticeOptions {
  const { values } = parse(argv);
  return {
    scenario: values.scenario,
    speed: number('--speed', values.speed, (speed) => speed > 0 && speed <= 10_000, 'above 0, at most 10000'),
    seed: number('--seed', values.seed, Number.isSafeInteger, 'a whole number'),
    tls: values.tls,
    untilStdinCloses: values['until-stdin-closes'],
  };
}

/** The same options as arguments, for a process of its own. */
export function optionArguments(options: PracticeOptions): string[] {
  return [
    ...['--scenario', options.scenario],
    ...[`--speed=${options.speed}`, `--seed=${options.seed}`],
    ...(options.tls ? ['--tls'] : []),
    ...(options.untilStdinCloses ? ['--until-stdin-closes'] : []),
  ];
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        scenario: { type: 'string', default: DEFAULT_SCENARIO },
        speed: { type: 'string', default: '1' },
        seed: { type: 'string', default: '1' },
        tls: { type: 'boolean', default: false },
        'until-stdin-closes': { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new PracticeUsage(error instanceof Error ? error.message : String(error));
  }
}

function number(name: string, text: string, fits: (value: number) => boolean, what: string): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (Number.isFinite(value) && fits(value)) return value;
  throw new PracticeUsage(`${name} must be a number, ${what}; not "${text}"`);
}
