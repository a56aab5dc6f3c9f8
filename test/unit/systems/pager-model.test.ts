import { expect, test } from 'vitest';
import type { Catalog } from '../../../src/model/catalog.ts';
import { toIncident } from '../../../src/systems/pagerduty/to-model.ts';
import { incident } from '../../../src/systems/pagerduty/wire.ts';

const catalog: Catalog = {
  tribe: 'Harbour',
  practice: false,
  squads: [],
  roles: [],
  environments: [],
  defaultEnvironment: 'prod',
  freezes: [],
  migrationLabels: [],
  services: [],
};

test('an unknown status or urgency is kept and shown raw, an unknown field ignored', () => {
  const wire = {
    id: 'Q1',
    incident_number: 7,
    title: 'new kinds \u001b[2J',
    status: 'paused',
    urgency: 'severe',
    created_at: '2026-11-17T03:08:00Z',
    service: { id: 'P1', summary: 'nobody knows it' },
    colour: 'green',
  };
  expect(toIncident(catalog, incident.parse(wire))).toMatchObject({
    status: 'paused',
    urgency: 'severe',
    title: 'new kinds ␛[2J',
    service: null,
    squad: null,
    triggeredAt: Date.parse('2026-11-17T03:08:00Z'),
  });
});
