import type { Consent, Plan } from './types.ts';

/** Why the plan may not be carried out with this consent; null: it may. */
export function refusal(plan: Plan, consent: Consent): string | null {
  const blocks = plan.checks.filter((check) => check.result === 'block');
  if (blocks.length > 0) return blocks.map((check) => check.text).join(' ');
  const open = unacceptedWarnings(plan, consent);
  if (open.length > 0) return `Warnings not accepted: ${open.join(', ')}. Nothing was sent.`;
  if (plan.confirm.kind === 'typed' && consent.typed !== plan.confirm.word) {
    return `Not confirmed: "${plan.confirm.word}" has to be typed. Nothing was sent.`;
  }
  return null;
}

/** Ids of the warnings that still need their own yes. */
export function unacceptedWarnings(plan: Plan, consent: Consent): readonly string[] {
  return plan.checks
    .filter((check) => check.result === 'warn' && !consent.accepted.includes(check.id))
    .map((check) => check.id);
}
