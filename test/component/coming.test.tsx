import { expect, it, vi } from 'vitest';
import type { Card } from '../../src/model/card.ts';
import { Failure } from '../../src/model/failure.ts';
import { HOUR, MINUTE } from '../../src/model/instant.ts';
import { safeText } from '../../src/model/safe-text.ts';
import { FakeWatch } from './fakes.ts';
import { Sitting } from './sitting.tsx';
import { deploy, EPOCH } from './story.ts';

function card(id: string, more: Partial<Card> = {}): Card {
  return {
    id,
    title: safeText('Round cents half-even'),
    service: 'charge-central',
    version: safeText('1.0.284'),
    who: safeText('Dora Lindqvist'),
    lane: safeText('Deploy'),
    since: EPOCH - 2 * HOUR,
    url: safeText(`https://harbour.leankit.com/card/${id}`),
    ...more,
  };
}

it('what comes next stands above the deploys of the service, and stays when the board fails', async () => {
  const watch = new FakeWatch();
  watch.board.set([card('1'), card('2', { service: 'mailer' }), card('3', { title: safeText('Later') })]);
  const sitting = new Sitting({ watch, screen: { columns: 140, rows: 40 } });
  await sitting.sees(/next +1\.0\.284 +in Deploy 2h {2}dora {2}and 1 more {2}Round cents/);
  await sitting.sees('SUSPECT');
  expect(sitting.text.indexOf('1.0.284')).toBeLessThan(sitting.text.indexOf('SUSPECT'));
  watch.board.fail(new Failure('leankit', 'timeout', 'Leankit did not answer.'));
  await sitting.sees(/1\.0\.284 .*STALE now/);
  watch.board.set([card('2', { service: 'mailer' })]);
  await sitting.looksUp();
  expect(sitting.text).not.toContain('next');
});

it('a version whose deploy has a row of its own is not said twice, unless that ended badly', async () => {
  const watch = new FakeWatch();
  watch.board.set([card('1'), card('2', { version: safeText('1.0.285') })]);
  const [failed, waiting] = [{ status: 'failed' }, { status: 'in_progress' }] as const;
  const old = deploy('1.0.283', EPOCH - 10 * MINUTE);
  watch
    .deploys('charge-central', 'prod')
    .set([deploy('1.0.284', EPOCH - MINUTE, waiting), deploy('1.0.285', EPOCH - 5 * MINUTE, failed), old]);
  const sitting = new Sitting({ watch });
  await sitting.sees(/next +1\.0\.285 /);
  expect(sitting.text).not.toContain('and 1 more');
});

it('nothing is said where no board is configured', async () => {
  const watch = new FakeWatch();
  watch.board.fail(new Failure('leankit', 'not_configured', 'leankit is not configured.'));
  const sitting = new Sitting({ watch });
  await sitting.sees('SUSPECT');
  expect(sitting.text).not.toContain('next');
  expect(sitting.text).not.toContain('leankit');
});

it('where the room is little, the deploys have it; a pane that is a summary asks nobody', async () => {
  const watch = new FakeWatch();
  watch.board.set([card('1')]);
  const sitting = new Sitting({ watch, screen: { columns: 80, rows: 10 } });
  await sitting.sees('2 Deploys');
  expect(watch.board.watched).toBe(false);
  await sitting.press('2');
  await sitting.sees('1.0.282');
  await vi.waitFor(() => expect(watch.board.watched).toBe(true));
  expect(sitting.text).not.toContain('next');
});
