import type { World } from '../../world/world.ts';
import type { PracticeAnswer } from '../server.ts';
import type { Book, Seen } from './book.ts';
import { asNumbers, asWords, showCheck, showComment, showDowntime, type Words, whole } from './show.ts';

/** An error of the JSON CGIs: HTTP 200 with a `type_code`. nagioscore, include/jsonutils.h */
class Wrong extends Error {
  readonly code: number;
  readonly text: string;

  constructor(code: 3 | 4 | 6, message: string) {
    super(message);
    this.code = code;
    this.text = { 3: 'Option Invalid', 4: 'Option Missing', 6: 'Option Value Invalid' }[code];
  }
}

interface Question {
  readonly world: World;
  readonly book: Book;
  readonly query: URLSearchParams;
  readonly word: Words;
  /** What the user may see; the two single queries look at everything, as the real ones do. */
  readonly visible: readonly Seen[];
}

type Data = Record<string, unknown>;

const SERVICE_STATUSES = ['ok', 'warning', 'critical', 'unknown', 'pending'];
const HOST_STATUSES = ['up', 'down', 'unreachable', 'pending'];
const OPTIONS = new Set([
  ...['query', 'formatoptions', 'details', 'start', 'count', 'hostname', 'servicedescription'],
  ...['servicestatus', 'hoststatus', 'entrytypes'],
]);

const QUERIES: Readonly<Record<string, (question: Question) => Data>> = {
  programstatus: () => ({ programstatus: { version: '4.4.6', nagios_pid: 4711, daemon_mode: true } }),
  hostcount: ({ visible }) => ({ count: count(visible.filter(isHost), HOST_STATUSES) }),
  servicecount: ({ visible }) => ({ count: count(visible.filter(isService), SERVICE_STATUSES) }),
  hostlist: (question) => {
    const found = listed(question, question.visible.filter(isHost), 'hoststatus', HOST_STATUSES);
    return { hostlist: Object.fromEntries(found.map((one) => [one.host, told(one, question)])) };
  },
  servicelist: (question) => {
    const found = listed(question, question.visible.filter(isService), 'servicestatus', SERVICE_STATUSES);
    const servicelist: Record<string, Data> = {};
    for (const one of found) {
      servicelist[one.host] = { ...servicelist[one.host], [one.service ?? '']: told(one, question) };
    }
    return { servicelist };
  },
  host: (question) => ({
    host: showCheck(theHost(question), question.world.now(), question.word),
  }),
  service: (question) => ({
    service: showCheck(theService(question), question.world.now(), question.word),
  }),
  commentlist: ({ world, book, query, visible, word }) => {
    const kinds = asked(query, 'entrytypes', ['user', 'downtime', 'flapping', 'acknowledgement']);
    const found = book
      .comments(world)
      .filter(({ kind }) => kinds === null || kinds.includes(kind))
      .filter((one) => visible.some((check) => check.host === one.host && check.service === one.service));
    return {
      commentlist: Object.fromEntries(found.map((one) => [one.id, showComment(one, word)])),
    };
  },
  downtimelist: ({ world, book }) => {
    const found = book.downtimes(world);
    return { downtimelist: Object.fromEntries(found.map((one) => [one.id, showDowntime(one, world.now())])) };
  },
};

/** statusjson.cgi: nagioscore, cgi/statusjson.c. `sees`: whether this user is authorized for hosts and services. */
export function statusJson(
  world: World,
  book: Book,
  query: URLSearchParams,
  user: { readonly username: string; readonly sees: boolean },
): PracticeAnswer {
  const name = query.get('query') ?? '';
  const now = whole(world.now());
  const result = { query_time: now, cgi: 'statusjson.cgi' };
  try {
    const answer = QUERIES[name];
    if (name === '') throw new Wrong(4, 'Missing validation for object type 0.');
    if (answer === undefined) throw new Wrong(6, `The query option value '${name}' is invalid.`);
    const strange = [...query.keys()].find((option) => !OPTIONS.has(option));
    if (strange !== undefined) throw new Wrong(3, `Invalid option: '${strange}'.`);
    const word = asked(query, 'formatoptions', null)?.includes('enumerate') ? asWords : asNumbers;
    const all = book.seen(world);
    const data = answer({
      world,
      book,
      query,
      word,
      visible: user.sees || name === 'host' || name === 'service' ? all : [],
    });
    const success = { type_code: 0, type_text: 'Success', message: '' };
    return json(
      {
        ...result,
        user: user.username,
        query: name,
        last_data_update: now,
        ...success,
      },
      { selectors: {}, ...data },
    );
  } catch (error) {
    if (!(error instanceof Wrong)) throw error;
    const { code, text, message } = error;
    return json({ ...result, query: name, type_code: code, type_text: text, message }, { options: {} });
  }
}

function json(result: Data, data: Data): PracticeAnswer {
  return {
    status: 200,
    headers: { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store' },
    body: JSON.stringify({ format_version: 0, result, data }, null, 2),
  };
}

const isHost = ({ service }: Seen) => service === null;
const isService = ({ service }: Seen) => service !== null;

function told(one: Seen, { query, world, word }: Question): unknown {
  return query.get('details') === 'true' ? showCheck(one, world.now(), word) : word(one.status);
}

/** The ones of the asked states, from `start` on, `count` of them. */
function listed(
  { query }: Question,
  all: readonly Seen[],
  option: string,
  known: readonly string[],
): readonly Seen[] {
  const statuses = asked(query, option, known);
  const found = all.filter(({ status }) => statuses === null || statuses.includes(status));
  const start = Number(query.get('start') ?? 0);
  return found.slice(start, start + Number(query.get('count') ?? found.length));
}

/** A list is parted by plus signs, which are spaces in a query. */
function asked(
  query: URLSearchParams,
  option: string,
  known: readonly string[] | null,
): readonly string[] | null {
  const values = query.get(option)?.split(/[ +]/) ?? null;
  const wrong = values?.find((value) => known !== null && !known.includes(value));
  if (wrong !== undefined) throw new Wrong(6, `The ${option} option value '${wrong}' is invalid.`);
  return values;
}

function count(found: readonly Seen[], statuses: readonly string[]): Record<string, number> {
  return Object.fromEntries(
    statuses.map((status) => [status, found.filter((one) => one.status === status).length]),
  );
}

function theHost({ query, visible }: Question): Seen {
  const name = query.get('hostname');
  if (name === null) throw new Wrong(4, 'Host information requested, but no host name specified.');
  const found = visible.find((one) => isHost(one) && one.host === name);
  if (found === undefined) throw new Wrong(6, `The host '${name}' could not be found.`);
  return found;
}

function theService(question: Question): Seen {
  const { host } = theHost(question);
  const name = question.query.get('servicedescription');
  if (name === null) {
    throw new Wrong(4, 'Service information requested, but no service description specified.');
  }
  const found = question.visible.find((one) => one.host === host && one.service === name);
  if (found === undefined) {
    throw new Wrong(6, `The service '${name}' on host '${host}' could not be found.`);
  }
  return found;
}
