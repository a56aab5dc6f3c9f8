import type { News } from '../../model/ports/notifier.ts';

/** Slack advises 4,000 characters: https://docs.slack.dev/reference/methods/chat.postMessage (Truncating content) */
const LONGEST = 3_000;
const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/**
 * The message of a change. In `<…>` stand mentions (`<!channel>`), channels and links: nothing that came from
 * elsewhere may open one (https://docs.slack.dev/messaging/formatting-message-text, Escaping text).
 */
export function messageText({ text, incident }: Pick<News, 'text' | 'incident'>): string {
  const whole = incident === null ? text : `${text} Incident ${incident}.`;
  const cut = whole.length > LONGEST ? `${whole.slice(0, LONGEST)}…` : whole;
  return cut.replace(/[&<>]/g, (sign) => ENTITIES[sign] ?? sign);
}
