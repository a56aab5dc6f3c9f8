import type { Config } from '../../../config/schema.ts';
import { Failure } from '../../../model/failure.ts';
import type { Monitors } from '../../../model/ports/index.ts';
import type { Signal } from '../../../model/signal.ts';
import type { AdapterDeps } from '../../http/transport.ts';
import { awsClients } from '../clients.ts';
import { AlarmTags, type Tags } from './alarm-tags.ts';
import { describeAlarms, dimensionsOf, type VendorAlarm } from './alarms.ts';
import { bareMeasurements } from './bare.ts';
import { history, metricData } from './metric-data.ts';
import { type Owner, ownership } from './ownership.ts';
import { measurementOf } from './queries.ts';
import { alarmSignal, bareSignal, idOf } from './to-signal.ts';

interface Owned {
  readonly vendor: VendorAlarm;
  readonly service: string | null;
  readonly tags: Tags;
}

/**
 * CloudWatch alarms that are on, with what they measure. It is only read: an alarm has no acknowledgement, and to
 * switch off its actions would be to change what somebody has set up.
 */
export function openAlarms(deps: AdapterDeps): Monitors {
  const { config } = deps.loaded;
  const clients = awsClients(deps);
  const tags = new AlarmTags(clients);

  async function owned(
    environment: string,
    alarms: readonly VendorAlarm[],
    signal: AbortSignal | undefined,
  ): Promise<readonly Owned[]> {
    const ownerOf = ownership(config, environment);
    const owners = alarms.map((vendor) => ({
      vendor,
      owner: ownerOf({ name: vendor.name, dimensions: dimensionsOf(vendor) }),
    }));
    const orphans = owners.filter(({ owner }) => owner !== 'elsewhere' && owner.service === null);
    const arns = orphans.flatMap(({ vendor }) => vendor.alarm.AlarmArn ?? []);
    const tagsOf = await tags.of(environment, arns, signal);
    return owners.flatMap(({ vendor, owner }): Owned[] => {
      const told = tagsOf(vendor.alarm.AlarmArn ?? '');
      const settled =
        owner !== 'elsewhere' && owner.service === null ? byTags(told, environment, config) : owner;
      return settled === 'elsewhere' ? [] : [{ vendor, service: settled.service, tags: told }];
    });
  }

  async function toSignals(
    environment: string,
    alarms: readonly VendorAlarm[],
    withBare: boolean,
    signal: AbortSignal | undefined,
  ): Promise<readonly Signal[]> {
    const place = clients.environment(environment);
    const squadOf = (service: string | null) =>
      service === null ? null : (config.services[service]?.squad ?? null);
    const shown = (await owned(environment, alarms, signal)).map((each, index) => ({
      ...each,
      measurement: each.vendor.kind === 'metric' ? measurementOf(each.vendor.alarm, `a${index}`) : null,
    }));
    const bare = withBare ? bareMeasurements(config, environment, alarms.flatMap(dimensionsOf)) : [];
    const points = await metricData(
      clients,
      environment,
      [
        ...shown.flatMap(({ measurement }) => measurement ?? []),
        ...bare.map(({ measurement }) => measurement),
      ],
      deps.transport.now('aws'),
      signal,
    );
    return [
      ...shown.map(({ vendor, service, tags: told, measurement }) => {
        const values = measurement === null ? [] : history(points.get(measurement.id));
        const measure =
          measurement === null || values.length === 0 ? null : { values, unit: measurement.unit };
        return alarmSignal(vendor, { place, service, squad: squadOf(service), tags: told, measure });
      }),
      ...bare.flatMap(({ what, name, service, measurement }) => {
        const told = points.get(measurement.id) ?? [];
        if ((told.at(-1)?.value ?? 0) <= 0) return [];
        const { unit } = measurement;
        return [bareSignal(what, name, told, { place, service, squad: squadOf(service), unit })];
      }),
    ];
  }

  return {
    system: 'aws',
    can: [],
    async signals(environment, signal) {
      if (config.environments[environment]?.aws === undefined) return [];
      return toSignals(environment, await describeAlarms(clients, environment, {}, signal), true, signal);
    },
    async signal(id, signal) {
      const [environment = '', ...rest] = id.split('/');
      const names = [rest.join('/')];
      const alarms = await describeAlarms(clients, environment, { names }, signal);
      const on = alarms.filter(({ alarm }) => alarm.StateValue === 'ALARM');
      const found = await toSignals(environment, on, false, signal);
      return found.find((each) => each.id === idOf(environment, names[0] ?? '')) ?? null;
    },
    async change() {
      throw new Failure(
        'aws',
        'invalid',
        'CloudWatch alarms are only read: nothing can be done to them from here.',
      );
    },
  };
}

/** The tags `service` and `environment`, as groups and instances carry them. */
function byTags(tags: Tags, environment: string, { services }: Config): Owner {
  if (tags.environment !== undefined && tags.environment !== environment) return 'elsewhere';
  const { service = '' } = tags;
  return { service: service in services ? service : null };
}
