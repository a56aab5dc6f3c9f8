import type { Instant } from '../../src/model/instant.ts';
import type { LogLine } from '../../src/model/log-line.ts';
import { safeText } from '../../src/model/safe-text.ts';
import { corpus, randomOf } from '../unit/insight/patterns/corpus.ts';

const TEXTS = corpus(randomOf(7), 5_000).map(({ text }) => text);
/** One line in so many says what nobody has said before. */
const NEW_EVERY = 20;

/** Raw text of line number `n`: JSON, as most services write. */
export function floodText(n: number, at: Instant): string {
  const message = JSON.stringify(messageOf(n));
  return `{"ts":"${new Date(at).toISOString()}","level":"${levelOf(n)}","message":${message},"request":"${n.toString(16)}","version":"1.0.282"}`;
}

/** The same as a line that was read. */
export function floodLine(n: number, at: Instant): LogLine {
  const request = safeText(n.toString(16));
  return {
    id: `flood|${n}`,
    at,
    indexedAt: at,
    level: levelOf(n),
    message: safeText(messageOf(n)),
    service: 'charge-central',
    instance: safeText(`i-0c0ffee0000000${n % 4}`),
    version: safeText('1.0.282'),
    fields: { request },
    late: false,
  };
}

function levelOf(n: number): 'error' | 'info' {
  return n % 97 === 0 ? 'error' : 'info';
}

function messageOf(n: number): string {
  return n % NEW_EVERY === 0 ? newWords(n) : (TEXTS[n % TEXTS.length] ?? '');
}

function newWords(n: number): string {
  const random = randomOf(n);
  const word = () =>
    Array.from({ length: 7 }, () => String.fromCharCode(97 + Math.floor(random() * 26))).join('');
  return `${word()} ${word()} the ${word()} of ${word()}`;
}
