/**
 * Stands in for `cross-fetch` inside pdjs (an alias in scripts/build.mjs and vitest.config.ts), so that PagerDuty's
 * client uses the one transport: each call brings, among its options, the function that sends it.
 * Without imports: whatever this file loads, `oncall status` would load.
 */
interface SentOptions {
  readonly send: (url: string, options: object) => Promise<unknown>;
}

export default function fetch(url: string, options: SentOptions): Promise<unknown> {
  return options.send(url, options);
}

/** pdjs only makes one and hands it on. The built-in class of this name would load undici. */
export class Headers {
  readonly entries: Readonly<Record<string, string>>;

  constructor(entries: Readonly<Record<string, string>>) {
    this.entries = entries;
  }
}
