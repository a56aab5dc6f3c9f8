import { describe, expect, it } from 'vitest';
import { Failure } from '../../src/model/failure.ts';
import { HOUR, MINUTE } from '../../src/model/instant.ts';
import { safeText } from '../../src/model/safe-text.ts';
import { FakeWatch } from './fakes.ts';
import { Sitting } from './sitting.tsx';
import { deploy, EPOCH, STORY } from './story.ts';

const DAY = 24 * HOUR;

function versions(watch: FakeWatch) {
  return watch.deploys('charge-central', 'prod');
}

describe('the list of versions after a rollback', () => {
  it('says what it was rolled back from, and goes neither there nor to what runs by default', async () => {
    const watch = new FakeWatch();
    // Long before any incident that is still open: by the incidents alone, 1.0.283 was healthy.
    watch.incidentList.set([]);
    versions(watch).set([
      deploy('1.0.282', EPOCH - 10 * MINUTE, { finishedAt: EPOCH - 4 * MINUTE }),
      deploy('1.0.283', EPOCH - 2 * DAY),
      deploy('1.0.282', EPOCH - 9 * DAY),
      deploy('1.0.281', EPOCH - 20 * DAY),
    ]);
    const sitting = new Sitting({ watch });
    await sitting.press(':');
    await sitting.types('charge-central');
    await sitting.press('Enter');
    await sitting.looksUp();
    await sitting.press('b');
    await sitting.sees('it runs 1.0.282, rolled back from 1.0.283 03:08');
    await sitting.sees(/1\.0\.282 +runs now: /);
    await sitting.sees(/1\.0\.283 +rolled back from 03:08: /);
    await sitting.sees(/▶ last good version +1\.0\.281: /);
    await sitting.press('Enter');
    await sitting.sees('to confirm');
    // The plan itself looks for it: it knows what burned before.
    expect(sitting.actions.planned).toEqual([expect.not.objectContaining({ to: expect.anything() })]);
  });

  it('with nothing else known to be good: says so, and the cursor stands where it does no harm', async () => {
    const watch = new FakeWatch();
    versions(watch).set([
      deploy('1.0.282', EPOCH - 10 * MINUTE, { finishedAt: EPOCH - 4 * MINUTE }),
      deploy('1.0.283', EPOCH - 2 * DAY),
      deploy('1.0.282', EPOCH - 9 * DAY),
    ]);
    const sitting = new Sitting({ watch });
    await sitting.press('b');
    await sitting.sees('no other version is known to have been healthy');
    await sitting.sees('▶ another version');
    expect(sitting.text).not.toContain('last good version');
  });
});

describe('the list of versions when the deploys cannot be read', () => {
  it('shows the old ones with their age and why', async () => {
    const sitting = new Sitting();
    await sitting.sees('SUSPECT');
    versions(sitting.watch).fail(new Failure('aws', 'rate_limited', 'Rate exceeded'));
    await sitting.press('b');
    await sitting.sees('the deploys are as they were read now ago');
  });

  it('takes a version by its name', async () => {
    const watch = new FakeWatch();
    watch.incidentList.set(STORY.filter(({ service }) => service === 'ledger-api'));
    watch.deploys('ledger-api', 'prod').fail(new Failure('aws', 'timeout', 'no answer within 15 s'));
    const sitting = new Sitting({ watch });
    await sitting.press('b');
    await sitting.sees('The deploys cannot be read (aws: no answer within 15 s): name the version yourself.');
    await sitting.press('Enter');
    await sitting.sees('An image tag, such as 1.0.282.');
    await sitting.types('3.1.150');
    await sitting.press('Enter');
    await sitting.sees('to confirm');
    expect(sitting.actions.planned).toMatchObject([
      { action: 'rollback', service: 'ledger-api', to: safeText('3.1.150') },
    ]);
  });

  it('reads them when no pane has yet', async () => {
    const watch = new FakeWatch();
    watch.incidentList.set(STORY.filter(({ service }) => service === 'mailer'));
    const sitting = new Sitting({ watch, screen: { columns: 80, rows: 24 } });
    await sitting.press('z', 'b');
    await sitting.sees('The deploys are not read yet: the plan reads them.');
    await sitting.sees('▶ last good version   the plan looks for it');
    expect(watch.deploys('mailer', 'prod').refreshed).toBeGreaterThan(0);
  });
});
