import { expect, test } from 'vitest';
import { BrokenOff, Talk } from '../../../src/commands/init/talk.ts';
import { Interrupted, type Output } from '../../../src/commands/row.ts';

const output: Output = { isTerminal: true, columns: 80, rows: 24, color: false, write: () => undefined };
const question = { text: 'Name', check: (value: string) => ({ value }) };

test('Ctrl-C between two questions ends the conversation as it does at one', async () => {
  const talk = new Talk(output, AbortSignal.abort(new Interrupted(130)));
  await expect(talk.ask(question)).rejects.toBeInstanceOf(BrokenOff);
});

test('SIGTERM ends it, too, and stays what it was', async () => {
  const talk = new Talk(output, AbortSignal.abort(new Interrupted(143)));
  await expect(talk.ask(question)).rejects.toMatchObject({ exitCode: 143 });
});
