import { DAY, type Instant, SECOND } from '../../model/instant.ts';

/**
 * A time of Nagios's own clock on the wall, as its `date_format` writes it: us, euro, iso8601 or strict-iso8601
 * (nagioscore, common/shared.c, get_datetime_string). It names no zone.
 */
export interface LocalTime {
  readonly text: string;
  /**
   * So much later on the same clock, in the same format; null: on another day, and on this one (01-01, 02-02) it does
   * not show whether months or days come first, so that the other day could be one of another month.
   */
  later(seconds: number): string | null;
}

type Field = 'year' | 'month' | 'day';

const ISO: readonly Field[] = ['year', 'month', 'day'];
const US: readonly Field[] = ['month', 'day', 'year'];
const EURO: readonly Field[] = ['day', 'month', 'year'];

/**
 * `near`: about when it was written. It tells 11-12 from 12-11: no zone is more than a day away.
 * null: in none of the formats.
 */
export function readLocalTime(text: string, near: Instant): LocalTime | null {
  const [, first = '', second = '', third = '', between = '', time = ''] =
    /^(\d+)-(\d+)-(\d+)([ T])(\d\d:\d\d:\d\d)$/.exec(text) ?? [];
  if (time === '') return null;
  const orders = first.length === 4 ? [ISO] : [US, EURO];
  const [best, other] = orders
    .map((order) => ({ order, at: instantOf(order, [first, second, third], time) }))
    .filter(({ at }) => !Number.isNaN(at))
    .sort((one, other) => Math.abs(one.at - near) - Math.abs(other.at - near));
  if (best === undefined) return null;
  const isEither = other?.at === best.at;
  return {
    text,
    later(seconds) {
      const at = best.at + seconds * SECOND;
      if (isEither && Math.floor(at / DAY) !== Math.floor(best.at / DAY)) return null;
      return write(best.order, between, at);
    },
  };
}

/** As if its clock showed UTC. */
function instantOf(order: readonly Field[], parts: readonly string[], time: string): Instant {
  const part = (field: Field) => parts[order.indexOf(field)];
  return Date.parse(`${part('year')}-${part('month')}-${part('day')}T${time}Z`);
}

function write(order: readonly Field[], between: string, at: Instant): string {
  const iso = new Date(at).toISOString();
  const fields = { year: iso.slice(0, 4), month: iso.slice(5, 7), day: iso.slice(8, 10) };
  return `${order.map((field) => fields[field]).join('-')}${between}${iso.slice(11, 19)}`;
}
