/** A hash of the template: the same wherever the template is. */
export function patternId(template: string): string {
  let [a, b] = [0x811c9dc5, 0x9747b28c];
  for (let index = 0; index < template.length; index++) {
    const code = template.charCodeAt(index);
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul((b + code) ^ (b >>> 13), 0x85ebca6b);
  }
  const hex = (value: number) => (value >>> 0).toString(16).padStart(8, '0');
  return hex(a) + hex(b).slice(0, 4);
}
