import { type ZoneTrouble, zoneSentence } from '../../insight/zone-trouble.ts';
import { count } from '../../text/time.ts';
import { type Line, wrap } from '../widgets/line.ts';

/** Rows that say which zone is in trouble; none where none is. */
export function zoneRows(trouble: ZoneTrouble | null, width: number): Line[] {
  if (trouble === null) return [];
  return wrap(zoneSentence(trouble), width - 1).map((text) => [{ text: ` ${text}`, tone: 'bad' }]);
}

/** The same for a title: `eu-west-1b: 15 unhealthy, 15 services`. */
export function zonePart(trouble: ZoneTrouble | null): Line {
  if (trouble === null) return [];
  const { zone, unhealthy, services } = trouble;
  return [{ text: `${zone}: ${unhealthy} unhealthy, ${count(services.length, 'service')}`, tone: 'bad' }];
}
