import type { Check, Plan } from '../../actions/types.ts';
import type { PlanDialog } from '../stores/dialog.ts';
import type { Tone } from '../theme.ts';
import { blocks, isFrozen, warnings } from '../verbs/plan.ts';
import { type Line, type Span, wrap } from '../widgets/line.ts';
import { type DialogContent, field } from './box.ts';

const ICONS: Readonly<Record<Check['result'], Span>> = {
  pass: { text: '✓', tone: 'good' },
  warn: { text: '!', tone: 'warn' },
  block: { text: '✗', tone: 'bad' },
  skipped: { text: '–', tone: 'muted' },
};

/** What the button says; a rollback goes back or forward, so it names where to. */
function goName({ request: { action }, to }: Plan): string {
  if (action === 'cancel_update') return 'Cancel the update';
  if (action === 'continue_rollback') return 'Continue the rollback';
  return action === 'rollback' && to !== null ? `Change to ${to}` : 'Do it';
}

/** What will be done, what was checked, and how it is confirmed. */
export function planContent(dialog: PlanDialog, width: number): DialogContent {
  const { plan } = dialog;
  const inner = width - 4;
  const body: Line[] = [
    ...plan.lines.flatMap((text) => paragraph(text, inner)),
    ...attention(dialog, inner),
    ...(plan.changes.length > 0
      ? [
          [],
          [{ text: 'Changes', bold: true }],
          ...plan.changes.flatMap((text) => paragraph(`  ${text}`, inner)),
        ]
      : []),
    ...calm(dialog, inner),
  ];
  return { title: plan.title, body, foot: [[], ...foot(dialog, inner)], scroll: dialog.scroll };
}

function foot(dialog: PlanDialog, width: number): Line[] {
  const { plan, focus, typed } = dialog;
  const [block] = blocks(plan);
  if (isFrozen(plan)) {
    return [[{ text: 'Frozen: Enter asks for a reason to go on all the same; Esc leaves.', tone: 'warn' }]];
  }
  if (block !== undefined) {
    return [[{ text: 'A check refuses this; Esc leaves.', tone: 'bad', bold: true }]];
  }
  const open = warnings(plan).filter(({ id }) => !dialog.accepted.has(id)).length;
  const accept: Line[] =
    open === 0
      ? []
      : [[{ text: `${open} to accept first: the number of each warning accepts it`, tone: 'warn' }]];
  if (plan.confirm.kind !== 'typed') {
    return [
      ...accept,
      [
        { text: 'Enter', tone: 'accent', bold: true },
        { text: ' does it, ' },
        { text: 'Esc', tone: 'accent', bold: true },
        { text: ' leaves' },
      ],
    ];
  }
  const { word } = plan.confirm;
  const ready = typed.trim() === word && open === 0;
  const button = (name: string, has: boolean, tone?: Tone): Span => ({
    text: `${has ? '▶' : ' '} ${name} `,
    ...(has && { inverse: true, bold: true }),
    ...(tone && !has && { tone }),
  });
  return [
    ...accept,
    field(`${focus === 'word' ? '▶' : ' '} Type ${word} to confirm: `, typed, width, focus === 'word'),
    [
      button(plan.request.action === 'cancel_update' ? 'Leave it' : 'Cancel', focus === 'cancel'),
      { text: '  ' },
      button(goName(plan), focus === 'go', ready ? 'accent' : 'muted'),
      { text: ready ? '   Enter goes ahead' : '', tone: 'accent' },
    ],
  ];
}

function checkLines(dialog: PlanDialog, check: Check, width: number): Line[] {
  const number = warnings(dialog.plan).findIndex(({ id }) => id === check.id) + 1;
  const accepted = dialog.accepted.has(check.id);
  const icon = accepted ? ICONS.pass : ICONS[check.result];
  const mark = check.result === 'warn' ? `${number} ` : '';
  const tone: { tone?: Tone } =
    check.result === 'warn' && !accepted
      ? { tone: 'warn' }
      : check.result === 'block'
        ? { tone: 'bad' }
        : { tone: 'muted' };
  const suffix = accepted ? ' (accepted)' : '';
  return wrap(`${mark}${check.text}${suffix}`, width - 2).map((text, index) => [
    index === 0 ? { ...icon, text: `${icon.text} ` } : { text: '  ' },
    { text, ...tone },
  ]);
}

/** What needs a person stands first, and in full. */
function attention(dialog: PlanDialog, width: number): Line[] {
  const { plan } = dialog;
  const checks = [...blocks(plan), ...warnings(plan)];
  if (checks.length === 0) return [];
  return [[], ...checks.flatMap((check) => checkLines(dialog, check, width))];
}

/** What passed is told in a line; to be read where there is room, or below. */
function calm(dialog: PlanDialog, width: number): Line[] {
  const { checks } = dialog.plan;
  const passed = checks.filter(({ result }) => result === 'pass');
  const skipped = checks.filter(({ result }) => result === 'skipped');
  if (passed.length + skipped.length === 0) return [];
  const count =
    checks.length === 1
      ? 'Its check passes'
      : `${passed.length === checks.length ? 'All' : `${passed.length} of`} ${checks.length} checks pass`;
  return [
    [],
    [
      { ...ICONS.pass, text: `${ICONS.pass.text} ` },
      { text: count, bold: true },
      { text: skipped.length === 0 ? '' : `, ${skipped.length} skipped`, tone: 'muted' },
    ],
    ...[...passed, ...skipped].flatMap((check) => checkLines(dialog, check, width)),
  ];
}

function paragraph(text: string, width: number): Line[] {
  return wrap(text, width).map((row) => [{ text: row }]);
}
