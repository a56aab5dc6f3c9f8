import type { News } from '../insight/patterns/news.ts';
import type { Instant } from '../model/instant.ts';
import { onsetText } from '../text/onset.ts';
import type { Since } from './stores/log-news.ts';

/** When what is new, or more, began, against the deploy and the incident; empty: it is neither. */
export function began(news: News, since: Since | null, triggeredAt: Instant | null): string {
  if (since === null || news.kind === 'known' || news.kind === 'unknown') return '';
  if (news.onset === null) return `${news.kind === 'new' ? 'began' : 'rose'} before the lines that were read`;
  const { landedAt, name } = since;
  const deploy = landedAt === null ? null : { version: name, landedAt };
  return onsetText(news.kind, news.onset, { deploy, trigger: triggeredAt });
}
