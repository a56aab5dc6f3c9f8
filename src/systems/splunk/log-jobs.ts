import { Failure } from '../../model/failure.ts';
import type { LogJobs } from '../../model/ports/index.ts';
import type { AdapterDeps } from '../http/transport.ts';
import { openClient } from './client.ts';
import { SYSTEM } from './failure.ts';
import { sourceOf } from './source.ts';
import { searchOf } from './spl.ts';

/** Searches that a person writes in SPL. */
export function openLogJobs(deps: AdapterDeps): LogJobs {
  openClient(deps);
  return {
    textOf: (place) => searchOf(sourceOf(place), place.environment),
    check: () => notYet(),
    begin: () => notYet(),
    saved: () => notYet(),
  };
}

async function notYet(): Promise<never> {
  throw new Failure(SYSTEM, 'not_configured', 'Splunk is not searched by hand by this version.');
}
