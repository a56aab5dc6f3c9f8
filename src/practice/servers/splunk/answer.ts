import type { PracticeAnswer } from '../server.ts';
import type { Refusal } from './refusal.ts';

export const SPLUNK_VERSION = '9.4.2';
export const BUILD = 'e9664af3d956';

/** How splunkd answers when nothing else was asked for: XML. Only short answers have that form here. */
export type OutputMode = 'json' | 'json_rows' | 'json_cols' | 'xml';

export function outputMode(parameters: URLSearchParams): OutputMode {
  const mode = parameters.get('output_mode');
  return mode === 'json' || mode === 'json_rows' || mode === 'json_cols' ? mode : 'xml';
}

export function json(status: number, body: unknown): PracticeAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=UTF-8', 'cache-control': 'no-store, no-cache' },
    body: JSON.stringify(body),
  };
}

/** `{sid}`, `{sessionKey}`: in JSON, or as the XML that curl gets by default. */
export function short(
  status: number,
  name: string,
  value: string,
  parameters: URLSearchParams,
): PracticeAnswer {
  if (outputMode(parameters) !== 'xml') return json(status, { [name]: value });
  return xml(status, `<response>\n  <${name}>${escapeXml(value)}</${name}>\n</response>\n`);
}

export function messages(
  status: number,
  list: readonly { readonly type: string; readonly text: string }[],
  parameters: URLSearchParams,
): PracticeAnswer {
  if (outputMode(parameters) !== 'xml') return json(status, { messages: list });
  const lines = list.map(({ type, text }) => `    <msg type="${type}">${escapeXml(text)}</msg>`);
  return xml(status, `<response>\n  <messages>\n${lines.join('\n')}\n  </messages>\n</response>\n`);
}

export function refused(refusal: Refusal, parameters: URLSearchParams): PracticeAnswer {
  return messages(refusal.status, [{ type: refusal.type, text: refusal.message }], parameters);
}

/** A collection as splunkd's Atom feed looks in JSON. */
export function feed(
  path: string,
  entries: readonly FeedEntry[],
  updated: string,
  paging = { total: entries.length, perPage: Math.max(entries.length, 30), offset: 0 },
): PracticeAnswer {
  return json(200, {
    links: {},
    origin: `https://practice.splunk.invalid:8089${path}`,
    updated,
    generator: { build: BUILD, version: SPLUNK_VERSION },
    entry: entries.map((entry) => ({
      name: entry.name,
      id: `https://practice.splunk.invalid:8089${entry.path}`,
      updated,
      links: { alternate: entry.path, list: entry.path },
      ...(entry.published === undefined ? {} : { published: entry.published }),
      author: entry.author ?? 'system',
      acl: {
        app: 'search',
        owner: entry.author ?? 'nobody',
        sharing: 'global',
        perms: { read: ['*'], write: [] },
        can_write: false,
        modifiable: false,
        removable: false,
      },
      content: entry.content,
    })),
    paging,
    messages: [],
  });
}

export interface FeedEntry {
  readonly name: string;
  readonly path: string;
  readonly author?: string;
  readonly published?: string;
  readonly content: Readonly<Record<string, unknown>>;
}

function xml(status: number, body: string): PracticeAnswer {
  return {
    status,
    headers: { 'content-type': 'text/xml; charset=UTF-8' },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n${body}`,
  };
}

function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
