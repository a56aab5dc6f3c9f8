import type { Signal } from '../model/signal.ts';

/** The title without the service's name in front of it: `charge-central-5xx` of charge-central is `5xx`. */
export function shortTitle({ title, service }: Pick<Signal, 'title' | 'service'>): string {
  if (service === null || !title.startsWith(service)) return title;
  const rest = title.slice(service.length).replace(/^[\s:/_.-]+/, '');
  return rest === '' ? title : rest;
}

/** The newest value, short: `11.4%`, `214`, `1.2k`; empty where nothing is measured. */
export function valueText({ measure }: Pick<Signal, 'measure'>): string {
  const value = measure?.values.at(-1);
  if (measure === null || value === undefined) return '';
  return `${shortNumber(value)}${measure.unit === '%' ? '%' : ''}`;
}

/** With its unit, as far as it has one: `214 messages`. */
export function valueWithUnit(signal: Pick<Signal, 'measure'>): string {
  const value = valueText(signal);
  const unit = signal.measure?.unit ?? '';
  return value === '' || unit === '' || unit === '%' ? value : `${value} ${unit}`;
}

/** What became of it: `acked by dora`, `in downtime`; empty: nobody has done anything. */
export function handledText({ acknowledged, acknowledgedBy, inDowntime }: Signal): string {
  if (inDowntime) return 'in downtime';
  if (!acknowledged) return '';
  return acknowledgedBy === null ? 'acked' : `acked by ${acknowledgedBy}`;
}

const THOUSANDS = [
  [1e9, 'G'],
  [1e6, 'M'],
  [1e3, 'k'],
] as const;

/** At most three digits that tell something. */
function shortNumber(value: number): string {
  const [size, letter] = THOUSANDS.find(([least]) => Math.abs(value) >= least) ?? [1, ''];
  return `${Number((value / size).toPrecision(3))}${letter}`;
}
