/** `<34>`, or `<34>1 ` of RFC 5424; `at` itself: it is none. */
export function behindPriority(bytes: Uint8Array, at: number, to: number): number {
  let end = at + 1;
  while (end < to && end - at < 5 && (bytes[end] ?? 0) >= 48 && (bytes[end] ?? 0) <= 57) end++;
  if (end === at + 1 || bytes[end] !== 62) return at;
  return bytes[end + 1] === 49 && bytes[end + 2] === 32 ? end + 3 : end + 1;
}

/** The number in it. */
export function priorityOf(bytes: Uint8Array, at: number): number {
  let value = 0;
  for (let index = at + 1; bytes[index] !== 62; index++) value = value * 10 + (bytes[index] ?? 48) - 48;
  return value;
}

/** Behind letters, ten at most. */
export function endOfHeadWord(bytes: Uint8Array, start: number, to: number): number {
  let end = start;
  while (end < to && end - start < 10 && ((bytes[end] ?? 0) | 32) >= 97 && ((bytes[end] ?? 0) | 32) <= 122)
    end++;
  return end;
}

/** Behind what is only marks, and the process of Ruby’s Logger. */
export function behindMarks(bytes: Uint8Array, from: number, to: number): number {
  let end = behindProcess(bytes, from, to);
  while (end < to && [93, 41, 58, 44, 124, 45, 32].includes(bytes[end] ?? 0)) end++;
  return end;
}

/** `--`, `-`, `:`, `|`, or the `#7]` of Ruby's Logger. */
export function isMark(bytes: Uint8Array, at: number, to: number): boolean {
  const first = bytes[at] ?? 0;
  if (first === 35) return behindProcess(bytes, at, to) > at;
  return [45, 58, 124].includes(first) && (at + 1 >= to || [32, first].includes(bytes[at + 1] ?? 0));
}

function behindProcess(bytes: Uint8Array, from: number, to: number): number {
  if (bytes[from] !== 35) return from;
  let end = from + 1;
  while (end < to && (bytes[end] ?? 0) >= 48 && (bytes[end] ?? 0) <= 57) end++;
  return bytes[end] === 93 ? end + 1 : from;
}
