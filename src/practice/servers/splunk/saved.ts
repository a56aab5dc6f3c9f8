import type { PracticeAnswer } from '../server.ts';
import { feed } from './answer.ts';

interface Saved {
  readonly name: string;
  readonly search: string;
  /** Time modifiers; '': without that bound. */
  readonly earliest: string;
  readonly latest: string;
  readonly disabled?: true;
}

/** In the order of their names, as splunkd lists them. */
const SAVED: readonly Saved[] = [
  {
    name: '5xx at the proxies',
    search: 'search index=app sourcetype=nginx:access level=error | timechart span=5m count',
    earliest: '-4h@h',
    latest: 'now',
  },
  {
    name: 'Errors by service, last hour',
    search: 'search index=app environment=prod level=error | stats count by service, version | sort -count',
    earliest: '-1h',
    latest: 'now',
  },
  {
    name: 'Errors by version',
    search:
      'search index=app environment=prod level=error\n| stats count, dc(instance) AS instances by version\n| sort -count',
    earliest: '-24h',
    latest: '',
  },
  {
    name: 'Newest errors',
    search: 'index=app environment=prod (level=error OR level=fatal) | head 100',
    earliest: '-15m',
    latest: 'now',
  },
  {
    name: 'Nightly archive of errors',
    search: 'search index=app level=error | collect index=summary',
    earliest: '-1d@d',
    latest: '@d',
  },
  {
    name: 'Old proxy report',
    search: 'search index=proxy | stats count',
    earliest: '-7d',
    latest: 'now',
    disabled: true,
  },
  {
    name: 'Who logs how much',
    search: 'search index=app environment=prod | top limit=20 service',
    earliest: '-15m',
    latest: 'now',
  },
];
const DEFAULT_PAGE = 30;

/** GET saved/searches?count&offset; `count=0` asks for all (REST API User Manual, "Pagination and filtering parameters"). */
export function savedSearches(parameters: URLSearchParams, now: string): PracticeAnswer {
  const offset = Math.max(Number(parameters.get('offset')) || 0, 0);
  const count = Number(parameters.get('count') ?? DEFAULT_PAGE) || SAVED.length;
  const entries = SAVED.slice(offset, offset + count).map(({ name, search, earliest, latest, disabled }) => ({
    name,
    path: `/servicesNS/nobody/search/saved/searches/${encodeURIComponent(name)}`,
    content: {
      search,
      disabled: disabled === true,
      is_scheduled: false,
      is_visible: true,
      'dispatch.earliest_time': earliest,
      'dispatch.latest_time': latest,
    },
  }));
  return feed('/services/saved/searches', entries, now, { total: SAVED.length, perPage: count, offset });
}
