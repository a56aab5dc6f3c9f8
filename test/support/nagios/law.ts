import { expect, test } from 'vitest';
import { HOUR, MINUTE } from '../../../src/model/instant.ts';
import type { Signal } from '../../../src/model/signal.ts';
import { adapterFor, cmd, type Nagios, statusJson } from './stage.ts';

const SAM = 'sam@harbour.example';
const WHAT_IS_READ = {
  plugin_output: 'string',
  status: 'string',
  state_type: 'string',
  check_type: 'string',
  current_attempt: 'number',
  max_attempts: 'number',
  last_check: 'number',
  last_state_change: 'number',
  problem_has_been_acknowledged: 'boolean',
  acknowledgement_type: 'string',
  scheduled_downtime_depth: 'number',
};

/** What holds of a Nagios, the real one and the practised one alike: the second is only as good as it is equal. */
export function lawOfNagios(nagios: () => Nagios): void {
  const open = (login = nagios().login) => adapterFor(nagios(), login, { 'charge-central': {} });
  const split = (id: string) => id.split(';') as [string, string];

  async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
    for (let turn = 0; turn < 100; turn++) {
      if (await holds()) return;
      await nagios().pass();
    }
    throw new Error(`waited in vain for: ${what}`);
  }

  const details = async (id: string) => {
    const [host, service] = split(id);
    const query = `query=service&hostname=${host}&servicedescription=${service}&formatoptions=enumerate`;
    const { data } = await statusJson(nagios(), query);
    return data.service as Record<string, unknown>;
  };

  test('a problem is told, with what it is, since when and where to look', async () => {
    await using adapter = await open();
    const { critical } = nagios();
    const [host, service] = split(critical);
    let found: Signal | undefined;
    await until('the problem', async () => {
      found = (await adapter.monitors.signals('prod')).find(({ id }) => id === critical);
      return found !== undefined;
    });
    const { result } = await statusJson(nagios(), 'query=programstatus');
    expect(found).toMatchObject({
      source: 'nagios',
      kind: 'check',
      title: `${service} on ${host}`,
      detail: expect.stringContaining('CRITICAL'),
      severity: 'critical',
      service: 'charge-central',
      squad: 'billing',
      acknowledged: false,
      acknowledgedBy: null,
      inDowntime: false,
      url: `${nagios().url}/extinfo.cgi?${new URLSearchParams({ type: '2', host, service })}`,
    });
    expect(Math.abs(Number(result.query_time) - Number(found?.since))).toBeLessThan(HOUR);
  });

  test('fields are of the kinds that the adapter reads', async () => {
    const of = (value: object) =>
      Object.fromEntries(
        Object.entries(value)
          .filter(([name]) => name in WHAT_IS_READ)
          .map(([name, one]) => [name, typeof one]),
      );
    const [hostname] = split(nagios().critical);
    const { data } = await statusJson(nagios(), `query=host&hostname=${hostname}&formatoptions=enumerate`);
    expect(of(await details(nagios().critical))).toEqual(WHAT_IS_READ);
    expect(of(data.host as object)).toEqual(WHAT_IS_READ);
    expect(await details(nagios().fine)).toMatchObject({ status: 'ok', acknowledgement_type: 'none' });
    const numbers = await statusJson(nagios(), `query=host&hostname=${hostname}`);
    expect(numbers.data.host).toMatchObject({ status: 2, state_type: 1 });
  });

  test('a result that somebody else sent is a problem at once', async () => {
    await using adapter = await open();
    await nagios().stopHeartbeat();
    await until(
      'the heartbeat is missed',
      async () => (await adapter.monitors.signal(nagios().heartbeat)) !== null,
    );
    expect(await details(nagios().heartbeat)).toMatchObject({ status: 'critical', check_type: 'passive' });
    expect(await adapter.monitors.signal(nagios().heartbeat)).toMatchObject({
      severity: 'critical',
      detail: expect.stringContaining('no heartbeat'),
    });
  });

  test('acknowledged, by whom and with which words', async () => {
    await using adapter = await open();
    const { heartbeat } = nagios();
    await adapter.monitors.change({ kind: 'acknowledge', id: heartbeat, comment: 'mine; <b>\nsince 3' }, SAM);
    await until(
      'the acknowledgement',
      async () => (await adapter.monitors.signal(heartbeat))?.acknowledged === true,
    );
    const listed = (await adapter.monitors.signals('prod')).find(({ id }) => id === heartbeat);
    expect(listed).toMatchObject({ acknowledged: true, acknowledgedBy: SAM });
    expect(await details(heartbeat)).toMatchObject({ acknowledgement_type: 'sticky' });
    const comments = await statusJson(nagios(), 'query=commentlist&details=true&formatoptions=enumerate');
    const [host, service] = split(heartbeat);
    expect(Object.values(comments.data.commentlist as object)).toContainEqual(
      expect.objectContaining({
        entry_type: 'acknowledgement',
        host_name: host,
        service_description: service,
        author: SAM,
        comment_data: expect.stringMatching(/^mine +b since 3$/),
      }),
    );
  });

  test('a downtime begins now and ends when it was asked to, whatever the zone of the server', async () => {
    await using adapter = await open();
    const { critical } = nagios();
    await adapter.monitors.change(
      { kind: 'downtime', id: critical, seconds: 3_600, comment: 'rolled back' },
      SAM,
    );
    await until('the downtime', async () => (await adapter.monitors.signal(critical))?.inDowntime === true);
    const { result, data } = await statusJson(
      nagios(),
      'query=downtimelist&details=true&formatoptions=enumerate',
    );
    const [host, service] = split(critical);
    const [downtime] = Object.values(data.downtimelist as Record<string, Record<string, unknown>>);
    expect(downtime).toMatchObject({
      host_name: host,
      service_description: service,
      fixed: true,
      duration: 3_600,
      author: SAM,
      comment: 'rolled back',
      is_in_effect: true,
    });
    expect(Math.abs(Number(result.query_time) - Number(downtime?.start_time))).toBeLessThan(MINUTE);
    expect(Number(downtime?.end_time) - Number(downtime?.start_time)).toBe(HOUR);
  });

  test('an acknowledgement of what is no problem is taken, and dropped without a word', async () => {
    await using adapter = await open();
    const { fine } = nagios();
    await adapter.monitors.change({ kind: 'acknowledge', id: fine, comment: 'too late' }, SAM);
    for (let turn = 0; turn < 5; turn++) await nagios().pass();
    expect(await adapter.monitors.signal(fine)).toBeNull();
    expect(await details(fine)).toMatchObject({ problem_has_been_acknowledged: false });
    const { data } = await statusJson(nagios(), 'query=commentlist&details=true');
    expect(JSON.stringify(data)).not.toContain('too late');
  });

  test('errors come with HTTP 200', async () => {
    const [host] = split(nagios().critical);
    const wrong = (query: string) => statusJson(nagios(), query);
    expect(await wrong('query=nonsense')).toMatchObject({
      status: 200,
      result: { type_code: 6, type_text: 'Option Value Invalid' },
    });
    expect(await wrong('query=servicelist&servicestatus=broken')).toMatchObject({
      status: 200,
      result: { type_code: 6, message: "The servicestatus option value 'broken' is invalid." },
    });
    expect(await wrong('query=servicelist&nonsense=1')).toMatchObject({
      status: 200,
      result: { type_code: 3, message: "Invalid option: 'nonsense'." },
    });
    expect(await wrong(`query=service&hostname=${host}`)).toMatchObject({
      status: 200,
      result: { type_code: 4 },
    });
    await using adapter = await open();
    expect(await adapter.monitors.signal('nowhere')).toBeNull();
    expect(await adapter.monitors.signal(`${host};nothing`)).toBeNull();
  });

  test('a command that did not come from its form is refused', async () => {
    const [host, service] = split(nagios().heartbeat);
    const command = { cmd_typ: '34', cmd_mod: '2', host, service, com_author: SAM, com_data: 'forged' };
    const refusal = 'Error: Invalid or missing CSRF cookie!';
    const { cookie, page, status } = await cmd(nagios(), command);
    expect({ status, refused: page.includes(refusal) }).toEqual({ status: 200, refused: true });
    const id = cookie.split('=')[1] ?? '';
    expect(id).not.toBe('');
    expect((await cmd(nagios(), command, cookie)).page).toContain(refusal);
    expect((await cmd(nagios(), { ...command, nagFormId: id }, 'NagFormId=0')).page).toContain(refusal);
    expect((await cmd(nagios(), { ...command, nagFormId: id, com_data: '' }, cookie)).page).toContain(
      "<DIV CLASS='errorMessage'>Comment was not entered</DIV>",
    );
    for (let turn = 0; turn < 3; turn++) await nagios().pass();
    const { data } = await statusJson(nagios(), 'query=commentlist&details=true');
    expect(JSON.stringify(data)).not.toContain('forged');
  });

  test("what Nagios's page says of a refused command is told", async () => {
    await using adapter = await open();
    const refused = (comment: string, id: string) =>
      expect(adapter.monitors.change({ kind: 'acknowledge', id, comment }, SAM)).rejects;
    await refused('', nagios().heartbeat).toMatchObject({
      code: 'invalid',
      message: 'Nagios: Comment was not entered',
    });
    await refused('gone', 'nowhere;nothing').toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining('not authorized to commit the specified command'),
    });
  });

  test('nothing seen is not taken for nothing wrong, and nothing is done for a stranger', async () => {
    await using adapter = await open(nagios().stranger);
    await expect(adapter.monitors.signals('prod')).rejects.toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining('authorized_for_all_hosts'),
    });
    const change = { kind: 'acknowledge', id: nagios().critical, comment: 'mine' } as const;
    await expect(adapter.monitors.change(change, SAM)).rejects.toMatchObject({ code: 'forbidden' });
  });

  test('a wrong password is told as such', async () => {
    await using adapter = await open({ ...nagios().login, password: 'wrong-password' });
    await expect(adapter.monitors.signals('prod')).rejects.toMatchObject({ code: 'unauthorized' });
    expect(adapter.systems.health()).toContainEqual(expect.objectContaining({ name: 'nagios', ok: false }));
  });
}
