import type { PracticeWorld } from '../support/practice.ts';
import type { Cockpit } from './cockpit.ts';

const SERVICE = 'charge-central';

/** Chooses the incident of charge-central and has its rollback planned; the plan waits for the name. */
export async function plansRollback(cockpit: Cockpit): Promise<void> {
  await cockpit.sees('2 triggered 1 acked');
  await cockpit.press('j');
  await cockpit.sees(/▶ ● .*charge-central/);
  await cockpit.press('b');
  await cockpit.sees('which version');
  await cockpit.press('Enter');
  await cockpit.sees('3 signals needed, 10 min time-out');
  await cockpit.sees(`Type ${SERVICE} to confirm`);
}

/** Types the name that the plan asks for. */
export async function confirms(cockpit: Cockpit): Promise<void> {
  await cockpit.sees(`Type ${SERVICE} to confirm`);
  await cockpit.types(SERVICE);
  await cockpit.press('Enter');
}

/** The stack of charge-central in prod as the practice world has it. */
export async function stackOf(practice: PracticeWorld) {
  return (await practice.world()).stacks.find(({ name }) => name === SERVICE);
}

/** How many times AWS was asked for that. */
export async function timesSent(practice: PracticeWorld, operation: string): Promise<number> {
  return (await practice.mutations('aws')).filter((name) => name === operation).length;
}
