import { Failure } from '../../model/failure.ts';
import type { Probe, Trouble } from '../../model/ports/probe.ts';
import { type SettingsOf, settingsOf } from '../http/settings.ts';
import type { AdapterDeps } from '../http/transport.ts';
import { BuildkiteClient } from './client.ts';
import { SYSTEM } from './failure.ts';
import { accessTokenAnswer, pipelinesAnswer } from './wire.ts';

const NEEDED = ['read_builds', 'write_builds', 'read_pipelines'];
const PIPELINE_PAGES = 5;

/** Whose token it is, the scopes that it lacks, and whether every service's pipeline is there for it. */
export function openProbe(deps: AdapterDeps): Probe {
  const settings = settingsOf(deps, SYSTEM);
  const client = new BuildkiteClient(deps);
  const named = Object.entries(deps.loaded.config.services).flatMap(([service, { buildkite }]) =>
    buildkite === undefined ? [] : [[service, buildkite.pipeline] as const],
  );

  async function trouble(signal: AbortSignal | undefined): Promise<Trouble | null> {
    try {
      const { items, complete } = await client.list(
        'pipelines',
        pipelinesAnswer,
        '/pipelines',
        [],
        PIPELINE_PAGES,
        signal,
      );
      const there = new Set(items.map(({ slug }) => slug));
      const gone = named.filter(([, pipeline]) => complete && !there.has(pipeline));
      return gone.length === 0 ? null : unknownPipelines(gone);
    } catch (error) {
      if (error instanceof Failure && error.code === 'not_found') return unknownOrganization(settings);
      throw error;
    }
  }

  return {
    system: SYSTEM,
    async check(signal) {
      const { scopes, user, description } = await client.about(
        'an access token',
        accessTokenAnswer,
        '/access-token',
        signal,
      );
      return {
        identity: user?.email ?? user?.name ?? description,
        missing: NEEDED.filter((scope) => !scopes.includes(scope)),
        now: null,
        budget: null,
        trouble: scopes.includes('read_pipelines') ? await trouble(signal) : null,
      };
    },
    cure: ({ code }) =>
      code === 'unauthorized'
        ? 'make a token at https://buildkite.com/user/api-access-tokens and put it where systems.buildkite.token says'
        : null,
  };
}

function unknownPipelines(gone: readonly (readonly [service: string, pipeline: string])[]): Trouble {
  const names = gone.map(([service, pipeline]) => `${pipeline} (${service})`);
  const shown = names.slice(0, 5).join(', ');
  const more = names.length > 5 ? ` and ${names.length - 5} more` : '';
  return {
    text: `Buildkite has no such pipelines, or this token may not see them: ${shown}${more}.`,
    fix: 'put the slug of the pipeline into services.<name>.buildkite.pipeline',
    works: true,
  };
}

function unknownOrganization({ organization }: SettingsOf<'buildkite'>): Trouble {
  return {
    text: `Buildkite has no organisation ${organization}, or this token was not given access to it.`,
    fix: 'put its slug into systems.buildkite.organization, and give the token access to it',
  };
}
