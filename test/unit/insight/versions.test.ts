import { expect, test } from 'vitest';
import { imageTag, runningVersions } from '../../../src/insight/service-version.ts';
import { mainVersion, versionDisagreement } from '../../../src/insight/version-disagreement.ts';
import type { Container, VersionSources } from '../../../src/model/fleet.ts';
import { ownText } from '../../../src/model/safe-text.ts';

const versions = (
  parameter: string | null,
  launch: string | null,
  tag: string | null,
  ...running: string[]
) =>
  ({
    parameter: parameter === null ? null : ownText(parameter),
    launch: launch === null ? null : ownText(launch),
    tag: tag === null ? null : ownText(tag),
    running: running.map(ownText),
  }) satisfies VersionSources;

test.each<[string, VersionSources, string[], string | null]>([
  ['all agree', versions('3', '3', '3', '3'), [], '3'],
  ['what was not read does not disagree', versions(null, '3', null), [], '3'],
  ['nothing was read', versions(null, null, null), [], null],
  ['another one runs', versions('3', '3', '3', '2'), ['parameter 3', 'launch 3', 'tag 3', 'running 2'], '2'],
  [
    'two run',
    versions('3', '3', '3', '3', '2'),
    ['parameter 3', 'launch 3', 'tag 3', 'running 3', 'running 2'],
    '3',
  ],
])('%s', (_name, sources, claims, main) => {
  expect(versionDisagreement(sources).map(({ source, version }) => `${source} ${version}`)).toEqual(claims);
  expect(mainVersion(sources)).toBe(main);
});

test.each([
  ['charge-central:1.0.283', '1.0.283'],
  ['registry.example:5000/team/charge-central:1.0.283', '1.0.283'],
  ['registry.example:5000/team/charge-central', null],
  ['charge-central:1.0.283@sha256:abc', '1.0.283'],
  ['sha256:abcdef', 'abcdef'],
])('tag of %s', (image, tag) => {
  expect(imageTag(image)).toBe(tag);
});

const container = (name: string, image: string, state = 'running'): Container => ({
  id: ownText(name),
  name: ownText(name),
  image: ownText(image),
  imageDigest: null,
  state: ownText(state),
  health: null,
  restarts: 0,
  exitCode: null,
  outOfMemory: false,
  startedAt: null,
});

test("only the service's own containers that run say which version runs", () => {
  const service = { name: 'charge-central', image: 'charge-central' };
  const found = runningVersions(service, [
    container('nginx', 'nginx:1.27'),
    container('charge-central', 'ecr.example/charge-central:3', 'restarting'),
    container('app-7', 'ecr.example/charge-central:2'),
    container('old', 'ecr.example/charge-central:1', 'exited'),
  ]);
  expect(found).toEqual(['3', '2']);
});
