import { afterAll, beforeAll, describe } from 'vitest';
import { Host } from '../../../src/practice/host.ts';
import { SECRETS } from '../../../src/practice/secrets.ts';
import { CGIS, nagiosServer } from '../../../src/practice/servers/nagios/index.ts';
import { createWorld } from '../../../src/practice/world/create.ts';
import type { World } from '../../../src/practice/world/world.ts';
import { lawOfNagios } from '../../support/nagios/law.ts';
import type { Nagios } from '../../support/nagios/stage.ts';

describe('the practised Nagios', () => {
  let world: World;
  let host: Host;
  let nagios: Nagios;

  beforeAll(async () => {
    world = createWorld({ scenario: 'bad-deploy', seed: 1, speed: 1 });
    host = new Host(world);
    const { url } = await host.serve(nagiosServer());
    nagios = {
      url: `${url}${CGIS}`,
      login: SECRETS.nagios,
      stranger: SECRETS.nagios.stranger,
      critical: 'charge-central-prod;HTTP',
      fine: 'charge-central-test;HTTP',
      heartbeat: 'charge-central-prod;heartbeat',
      // The story has stopped it already.
      stopHeartbeat: async () => {},
      pass: async () => world.advance(1),
    };
  });

  afterAll(async () => {
    await host.close();
    world.stop();
  });

  lawOfNagios(() => nagios);
});
