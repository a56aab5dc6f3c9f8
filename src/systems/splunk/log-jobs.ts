import { Failure } from '../../model/failure.ts';
import type { LogJobs, SearchTime } from '../../model/ports/index.ts';
import type { AdapterDeps } from '../http/transport.ts';
import { checked, refuseText } from './check.ts';
import { openClient } from './client.ts';
import { SYSTEM } from './failure.ts';
import { HandJob, MAX_KEPT, UNTOUCHED_S } from './hand-job.ts';
import { cancelJob, newSid } from './job.ts';
import { savedSearches } from './saved.ts';
import { sourceOf } from './source.ts';
import { searchOf } from './spl.ts';
import { ownerOf } from './whose.ts';

/** Searches that a person writes in SPL. */
export function openLogJobs(deps: AdapterDeps): LogJobs {
  const client = openClient(deps);
  const { catalog, config } = deps.loaded;
  const owners = catalog.services.flatMap(({ name, logs }) =>
    logs === null ? [] : [{ service: name, source: logs }],
  );
  const serviceOf = ownerOf(owners, Object.keys(config.environments));
  return {
    textOf: (place) => searchOf(sourceOf(place), place.environment),
    check: (text, signal) => checked(client, text, signal),
    saved: (signal) => savedSearches(client, signal),
    async begin({ text, transforms }, time, signal) {
      refuseText(text);
      refuseEndless(time);
      const sid = newSid();
      try {
        await client.call(async (service) => {
          const job = await service.search(text, parametersOf(sid, time));
          // Without it nothing streams in: that alone is no reason to give the search up.
          await job.enablePreview().catch(() => undefined);
        }, signal);
      } catch (thrown) {
        // An answer that was lost on the way may have left a search behind: its name is known all the same.
        if (thrown instanceof Failure && thrown.mayHaveHappened) await cancelJob(client, sid);
        throw thrown;
      }
      return new HandJob({ client, sid, transforms, serviceOf });
    },
  };
}

/** Times that begin with `rt` make a search that never ends (same page, `search_mode`). */
function refuseEndless({ from, to }: SearchTime): void {
  if (![from, to].some((time) => time?.startsWith('rt'))) return;
  const text = 'Not run: a real-time search never ends. Give it a time that does, such as -15m to now.';
  throw new Failure(SYSTEM, 'invalid', text);
}

/** https://docs.splunk.com/Documentation/Splunk/latest/RESTREF/RESTsearch (search/v2/jobs, POST) */
function parametersOf(sid: string, { from, to }: SearchTime): object {
  return {
    id: sid,
    exec_mode: 'normal',
    ...(from === null ? {} : { earliest_time: from }),
    ...(to === null ? {} : { latest_time: to }),
    max_count: MAX_KEPT,
    auto_cancel: UNTOUCHED_S,
    adhoc_search_level: 'smart',
  };
}
