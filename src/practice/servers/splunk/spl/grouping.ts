import { badSearch } from '../refusal.ts';
import { parseSpan } from './time.ts';

/** Search Reference, command `bin`; only with a span, and of times. */
export interface BinCommand {
  readonly name: 'bin';
  readonly field: string;
  readonly spanMs: number;
  readonly as: string;
}

/** Search Reference, command `cluster`; only with `labelonly`, which keeps every row. */
export interface ClusterCommand {
  readonly name: 'cluster';
  readonly threshold: number;
  readonly label: string;
  /** What is compared. */
  readonly field: string;
}

export function parseBin(args: string): BinCommand {
  const parsed = /^span\s*=\s*(\w+)\s+(\w+)(?:\s+as\s+(\w+))?$/i.exec(args);
  const [, span = '', field = '', as = field] = parsed ?? [];
  const spanMs = parseSpan(span);
  if (spanMs === null || field !== '_time') {
    throw badSearch(`Error in 'bin' command: The argument '${args}' is invalid.`);
  }
  return { name: 'bin', field, spanMs, as };
}

export function parseCluster(args: string): ClusterCommand {
  const options = new Map<string, string>();
  for (const part of args.split(/\s+/).filter((one) => one !== '')) {
    const [, name, value] = /^(t|labelonly|labelfield|field)=(\S+)$/.exec(part) ?? [];
    if (name === undefined || value === undefined) throw invalid(part);
    options.set(name, value);
  }
  const threshold = Number(options.get('t') ?? 0.8);
  if (!(threshold > 0 && threshold < 1)) throw invalid(`t=${options.get('t')}`);
  if (!/^(t|true|1)$/i.test(options.get('labelonly') ?? '')) throw invalid('labelonly');
  const label = options.get('labelfield') ?? 'cluster_label';
  return { name: 'cluster', threshold, label, field: options.get('field') ?? '_raw' };
}

function invalid(option: string) {
  return badSearch(`Error in 'cluster' command: Invalid option: '${option}'.`);
}
