import type { IBufferCell, Terminal } from '@xterm/headless';

const CELL = { width: 9, height: 18, baseline: 14, font: 15 };
const FOREGROUND = '#d3d7dc';
const BACKGROUND = '#15181c';
const ANSI = [
  '#24282e',
  '#e0616b',
  '#84b860',
  '#e2b65a',
  '#62a0ea',
  '#b98bd0',
  '#5cb8b2',
  '#c9ccd1',
  '#6b727b',
  '#f37a84',
  '#a3d67c',
  '#ffd479',
  '#86bbff',
  '#d6a6e8',
  '#8ae0da',
  '#ffffff',
] as const;

/** What the terminal shows, cell by cell, as an SVG document. */
export function toSvg(terminal: Terminal): string {
  const cells: string[] = [];
  const buffer = terminal.buffer.active;
  for (let row = 0; row < terminal.rows; row++) {
    const line = buffer.getLine(buffer.viewportY + row);
    for (let column = 0; column < terminal.cols; column++) {
      const cell = line?.getCell(column);
      if (cell && cell.getWidth() > 0) cells.push(drawCell(cell, column, row));
    }
  }
  const width = terminal.cols * CELL.width + 20;
  const height = terminal.rows * CELL.height + 20;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="DejaVu Sans Mono" font-size="${CELL.font}"><rect width="100%" height="100%" fill="${BACKGROUND}"/><g transform="translate(10,10)">${cells.join('')}</g></svg>`;
}

function drawCell(cell: IBufferCell, column: number, row: number): string {
  let foreground = colour(cell.isFgRGB(), cell.isFgPalette(), cell.getFgColor()) ?? FOREGROUND;
  let background = colour(cell.isBgRGB(), cell.isBgPalette(), cell.getBgColor());
  if (cell.isInverse()) [foreground, background] = [background ?? BACKGROUND, foreground];
  const x = column * CELL.width;
  const y = row * CELL.height;
  const parts: string[] = [];
  if (background)
    parts.push(
      `<rect x="${x}" y="${y}" width="${cell.getWidth() * CELL.width + 0.5}" height="${CELL.height + 0.5}" fill="${background}"/>`,
    );
  const text = cell.getChars();
  if (text.trim() !== '' && !cell.isInvisible()) {
    const weight = cell.isBold() ? ' font-weight="bold"' : '';
    const opacity = cell.isDim() ? ' opacity="0.6"' : '';
    parts.push(
      `<text x="${x}" y="${y + CELL.baseline}" fill="${foreground}"${weight}${opacity}>${escapeXml(text)}</text>`,
    );
  }
  if (cell.isUnderline())
    parts.push(
      `<rect x="${x}" y="${y + CELL.height - 2}" width="${CELL.width}" height="1" fill="${foreground}"/>`,
    );
  return parts.join('');
}

function colour(rgb: boolean, palette: boolean, value: number): string | null {
  if (rgb) return `#${value.toString(16).padStart(6, '0')}`;
  return palette ? (ANSI[value] ?? cube(value)) : null;
}

/** Colours 16-231 are a 6×6×6 cube, 232-255 a grey ramp: https://invisible-island.net/xterm/xterm.faq.html */
function cube(value: number): string {
  if (value >= 232)
    return `rgb(${Array(3)
      .fill(8 + (value - 232) * 10)
      .join(',')})`;
  const levels = [0, 95, 135, 175, 215, 255];
  const index = value - 16;
  return `rgb(${[Math.floor(index / 36), Math.floor(index / 6) % 6, index % 6].map((step) => levels[step]).join(',')})`;
}

function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
