import type { PipelineFact } from '../../insight/rollback/facts.ts';
import { Failure } from '../../model/failure.ts';
import type { ActionContext } from '../action.ts';
import type { Place } from './place.ts';

/** What puts versions of the service out, if it is not its stack; null: it is. */
export async function readPipeline(
  { systems }: ActionContext,
  { service, environment }: Place,
): Promise<PipelineFact | null> {
  const name = service.deployWith;
  if (name === 'cloudformation') return null;
  try {
    return { name, cannot: (await systems.pipeline(name)).cannotStart(service, environment) };
  } catch (thrown) {
    if (!(thrown instanceof Failure)) throw thrown;
    return { name, cannot: thrown.text };
  }
}
