/** Characters that mean something to Markdown inside a line. */
const SPECIAL = /[\\`*_[\]|!~]/g;
/** What GitHub makes a mention, which calls people, or a reference of by itself; in code it makes nothing of it. */
const CALLING = /(?<![\w`/])(@[\w/.-]*\w|#\d+)/g;
const NEWLINES = /\s*[\n␤]\s*/g;

/**
 * Text from outside stays text in Markdown, in a table's cell too: no link, image, HTML, code, mention or row is made
 * of it. https://github.github.com/gfm/ (backslash escapes, tables, autolinks)
 */
export function markdownText(text: string): string {
  return text
    .replaceAll(NEWLINES, ' / ')
    .split(CALLING)
    .map((piece, index) => (index % 2 === 1 ? `\`${piece}\`` : escaped(piece)))
    .join('');
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(SPECIAL, String.raw`\$&`)
    .replaceAll('#', String.raw`\#`)
    .replaceAll('://', '&#58;//')
    .replaceAll(/\bwww\./gi, (found) => `${found.slice(0, -1)}&#46;`);
}

/** A link with our own words; what could end it, or a cell, is percent-encoded. */
export function markdownLink(words: string, url: string): string {
  const target = url.replaceAll(/[<>|`\\\s]/g, (found) => encodeURIComponent(found));
  return `[${markdownText(words)}](<${target}>)`;
}

export function markdownRow(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}
