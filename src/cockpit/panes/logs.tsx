import { memo, useMemo } from 'react';
import type { Incident } from '../../model/incident.ts';
import { MINUTE, SECOND } from '../../model/instant.ts';
import { allLines } from '../../model/log-lines.ts';
import type { Reading } from '../../model/reading.ts';
import { age, clock, count, duration, timeOfDay, timesOfDay } from '../../text/time.ts';
import { truncate } from '../../text/width.ts';
import type { LogView } from '../../watch/types.ts';
import { logFilters, logsOf, subject, subjectIncident, visibleLines } from '../selectors.ts';
import { type SquadLogs, squadLogs } from '../squad-logs.ts';
import { filterLabel, type LogFilter } from '../stores/log-filter.ts';
import { inOrder, type Since } from '../stores/log-news.ts';
import { useStore } from '../stores/store.ts';
import { useReading } from '../stores/use-reading.ts';
import type { View } from '../stores/view.ts';
import type { Tone } from '../theme.ts';
import type { Line } from '../widgets/line.ts';
import { errorsOverTime } from './errors-over-time.ts';
import { logLines, markKey } from './log-lines.ts';
import { patternLines } from './log-pattern-lines.ts';
import { logRowForm } from './log-row-form.ts';
import { lackRows } from './log-table-lines.ts';
import { emptyRows, NO_SERVICE, type PaneProps, PaneShell, roomIn, stalePart, troubleRows } from './pane.tsx';
import { serviceColumn } from './service-column.ts';
import { type LogNews, useLogNews } from './use-log-news.ts';

const BUCKETS = 16;
const BUCKET_MS = MINUTE / 2;
const LAG_WORTH_A_PLACE_MS = 30 * SECOND;
const LAG_WORTH_WARNING_MS = 2 * MINUTE;

/** What it says, live: full width, so that lines stay whole and copying with the mouse stays clean. */
export const LogsPane = memo(function LogsPane({ cockpit, rect, focused, boxed }: PaneProps) {
  const view = useStore(cockpit.view);
  const now = useStore(cockpit.now);
  const at = subject(view);
  const squad = at !== null && view.logs.squad ? squadLogs(cockpit.catalog, at) : null;
  const reading = useReading(at, (of) => logsOf(cockpit, of), squad === null ? '' : 'squad');
  const lines = visibleLines(view, reading.value);
  const { search } = view.logs.held ?? {};
  const trouble = search === undefined ? troubleRows(reading) : lackRows(search);
  const height = roomIn({ rect, boxed }, trouble);
  const made = useStore(cockpit.marks);
  const marks = useMemo(() => new Map(made.map((mark) => [markKey(mark), mark.note])), [made]);
  const news = useLogNews(cockpit, view, reading.value);
  const rows =
    at === null
      ? NO_SERVICE
      : view.logs.show === 'patterns'
        ? patternLines({
            ...news,
            patterns: inOrder(view.logs.patterns, news.patterns),
            anchor: view.logs.patterns.anchor,
            order: view.logs.patterns.order,
            filters: view.logs.filters,
            triggeredAt: subjectIncident(view)?.triggeredAt ?? null,
            held: view.logs.held?.lines.length ?? null,
            now:
              (view.logs.held && allLines(view.logs.held.lines).at(-1)?.at) ?? reading.value?.completeTo ?? 0,
            width: rect.width,
            height,
            focused,
          })
        : lines.length === 0
          ? emptyRows(
              reading,
              logFilters(view).length > 0
                ? 'No line passes the filters; X removes one'
                : search?.state === 'ended'
                  ? 'Nothing was found'
                  : 'No lines yet',
            )
          : logLines({
              ...logRowForm(view, lines),
              services:
                squad === null || squad.names.length === 0 ? null : serviceColumn(squad.names, rect.width),
              marks,
              lines,
              anchor: view.logs.anchor,
              width: rect.width,
              height,
              focused,
            });
  const errors = useMemo(() => errorsParts(reading.value), [reading.value]);
  const parts: Line[] = [
    at === null || search !== undefined ? [] : [{ text: whose(view, at.service, squad) }],
    ...(view.logs.held?.parts ?? [at === null ? [] : mode(view, reading)]),
    ...logFilters(view).map(filterChip),
    view.logs.wrap ? [{ text: 'wrapped', tone: 'muted' }] : [],
    view.logs.highlight === '' ? [] : [{ text: view.logs.highlight, inverse: true }],
    at === null ? [] : stalePart(reading, now),
    ...(view.logs.held === null
      ? [cutPart(reading.value), ...byWeight(reading.value, [newPart(news), ...errors])]
      : [[{ text: 'Esc: the live log', tone: 'muted' as const }]]),
    ...markers(news.since, subjectIncident(view)),
  ];
  return (
    <PaneShell
      {...{ rect, focused, boxed, parts }}
      pane="logs"
      name={search === undefined ? 'Logs' : 'Search'}
      rows={[...trouble, ...rows]}
    />
  );
});

