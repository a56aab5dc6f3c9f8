#!/usr/bin/env node
// npm run picture -- OUT.png [COLUMNS ROWS [KEYS [COMMAND…]]]: the cockpit in a real terminal, as a picture.
// KEYS are typed one by one; {enter} {esc} {tab} {up} {down} {ctrl-x} {wait:MS} {until:TEXT} name what cannot be typed.
import { writeFile } from 'node:fs/promises';
import { Resvg } from '@resvg/resvg-js';
import { toSvg } from '../test/support/svg.ts';
import { RealTerminal } from '../test/support/terminal.ts';

const [
  out = 'docs/cockpit.png',
  columns = '120',
  rows = '40',
  keys = '{until:InService}{wait:1500}',
  ...command
] = process.argv.slice(2);
const [file, ...args] = command.length > 0 ? command : [process.execPath, 'bin/oncall.js', 'demo'];
const NAMED = {
  enter: '\r',
  esc: '\x1b',
  tab: '\t',
  up: '\x1b[A',
  down: '\x1b[B',
  right: '\x1b[C',
  left: '\x1b[D',
  space: ' ',
  backspace: '\x7f',
};
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const terminal = new RealTerminal(file, args, { columns: Number(columns), rows: Number(rows) });
try {
  for (const [, named, typed] of keys.matchAll(/\{([^}]+)\}|([^{])/g)) {
    const [word, argument] = (named ?? '').split(/:(.*)/s);
    if (typed !== undefined) terminal.write(typed);
    else if (word === 'wait') await pause(Number(argument));
    else if (word === 'until') await terminal.until(argument, (text) => text.includes(argument));
    else if (word === 'resize') terminal.resize(...argument.split('x').map(Number));
    else if (word.startsWith('ctrl-')) terminal.write(String.fromCharCode(word.charCodeAt(5) & 31));
    else terminal.write(NAMED[word]);
    await pause(60);
  }
  await pause(400);
  const picture = new Resvg(toSvg(terminal.screen), {
    font: { loadSystemFonts: true, defaultFontFamily: 'DejaVu Sans Mono' },
  });
  await writeFile(out, picture.render().asPng());
  process.stdout.write(`${terminal.text()}\n`);
} finally {
  await terminal.close();
}
