export type XmlValue = string | number | boolean | null | undefined | readonly XmlValue[] | XmlFields;

export interface XmlFields {
  readonly [element: string]: XmlValue;
}

/**
 * Fields as XML elements; null and undefined are left out.
 * @param item name of a list's elements: `member` in AWS's Query protocol, `item` in EC2's
 */
export function xml(fields: XmlFields, item: string): string {
  return Object.entries(fields)
    .map(([name, value]) => element(name, value, item))
    .join('');
}

/** Text for XML: markup escaped, carriage returns kept as references, characters that XML 1.0 forbids replaced. */
export function escapeXml(text: string): string {
  return (
    text
      .toWellFormed()
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones that XML cannot carry
      .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '\uFFFD')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      .replaceAll('\r', '&#xD;')
  );
}

/** A timestamp as the XML protocols print it. */
export function isoTime(at: number): string {
  return new Date(at).toISOString();
}

function element(name: string, value: XmlValue, item: string): string {
  if (value === null || value === undefined) return '';
  return `<${name}>${content(value, item)}</${name}>`;
}

function content(value: Exclude<XmlValue, null | undefined>, item: string): string {
  if (isList(value)) return value.map((entry) => element(item, entry, item)).join('');
  if (typeof value === 'object') return xml(value, item);
  return escapeXml(String(value));
}

function isList(value: XmlValue): value is readonly XmlValue[] {
  return Array.isArray(value);
}