/** `charge-central`; `Billing, 6 services`, and where some have no log `Billing, 6 of 7 services`. */
function whose({ logs: { held } }: View, service: string, squad: SquadLogs | null): string {
  if (held !== null) return held.service ?? service;
  if (squad === null) return service;
  const { names, all } = squad;
  return `${squad.squad}, ${names.length === all ? count(all, 'service') : `${names.length} of ${count(all, 'service')}`}`;
}

/** `live, lag 4s`, or `paused ─ 14 new`; where it can be read in several ways, `live tail` or `polled`. */
function mode(view: View, { value, error }: Reading<LogView>): Line {
  if (view.logs.anchor !== null) {
    const fresh = (value?.total ?? 0) - view.logs.totalAtPause;
    return [
      { text: 'paused', tone: 'warn' },
      ...(fresh > 0 ? [{ text: ` ${fresh} new`, tone: 'accent' as const }] : []),
    ];
  }
  if (value === null || error !== null) return [];
  const lag = value.lagMs ?? 0;
  const kind = value.way?.kind ?? 'live';
  return [
    { text: kind, tone: 'good' },
    ...(lag < SECOND ? [] : [{ text: `, lag ${duration(lag)}`, tone: lagTone(lag) }]),
    ...(value.way?.sampled === true ? [{ text: ', sampled', tone: 'warn' as const }] : []),
    ...(value.way?.why == null ? [] : [{ text: `: ${value.way.why}`, tone: 'warn' as const }]),
  ];
}

function lagTone(lag: number): Tone {
  return lag < LAG_WORTH_WARNING_MS ? 'muted' : 'warn';
}

/** Up to which time of their own all lines are here, but for late ones. */
function completePart(logs: LogView | null): Line {
  if (logs === null || logs.linesTo === null) return [];
  return [{ text: `complete to ${timeOfDay(logs.linesTo)}`, tone: lagTone(logs.lagMs ?? 0) }];
}

/** To which time the log is complete: after what was counted in it, but where it lags before all that. */
function byWeight(logs: LogView | null, found: readonly Line[]): readonly Line[] {
  const complete = completePart(logs);
  return (logs?.lagMs ?? 0) >= LAG_WORTH_A_PLACE_MS
    ? [complete, ...found]
    : [...found.slice(0, 2), complete, ...found.slice(2)];
}

const CHIP_COLUMNS = 28;

function filterChip(filter: LogFilter): Line {
  return [{ text: truncate(filterLabel(filter), CHIP_COLUMNS), tone: 'accent' }];
}

/** Lines that exist and were not fetched: so many came at once. */
function cutPart(logs: LogView | null): Line {
  const cut = logs?.notShown ?? 0;
  if (logs === null || cut === 0) return [];
  const span = logs.notShownIn === null ? '' : ` ${timesOfDay(logs.notShownIn)}`;
  return [{ text: `${count(cut, 'line')} not shown${span}`, tone: 'warn' }];
}

/** How many errors there were lately, and when. */
function errorsParts(logs: LogView | null): readonly Line[] {
  const end = logs?.completeTo ?? logs?.lines.at(-1)?.at;
  if (logs === null || end === undefined) return [];
  const { total, spanMs, bars } = errorsOverTime(logs.lines, end, BUCKET_MS, BUCKETS);
  if (total === 0) return [[{ text: `no errors in ${age(spanMs)}`, tone: 'muted' }]];
  return [[{ text: `${count(total, 'error')} in ${age(spanMs)}` }], [{ text: bars, tone: 'bad' }]];
}

/** What this log never said before the suspected deploy: the first thing to read. */
function newPart({ patterns }: LogNews): Line {
  const fresh = patterns.filter(({ news }) => news.kind === 'new').length;
  return fresh === 0 ? [] : [{ text: count(fresh, 'new pattern'), tone: 'alarm' }];
}

/** When the suspect landed and when the incident was triggered, to read the lines by. */
function markers(since: Since | null, incident: Incident | null): Line[] {
  if (incident === null) return [];
  const { landedAt, name } = since ?? { landedAt: null, name: '' };
  const deploy: Line =
    landedAt === null ? [] : [{ text: `deploy ${name} ${clock(landedAt)}`, tone: 'muted' }];
  return [deploy, [{ text: `incident ${clock(incident.triggeredAt)}`, tone: 'muted' }]];
}
