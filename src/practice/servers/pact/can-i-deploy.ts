import { hasContracts, imageTagged, type PactRow, pactsOf } from '../../world/contracts.ts';
import type { EnvironmentName } from '../../world/machines.ts';
import type { WorldState } from '../../world/state.ts';
import type { PracticeAnswer } from '../server.ts';

/** What the broker calls our environments. */
export const ENVIRONMENTS: Readonly<Record<string, EnvironmentName>> = { production: 'prod', test: 'test' };

/**
 * `GET /can-i-deploy`, in the words of https://github.com/pact-foundation/pact_broker (lib/pact_broker/api/contracts/
 * can_i_deploy_query_schema.rb, lib/pact_broker/matrix/deployment_status_summary.rb).
 */
export function canIDeploy(state: WorldState, query: URLSearchParams): PracticeAnswer {
  const pacticipant = query.get('pacticipant') ?? '';
  const version = query.get('version') ?? '';
  const named = query.get('environment') ?? '';
  const environment = ENVIRONMENTS[named];
  const errors = {
    ...(hasContracts(pacticipant) ? {} : { pacticipant: ['does not match an existing pacticipant'] }),
    ...(version === '' ? { version: ['is missing'] } : {}),
    ...(environment === undefined ? { environment: [`with name '${named}' does not exist`] } : {}),
  };
  if (environment === undefined || Object.keys(errors).length > 0) return hal({ errors }, 400);
  if (imageTagged(state, pacticipant, version) === null) {
    const reason = `No pacts or verifications have been published for version ${version} of ${pacticipant}`;
    return hal(matrix(false, reason, 'error', []));
  }
  const rows = pactsOf(state, pacticipant, version, environment);
  const unknown = rows.filter(({ success }) => success === null);
  const failed = rows.filter(({ success }) => success === false);
  const reasons = [
    ...failed.map((row) => `The verification for the pact between ${between(row, named)} failed`),
    ...unknown.map((row) => `There is no verified pact between ${between(row, named)}`),
  ];
  if (reasons.length === 0) {
    return hal(
      matrix(true, 'All required verification results are published and successful', 'success', rows),
    );
  }
  return hal(matrix(unknown.length > 0 ? null : false, reasons.join('\n'), 'error', rows));
}

export function hal(value: object, status = 200): PracticeAnswer {
  const headers = { 'Content-Type': 'application/hal+json;charset=utf-8' };
  return { status, headers, body: JSON.stringify(value) };
}

function matrix(deployable: boolean | null, reason: string, type: string, rows: readonly PactRow[]): object {
  const count = (wanted: boolean | null) => rows.filter(({ success }) => success === wanted).length;
  return {
    summary: { deployable, reason, success: count(true), failed: count(false), unknown: count(null) },
    notices: reason.split('\n').map((text) => ({ type, text })),
    matrix: rows.map(({ consumer, provider, success }) => ({
      consumer: { name: consumer.name, version: { number: consumer.version } },
      provider: { name: provider.name, version: success === null ? null : { number: provider.version } },
      verificationResult: success === null ? null : { success },
    })),
  };
}

function between({ consumer, provider }: PactRow, environment: string): string {
  const side = ({ name, version, runs }: PactRow['consumer']) =>
    runs
      ? `the version of ${name} currently in ${environment} (${version})`
      : `version ${version} of ${name}`;
  return `${side(consumer)} and ${side(provider)}`;
}
