import { expect, test } from 'vitest';
import { Home, runOncall } from '../../support/run-oncall.ts';
import { practised } from '../aws/practised.ts';

test('what a system calls something that is not known here is printed as it is', async () => {
  const { world, loaded } = await practised();
  const { incidents, instances, containers } = world.state;
  const one = instances.find(({ group }) => group.startsWith('charge-central-1-0-283'));
  const open = incidents.find(({ status }) => status === 'triggered');
  const container = containers.find(
    ({ instance, name }) => instance === one?.id && name === 'charge-central',
  );
  Object.assign(one ?? {}, { lifecycle: 'Hibernating:\u202eSoon' });
  Object.assign(open ?? {}, { urgency: 'severe\u202e' });
  Object.assign(container ?? {}, { state: 'teleporting', health: null });

  const home = new Home();
  const run = async (...words: string[]) => {
    const ran = await runOncall([...words, '--config', loaded.file], home.env);
    expect(ran).toMatchObject({ exit: 0, stderr: '' });
    return ran.stdout;
  };
  try {
    const [burning, fleet] = await Promise.all([run('incidents'), run('fleet', 'charge-central')]);
    expect(burning).toMatch(/severe\ufffd +@/);
    expect(fleet).toContain('Hibernating:\ufffdSoon');
    expect(fleet).toContain('teleporting');
  } finally {
    home.remove();
  }
});
