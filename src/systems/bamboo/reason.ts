import { ownText, type SafeText, safeText } from '../../model/safe-text.ts';

const NOBODY = ownText('unknown');
/** A reason is a line; of a longer one only so much is looked at. */
const LONGEST = 500;
const LONGEST_NAME = 100;

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

/**
 * Who it was, from the HTML of a reason: `Manual run by <a href="…/browse/user/dora">Dora Ek</a>`. `unknown` where a
 * machine began it: `Child of <a href="…/browse/CART-12">CART-12</a>`.
 */
export function whoOf(reason: string | null | undefined): SafeText {
  const html = (reason ?? '').slice(0, LONGEST);
  const linked = /<a\s[^>]*\/browse\/user\/[^>]*>([^<]*)<\/a>/i.exec(html)?.[1];
  const named = linked ?? /^\s*(?:Manual run|Rebuilt) by (.+)$/i.exec(withoutTags(html))?.[1];
  const name = plain(named ?? '').trim();
  return name === '' ? NOBODY : safeText(name, { maxLength: LONGEST_NAME });
}

function withoutTags(html: string): string {
  return html.replace(/<[^>]*>/g, '');
}

/** Entities once, after the tags are gone: what becomes a tag by it stays text. */
function plain(html: string): string {
  return withoutTags(html).replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{1,10}));/gi, (entity, ...parts) => {
    const [decimal, hex, name] = parts.map((part) => (typeof part === 'string' ? part : ''));
    const code = decimal ? Number.parseInt(decimal, 10) : hex ? Number.parseInt(hex, 16) : null;
    if (code !== null) return code <= 0x10ffff ? String.fromCodePoint(code) : entity;
    return ENTITIES[name?.toLowerCase() ?? ''] ?? entity;
  });
}
