import { expect, test } from 'vitest';
import { parseManifest, platformDigest } from '../../../src/systems/images/manifest.ts';

const HEX = 'a'.repeat(64);
const parse = (value: object) => parseManifest('registry', 'registry.example', JSON.stringify(value));

test('a media type, a platform and fields that are not known lead to the image all the same', () => {
  const one = parse({
    mediaType: 'application/vnd.tomorrow+json',
    config: { digest: `sha256:${HEX}`, urls: [] },
  });
  expect(platformDigest(one)).toBeNull();
  const list = parse({
    mediaType: 'application/vnd.tomorrow.index+json',
    manifests: [{ digest: `sha256:${HEX}`, platform: { os: 'plan9', architecture: 'quantum' } }],
  });
  expect(platformDigest(list)).toBe(`sha256:${HEX}`);
});

test.each([
  ['of schema 1', { schemaVersion: 1, fsLayers: [] }],
  ['without an image', { manifests: [] }],
  ['with a digest that is none', { config: { digest: 'sha256:../../x' } }],
])('a manifest %s is unreadable', (_what, value) => {
  expect(() => parse(value)).toThrow(expect.objectContaining({ name: 'Failure', code: 'unreadable' }));
});
