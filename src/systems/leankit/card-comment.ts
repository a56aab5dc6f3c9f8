import type { News, Notifier } from '../../model/ports/notifier.ts';
import { settingsOf } from '../http/settings.ts';
import type { AdapterDeps } from '../http/transport.ts';
import { textsOf } from './board.ts';
import { LeankitClient } from './client.ts';
import { SYSTEM } from './failure.ts';
import { namesIn } from './names.ts';
import type { LeankitCard } from './wire.ts';

const LONGEST = 3_000;
const MOST_PAGES = 3;
const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/**
 * A comment, as a change begins and as it ends, on the card that carries the version which is taken out; where no card
 * carries that, on the one that carries the version which is put in. No card: nowhere to tell.
 */
export function openCardComment(deps: AdapterDeps): Notifier {
  const settings = settingsOf(deps, SYSTEM);
  const client = new LeankitClient(deps);
  const namesOf = namesIn(deps.loaded.catalog.services, settings.card);

  async function cardOf(service: string, version: string, signal?: AbortSignal): Promise<LeankitCard | null> {
    const found = await client.cards({ by: { search: version }, pages: MOST_PAGES }, signal);
    const carrying = found.filter((card) => {
      const named = namesOf(textsOf(card));
      return named.service === service && named.version === version;
    });
    return carrying.toSorted((one, other) => (other.movedOn ?? 0) - (one.movedOn ?? 0))[0] ?? null;
  }

  return {
    name: 'Leankit comment',
    system: SYSTEM,
    takes: ({ from, to }) => from !== null || to !== null,
    async tell(news, signal) {
      for (const version of [news.from, news.to]) {
        const card = version === null ? null : await cardOf(news.service.name, version, signal);
        if (card === null) continue;
        await client.comment(card.id, commentText(news), signal);
        return;
      }
    },
  };
}

/** Comments are HTML: what came from elsewhere opens no tag. Each names the change that it tells of. */
function commentText({ text, incident, intent }: News): string {
  const cut = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  const whole = [
    cut,
    incident === null ? '' : ` Incident ${incident}.`,
    cut.includes(`[oncall ${intent}`) ? '' : ` [oncall ${intent}]`,
  ].join('');
  return `<p>${whole.replace(/[&<>]/g, (sign) => ENTITIES[sign] ?? sign)}</p>`;
}
