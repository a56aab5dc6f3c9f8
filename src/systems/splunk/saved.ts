import * as z from 'zod';
import type { SavedSearch } from '../../model/ports/log-jobs.ts';
import { safeText } from '../../model/safe-text.ts';
import { decode } from '../http/decode.ts';
import type { SplunkClient } from './client.ts';
import { SYSTEM } from './failure.ts';
import { flag } from './job.ts';

const PAGE = 100;
/** Of everybody, in every app, as far as this user may read them. */
const EVERYWHERE = { owner: '-', app: '-' };

/** https://docs.splunk.com/Documentation/Splunk/latest/RESTREF/RESTsearch (saved/searches) */
const savedSchema = z.object({
  search: z.string().catch(''),
  disabled: flag,
  'dispatch.earliest_time': z.coerce.string().catch(''),
  'dispatch.latest_time': z.coerce.string().catch(''),
});
const pagingSchema = z.object({ total: z.coerce.number().catch(0) });

export function savedSearches(client: SplunkClient, signal: AbortSignal | undefined): Promise<SavedSearch[]> {
  return client.call(async (service) => {
    const found: SavedSearch[] = [];
    for (let offset = 0; ; offset += PAGE) {
      const page = await service
        .savedSearches(EVERYWHERE)
        .fetch({ count: PAGE, offset, listDefaultActionArgs: false });
      const list = page.list();
      for (const one of list) {
        const told = decode(SYSTEM, 'a saved search', savedSchema, one.properties());
        if (told.search === '' || told.disabled) continue;
        found.push({
          name: safeText(one.name),
          text: safeText(told.search.replace(/\s*[\r\n]+\s*/g, ' ').trim()),
          time: {
            from: told['dispatch.earliest_time'] || null,
            to: told['dispatch.latest_time'] || null,
          },
        });
      }
      const { total } = decode(SYSTEM, 'a list of saved searches', pagingSchema, page.paging());
      if (list.length === 0 || offset + list.length >= total) return found;
    }
  }, signal);
}
