import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Contracts } from '../../../src/model/ports/index.ts';
import { SECRETS } from '../../../src/practice/secrets.ts';
import { pactServer } from '../../../src/practice/servers/pact/index.ts';
import { openTransport } from '../../../src/systems/http/open-transport.ts';
import { openContracts } from '../../../src/systems/pact/index.ts';
import { openProbe } from '../../../src/systems/pact/probe.ts';
import { type Practised, practise } from '../practised.ts';

const ASK = 'GET /can-i-deploy';

let practised: Practised;
let contracts: Contracts;
beforeEach(async () => {
  practised = await practise(pactServer(), { token: SECRETS.pact.token });
  contracts = await practised.systems.contracts();
});
afterEach(() => practised[Symbol.asyncDispose]());

function ask(name: string, version: string, environment = 'prod') {
  return contracts.canDeploy(practised.service(name), environment, version);
}

test('yes, no with every reason, and not verified, in the broker’s own words', async () => {
  expect(await ask('charge-central', '1.0.282')).toEqual({
    fits: true,
    reason: 'All required verification results are published and successful',
  });
  const no = await ask('charge-central', '1.0.279');
  expect(no?.fits).toBe(false);
  expect(no?.reason).toMatch(
    /^The verification for the pact between the version of checkout currently in production \(.+\) and version 1\.0\.279 of charge-central failed; .*invoice-maker/,
  );
  const { stacks } = practised.world.state;
  const dunning = stacks.find(({ name }) => name === 'dunning')?.parameters.ImageTag ?? '';
  expect(await ask('dunning', dunning)).toMatchObject({
    fits: null,
    reason: expect.stringMatching(/^There is no verified pact between version /),
  });
  expect(await ask('charge-central', '9.9.9')).toMatchObject({
    fits: false,
    reason: 'No pacts or verifications have been published for version 9.9.9 of charge-central',
  });
});

test('it is asked once, with the broker’s own name of the environment; a service without contracts is not asked for', async () => {
  await ask('charge-central', '1.0.282');
  await ask('charge-central', '1.0.282', 'test');
  expect(practised.operations()).toEqual([ASK, ASK]);
  expect(await ask('login', '2.9.346')).toBeNull();
  expect(practised.operations()).toHaveLength(2);
});

test('a name and an environment that the broker does not know', async () => {
  const { loaded } = practised;
  const services = { ...loaded.config.services };
  const own = services['charge-central'];
  if (own === undefined) throw new Error('no service');
  services['charge-central'] = { ...own, pacticipant: 'Charge Central' };
  const transport = openTransport();
  const other = openContracts({ loaded: { ...loaded, config: { ...loaded.config, services } }, transport });
  await expect(other.canDeploy(practised.service('charge-central'), 'prod', '1.0.282')).rejects.toMatchObject(
    {
      code: 'not_found',
      message: expect.stringContaining('pacticipant does not match an existing pacticipant'),
    },
  );
  await transport.close();
  await expect(ask('charge-central', '1.0.282', 'nowhere')).rejects.toMatchObject({
    code: 'not_found',
    message: expect.stringContaining("environment with name 'nowhere' does not exist"),
  });
});

test('its own fault, a token that is not accepted, a limit, and an answer that is none', async () => {
  practised.fault(ASK, { fault: 'status', status: 500 }, 3);
  await expect(ask('charge-central', '1.0.282')).rejects.toMatchObject({
    code: 'server_error',
    message: expect.stringContaining('practice fault: HTTP 500'),
  });
  practised.fault(ASK, { fault: 'status', status: 401 });
  await expect(ask('charge-central', '1.0.282')).rejects.toMatchObject({ code: 'unauthorized' });
  practised.fault(ASK, { fault: 'truncate' });
  await expect(ask('charge-central', '1.0.282')).rejects.toMatchObject({ code: 'unreadable' });
  practised.fault(ASK, { fault: 'status', status: 429, headers: { 'Retry-After': '60' } });
  await expect(ask('charge-central', '1.0.282')).rejects.toMatchObject({ code: 'rate_limited' });
});

test('the doctor reads its index', async () => {
  const transport = openTransport();
  const probe = openProbe({ loaded: practised.loaded, transport });
  expect(await probe.check()).toMatchObject({ identity: null, missing: [] });
  await transport.close();
});
