import { describe, expect, test } from 'vitest';
import { matchName, plainName } from '../../../src/insight/match-names.ts';
import { doubtKey, matchServices } from '../../../src/insight/match-services.ts';
import type { FoundThing } from '../../../src/model/ports/discovery.ts';
import { ownText } from '../../../src/model/safe-text.ts';

const ENVIRONMENTS = ['prod', 'test'];

describe('a name without its spelling', () => {
  test.each([
    ['charge-central', 'charge-central', null],
    ['Charge_Central (PROD)', 'charge-central', 'prod'],
    ['charge-central-production', 'charge-central', 'prod'],
    ['test.chargeCentral', 'charge-central', 'test'],
    ['/harbour/prod/charge-central', 'charge-central', null],
    ['harbour/charge-central', 'charge-central', null],
    ['prod', 'prod', null],
    ['charge-central-staging', 'charge-central-staging', null],
  ])('%s', (raw, name, environment) => {
    expect(plainName(raw, ENVIRONMENTS)).toEqual({ name, environment });
  });
});

describe('which of the known names is meant', () => {
  const known = ['charge-central', 'ledger-api', 'ledger-writer', 'cart'];
  test.each([
    ['cart', 'sure', 'cart'],
    ['chargecentral', 'unsure', 'charge-central'],
    ['charge-central-service', 'unsure', 'charge-central'],
    ['charge-central-worker', 'unsure', 'charge-central'],
    ['charge-centrol', 'unsure', 'charge-central'],
    ['carts-of-gold', 'none', undefined],
    ['card', 'none', undefined],
    ['ledger', 'none', undefined],
  ])('%s', (name, kind, meant) => {
    expect(matchName(name, known)).toMatchObject({ kind, ...(meant === undefined ? {} : { name: meant }) });
  });

  test('of two that fit the other is named', () => {
    expect(matchName('pay-out-api-v2', ['pay-out', 'pay-out-api'])).toMatchObject({
      name: 'pay-out-api',
      reason: expect.stringContaining('pay-out would fit, too'),
    });
  });
});

function thing(kind: string, name: string, more: Partial<FoundThing> = {}): FoundThing {
  return {
    system: 'any',
    kind,
    name: ownText(name),
    service: null,
    environment: null,
    squad: null,
    isService: false,
    keys: {},
    ...more,
  };
}

describe('what belongs together', () => {
  const stack = thing('stack', 'cc-prod-7', { service: ownText('charge-central'), isService: true });
  const pager = thing('PagerDuty service', 'Charge Central', { isService: true });
  const log = thing('log group', 'charge-central-svc');
  const stranger = thing('repository', 'website');

  test('what says itself whose it is counts before names', () => {
    const { services, doubts, rest } = matchServices([stranger, pager, log, stack], ENVIRONMENTS);
    expect(services.map(({ name, things }) => [name, things.map(({ thing: one }) => one.name)])).toEqual([
      ['charge-central', ['cc-prod-7', 'Charge Central']],
    ]);
    expect(doubts).toMatchObject([{ thing: log, service: 'charge-central' }]);
    expect(rest).toEqual([stranger]);
  });

  test('a doubt to which a person said yes is none any more', () => {
    const { services, doubts } = matchServices([stack, log], ENVIRONMENTS, new Set([doubtKey(log)]));
    expect(doubts).toEqual([]);
    expect(services[0]?.things.map((one) => one.thing)).toContain(log);
  });

  test('of two of a kind neither is sure, unless one alone has the very name', () => {
    const [one, other] = [thing('repository', 'a/charge-central'), thing('repository', 'b/charge-central')];
    const torn = matchServices([stack, one, other], ENVIRONMENTS);
    expect(torn.services[0]?.things.map((placed) => placed.thing)).toEqual([stack]);
    expect(torn.doubts.map((doubt) => doubt.thing)).toEqual([one, other]);
    const named = thing('repository', 'charge-central');
    const clear = matchServices([stack, one, named], ENVIRONMENTS);
    expect(clear.services[0]?.things.map((placed) => placed.thing)).toEqual([stack, named]);
  });

  test('one in each environment are no rivals', () => {
    const both = ENVIRONMENTS.map((name) => thing('application', `charge-central-${name}`));
    const { services, doubts } = matchServices([stack, ...both], ENVIRONMENTS);
    expect(doubts).toEqual([]);
    expect(services[0]?.things.map(({ environment }) => environment)).toEqual([null, 'prod', 'test']);
  });
});
