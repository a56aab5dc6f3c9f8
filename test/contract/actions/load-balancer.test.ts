import { expect, test } from 'vitest';
import { CONSENT, Stage } from './stage.ts';

const REQUEST = { action: 'rollback', service: 'charge-central', environment: 'prod' } as const;

test('what the load balancer thinks will be verified: the plan says so, and so does the end', async () => {
  const stage = await Stage.set();
  const plan = await stage.actions.plan(REQUEST);
  const check = plan.checks.find(({ id }) => id === 'verification');
  expect(check?.text).toContain('healthy behind the load balancer (charge-central)');
  const outcome = await stage.run(plan);
  expect(outcome).toMatchObject({ state: 'confirmed' });
  expect(outcome.text).toContain('healthy, also behind the load balancer, and run 1.0.282');
});

test('a role that may not ask it: the rollback works, and both say that it is not looked at', async () => {
  const stage = await Stage.set();
  const match = { operation: 'DescribeTargetHealth' };
  await stage.control('/faults', { system: 'aws', match, fault: 'status', status: 403, times: 1_000 });
  const plan = await stage.actions.plan(REQUEST);
  const lacks = 'your role lacks elasticloadbalancing:DescribeTargetHealth.';
  const check = plan.checks.find(({ id }) => id === 'verification');
  expect(check?.text).toContain(`will not be looked at: Not allowed: ${lacks}`);
  const outcome = await stage.run(plan);
  expect(outcome.state).toBe('confirmed');
  expect(outcome.text).toContain('healthy, and run 1.0.282');
  expect(outcome.text).toContain(`not looked at: Not allowed: ${lacks}`);
});

test('instances that the load balancer finds sick are not well, whatever their containers say', async () => {
  const stage = await Stage.set();
  const plan = await stage.actions.plan(REQUEST);
  const { world } = stage.practice;
  const outcome = await stage.actions.run(plan, CONSENT, (progress) => {
    stage.watching(progress);
    // Registered again just now, over and over: it never gets beyond its first health checks.
    const fresh = new Set(
      world.state.instances.filter(({ tags }) => tags.version === '1.0.282').map(({ id }) => id),
    );
    world.state.containers.forEach((container, index) => {
      if (fresh.has(container.instance)) {
        world.state.containers[index] = { ...container, createdAt: world.now() };
      }
    });
  });
  expect(outcome.state).toBe('failed');
  expect(outcome.text).toMatch(/is initial behind the load balancer charge-central/);
});
