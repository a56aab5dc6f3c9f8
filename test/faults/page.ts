import { type Drill, type FaultRow, readFaultTable } from './table.ts';

/** docs/faults.md: row by row, what breaks, what then happens, and which test shows it. */
export function faultsPage(): string {
  const rows = readFaultTable().map(
    (row) => `| ${row.row} | ${row.fault} | ${row.expected} | ${proof(row)} |`,
  );
  return `# What is survived

Made from \`test/faults/faults.yaml\` by \`npm run docs\`; the same file drives \`test/faults/faults.test.ts\`.
A drill is a command run against the practice world while it misbehaves; a story is an end-to-end test in a real terminal.

| # | what breaks | what happens then | proven by |
|---|---|---|---|
${rows.join('\n')}
`;
}

function drilled({ run, killed, next }: Drill): string {
  const commands = [run, ...next.map((after) => after.run)].map((command) => `\`oncall ${command}\``);
  const before = killed === undefined ? '' : `\`oncall ${killed.run}\` killed, `;
  return `drill: ${before}${commands.join(', then ')}`;
}

function proof({ drills, stories, tests, later }: FaultRow): string {
  const proofs = [
    ...drills.map(drilled),
    ...stories.map((story) => `story: ${story}`),
    ...tests.map((proof) => proof.replace(/^(\S+) › /, '`$1`: ')),
  ];
  return later === undefined ? proofs.join('; ') : `not yet: ${later}`;
}
