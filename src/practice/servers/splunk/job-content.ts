import { isoTime } from './event.ts';
import type { Job } from './job.ts';
import { splitReport } from './spl/pipeline.ts';

/**
 * A job as its status tells it: the members of `entry[].content`
 * (REST API Reference Manual, `search/v2/jobs/{search_id}`, returned values).
 */
export function jobContent(job: Job): Record<string, unknown> {
  const { progress, search } = job;
  const { events, report } = splitReport(search.pipeline);
  const state = job.state;
  const started = state !== 'QUEUED' && state !== 'PARSING';
  const available = search.transforming ? 0 : progress.rows.length;
  return {
    sid: job.sid,
    dispatchState: state,
    doneProgress: job.isDone ? 1 : started ? Number(progress.done.toFixed(5)) : 0,
    isDone: job.isDone,
    isFailed: state === 'FAILED',
    isFinalized: progress.finalized,
    isPaused: progress.paused,
    isSaved: false,
    isSavedSearch: false,
    isZombie: false,
    isRealTimeSearch: false,
    isPreviewEnabled: progress.previews,
    isEventsPreviewEnabled: !search.transforming,
    isTimeCursored: true,
    isBatchModeSearch: false,
    isRemoteTimeline: false,
    eventCount: progress.found,
    eventAvailableCount: available,
    eventFieldCount: 17,
    eventIsStreaming: true,
    eventIsTruncated: progress.truncated,
    eventSearch: events,
    eventSorting: search.transforming ? 'none' : 'desc',
    reportSearch: report,
    resultCount: job.isDone ? progress.rows.length : 0,
    resultIsStreaming: !search.transforming,
    resultPreviewCount: job.preview.length,
    scanCount: progress.scanned,
    dropCount: 0,
    diskUsage: 81_920 + progress.rows.length * 400,
    earliestTime: isoTime(search.earliest),
    latestTime: isoTime(search.latest),
    searchEarliestTime: search.earliest / 1000,
    searchLatestTime: search.latest / 1000,
    ...(search.indexEarliest === null ? {} : { indexEarliestTime: search.indexEarliest / 1000 }),
    ...(search.indexLatest === null ? {} : { indexLatestTime: search.indexLatest / 1000 }),
    cursorTime: isoTime(search.earliest),
    runDuration: Number(job.runDuration.toFixed(3)),
    ttl: job.ttl,
    defaultTTL: '600',
    defaultSaveTTL: '604800',
    priority: job.priority,
    label: search.text,
    search: search.text,
    keywords: '',
    statusBuckets: 0,
    numPreviews: 0,
    pid: '4711',
    delegate: '',
    provenance: 'rest',
    searchProviders: ['idx-1.harbour.example'],
    remoteSearch: `litsearch ${events.replace(/^search\s*/, '')}`,
    messages: job.messages,
    request: job.request,
  };
}
