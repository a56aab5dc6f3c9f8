import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { toCatalog } from '../../src/config/catalog.ts';
import { configSchema, userSchema } from '../../src/config/schema.ts';
import { findService, type Service } from '../../src/model/catalog.ts';
import type { Images, Systems } from '../../src/model/ports/index.ts';
import { openSystems } from '../../src/systems/index.ts';
import { type DockerRegistry, LOGIN, startDockerRegistry } from './docker-registry.ts';
import { missingRealParts } from './programs.ts';

const missing = missingRealParts('registry');
if (missing !== null) console.warn(`Tests with a real Docker registry are left out: ${missing}`);

const REPOSITORY = 'team/charge-central';
const at = (minute: number) => Date.UTC(2026, 10, 17, 3, minute);
const VERSIONS = [
  { tag: '1.0.9', pushedAt: at(1), platforms: ['amd64'], labels: { 'oncall.database': '14' } },
  { tag: '1.0.11', pushedAt: at(3), platforms: ['arm64', 'amd64'], labels: { 'oncall.database': '15' } },
  { tag: '1.0.10', pushedAt: at(2), platforms: ['amd64'], labels: { 'oncall.database': '15' } },
];

describe.runIf(missing === null).each([
  ['that asks nobody', false],
  ['that asks for a password (Basic)', true],
])('images in a real Docker registry %s', (_, asksForPassword) => {
  let registry: DockerRegistry;
  const digests = new Map<string, string>();
  const opened: Systems[] = [];

  beforeAll(async () => {
    registry = await startDockerRegistry({ asksForPassword });
    for (const { tag, ...own } of VERSIONS) digests.set(tag, await registry.push(REPOSITORY, tag, own));
  });

  afterEach(async () => {
    for (const systems of opened.splice(0)) await systems.close();
  });

  afterAll(async () => {
    await registry?.stop();
  });

  async function open(
    login: object = asksForPassword ? as(LOGIN.username, LOGIN.password) : {},
  ): Promise<{ images: Images; service: Service }> {
    const config = configSchema.parse({
      tribe: 'Harbour',
      squads: [{ id: 'billing', name: 'Billing', escalation_policy: 'P1' }],
      default_environment: 'prod',
      environments: { prod: {} },
      systems: { registry: { url: registry.url, ...login } },
      services: { 'charge-central': { squad: 'billing', image: REPOSITORY, registry: true } },
    });
    const catalog = toCatalog(config);
    const user = userSchema.parse({});
    const systems = openSystems({ file: '/oncall.yaml', folder: '/', config, user, catalog });
    opened.push(systems);
    const service = findService(catalog, 'charge-central');
    if (service === undefined) throw new Error('no service');
    return { images: await systems.images(), service };
  }

  test('the newest first, each with the digest that the registry gave it and the time of its build', async () => {
    const { images, service } = await open();
    const newestFirst = VERSIONS.toSorted((one, other) => other.pushedAt - one.pushedAt);
    expect(await images.images(service, 'prod', 10)).toEqual(
      newestFirst.map(({ tag, pushedAt }) => ({ version: tag, digest: digests.get(tag), pushedAt })),
    );
    expect(await images.images(service, 'prod', 1)).toHaveLength(1);
  });

  test('one tag, one that is missing, and a repository that is missing', async () => {
    const { images, service } = await open();
    expect(await images.image(service, 'prod', '1.0.11')).toMatchObject({ digest: digests.get('1.0.11') });
    expect(await images.image(service, 'prod', '9.9.9')).toBeNull();
    const nowhere = { ...service, image: 'team/nowhere' };
    const unknown = { code: 'not_found', details: { vendorCode: 'NAME_UNKNOWN' } };
    await expect(images.image(nowhere, 'prod', '1.0.11')).rejects.toMatchObject(unknown);
    await expect(images.images(nowhere, 'prod', 10)).rejects.toMatchObject(unknown);
  });

  test('labels, of one platform and of several', async () => {
    const { images, service } = await open();
    const labels = await images.labels(service, 'prod', ['1.0.9', '1.0.11', '9.9.9']);
    expect([...labels].map(([tag, each]) => [tag, each.get('oncall.database')])).toEqual([
      ['1.0.9', '14'],
      ['1.0.11', '15'],
    ]);
  });

  test('a tag that was moved names another image', async () => {
    const { images, service } = await open();
    await registry.push(REPOSITORY, 'moving', { labels: {}, pushedAt: at(0), platforms: ['amd64'] });
    const before = await images.image(service, 'prod', 'moving');
    await registry.retag(REPOSITORY, '1.0.9', 'moving');
    expect(before?.digest).not.toBe(digests.get('1.0.9'));
    expect((await images.image(service, 'prod', 'moving'))?.digest).toBe(digests.get('1.0.9'));
  });

  test('a wrong password, and none', async () => {
    for (const login of [as(LOGIN.username, 'a wrong one'), {}]) {
      const { images, service } = await open(login);
      const reading = images.image(service, 'prod', '1.0.11');
      if (!asksForPassword) expect(await reading).not.toBeNull();
      else {
        await expect(reading).rejects.toMatchObject({
          code: 'unauthorized',
          message: expect.stringContaining('systems.registry'),
        });
      }
    }
  });
});

function as(username: string, password: string): object {
  return { username, token: { command: ['printf', '%s', password] } };
}
