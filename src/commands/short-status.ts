import { countOpen } from '../insight/status.ts';
import type { Incident } from '../model/incident.ts';
import type { Instant } from '../model/instant.ts';
import { ageMs, isStale, type Reading } from '../model/reading.ts';
import { readingAge } from '../text/time.ts';

/** One line for a prompt; all is well only by a snapshot that is fresh: `ok`, `2 triggered 1 acked`, `? 5m (2 triggered)`. */
export function shortStatus(
  incidents: Reading<readonly Incident[]> | null,
  practice: boolean,
  now: Instant,
): string {
  const mark = practice ? 'PRACTICE ' : '';
  if (incidents === null || incidents.value === null) return `${mark}?`;
  const { triggered, acknowledged } = countOpen(incidents.value);
  const parts = [
    triggered > 0 ? `${triggered} triggered` : '',
    acknowledged > 0 ? `${acknowledged} acked` : '',
  ].filter((part) => part !== '');
  if (!isStale(incidents, now)) return mark + (parts.join(' ') || 'ok');
  const age = ageMs(incidents, now);
  const old = age === null ? '' : ` ${readingAge(age)}`;
  return `${mark}?${old}${parts.length === 0 ? '' : ` (${parts.join(' ')})`}`;
}
