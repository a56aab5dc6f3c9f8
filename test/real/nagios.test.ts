import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lawOfNagios } from '../support/nagios/law.ts';
import { adapterFor, statusJson } from '../support/nagios/stage.ts';
import { type RealNagios, startNagios } from './nagios.ts';
import { missingRealParts, until } from './programs.ts';

const missing = missingRealParts('nagios');
if (missing !== null) console.warn(`Tests with a real Nagios are left out: ${missing}`);

const SAM = 'sam@harbour.example';
const ACKNOWLEDGE = { kind: 'acknowledge', comment: 'mine' } as const;
/** More than one page of the adapter's. */
const MANY = 620;

describe.runIf(missing === null)('a real Nagios', () => {
  let nagios: RealNagios;
  beforeAll(async () => {
    nagios = await startNagios({ timeZone: 'America/New_York', dateFormat: 'us' });
  });
  afterAll(() => nagios?.stop());

  lawOfNagios(() => nagios);

  test('a host that is down is a signal; so is what Nagios still makes sure of, and it says so', async () => {
    await using adapter = await adapterFor(nagios, nagios.login, { ledger: { hosts: ['ledger-*'] } });
    const { monitors } = adapter;
    await until('the host is down', async () => (await monitors.signal('ledger-api-1')) !== null);
    const signals = await monitors.signals('prod');
    expect(signals.find(({ id }) => id === 'ledger-api-1')).toMatchObject({
      title: 'host ledger-api-1 is down',
      severity: 'critical',
      service: 'ledger',
    });
    expect(signals.find(({ id }) => id === 'charge-central-1;flaky')).toMatchObject({
      severity: 'warning',
      detail: 'WARNING: slow (not sure yet, attempt 1 of 1000)',
      service: null,
    });
    await monitors.change({ ...ACKNOWLEDGE, id: 'ledger-api-1' }, SAM);
    await monitors.change({ kind: 'downtime', id: 'ledger-api-1', seconds: 600, comment: 'moved' }, SAM);
    await until('both are done', async () => {
      const one = await monitors.signal('ledger-api-1');
      return one?.acknowledged === true && one.inDowntime && one.acknowledgedBy === SAM;
    });
  });
});

describe.runIf(missing === null)('a real Nagios that is set up in another way', () => {
  test('an author who is locked stands in the comment; European dates; problems of several pages', async () => {
    const nagios = await startNagios({
      timeZone: 'Europe/Berlin',
      dateFormat: 'euro',
      locksAuthors: true,
      heartbeats: MANY,
    });
    try {
      await using adapter = await adapterFor(nagios, nagios.login);
      const { monitors } = adapter;
      const result = (index: number) =>
        `PROCESS_SERVICE_CHECK_RESULT;charge-central-1;heartbeat ${index};2;no heartbeat`;
      await nagios.tell(...Array.from({ length: MANY }, (_, index) => result(index)));
      const heartbeats = async () =>
        (await monitors.signals('prod')).filter(({ id }) => id.includes(';heartbeat '));
      await until('every heartbeat is missed', async () => (await heartbeats()).length === MANY);
      expect(new Set((await heartbeats()).map(({ id }) => id)).size).toBe(MANY);

      const id = 'charge-central-1;heartbeat 7';
      await monitors.change({ ...ACKNOWLEDGE, id }, SAM);
      await monitors.change({ kind: 'downtime', id, seconds: 1_800, comment: 'moved' }, SAM);
      await until('both are done', async () => {
        const one = await monitors.signal(id);
        return one?.acknowledged === true && one.inDowntime && one.acknowledgedBy === 'On call';
      });
      const { data } = await statusJson(nagios, 'query=commentlist&details=true');
      expect(JSON.stringify(data)).toContain(`${SAM}: mine`);
    } finally {
      await nagios.stop();
    }
  });

  test('a daemon that is stopped is never taken for all being well', async () => {
    const nagios = await startNagios({ timeZone: 'UTC', dateFormat: 'strict-iso8601' });
    try {
      await using adapter = await adapterFor(nagios, nagios.login);
      const { monitors } = adapter;
      await until('a problem', async () => (await monitors.signal(nagios.critical)) !== null);
      await monitors.change({ kind: 'downtime', id: nagios.critical, seconds: 600, comment: 'iso' }, SAM);
      await until('the downtime', async () => (await monitors.signal(nagios.critical))?.inDowntime === true);
      await nagios.stopDaemon();
      await expect(monitors.signals('prod')).rejects.toMatchObject({
        code: 'server_error',
        message: expect.stringContaining('daemon is stopped'),
      });
      await expect(monitors.change({ ...ACKNOWLEDGE, id: nagios.critical }, SAM)).rejects.toMatchObject({
        code: 'server_error',
        message: expect.stringContaining('daemon is stopped'),
      });
    } finally {
      await nagios.stop();
    }
  });
});
