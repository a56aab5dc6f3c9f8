import { onTestFinished } from 'vitest';
import type { Failure } from '../../../src/model/failure.ts';
import { SECRETS } from '../../../src/practice/secrets.ts';
import { newRelicServer } from '../../../src/practice/servers/newrelic/index.ts';
import { type Practised, practise } from '../practised.ts';

/** New Relic of the practice world, until the test ends. */
export async function practisedNewRelic(settings: object = {}): Promise<Practised> {
  const practised = await practise(newRelicServer(), { token: SECRETS.newrelic.userKey, settings });
  onTestFinished(() => practised[Symbol.asyncDispose]());
  return practised;
}

export function failureOf(promise: Promise<unknown>): Promise<Failure> {
  return promise.then(
    () => Promise.reject(new Error('it went well')),
    (failure: Failure) => failure,
  );
}
