/**
 * Twelve hex digits that stand for a text in a file's name (FNV-1a, 64 bits). No secret hangs on it, and it is here
 * because loading node:crypto costs a prompt more than everything else that it does.
 */
export function shortKey(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of Buffer.from(text)) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  }
  return hash.toString(16).padStart(16, '0').slice(0, 12);
}
