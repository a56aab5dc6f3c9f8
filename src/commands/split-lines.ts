/** Bytes kept of a line without an end: memory stays bounded whatever comes. */
const MOST_KEPT = 256 * 1024;
const NEWLINE = 10;
const RETURN = 13;

/** A stretch of a buffer; `cut`: bytes of the line's end that were not kept. */
export type EachLine = (bytes: Buffer, from: number, to: number, cut: number) => void;

/** Cuts a stream of bytes into lines: each is told as a stretch of the buffer that it lies in, without its line end. */
export class LineSplitter {
  readonly #each: EachLine;
  #rest: Buffer = Buffer.alloc(0);
  #cut = 0;

  constructor(each: EachLine) {
    this.#each = each;
  }

  push(chunk: Buffer): void {
    let from = 0;
    if (this.#rest.length > 0) {
      const end = chunk.indexOf(NEWLINE);
      this.#keep(end < 0 ? chunk : chunk.subarray(0, end));
      if (end < 0) return;
      this.end();
      from = end + 1;
    }
    for (let end = chunk.indexOf(NEWLINE, from); end >= 0; end = chunk.indexOf(NEWLINE, from)) {
      this.#each(chunk, from, end > from && chunk[end - 1] === RETURN ? end - 1 : end, 0);
      from = end + 1;
    }
    if (from < chunk.length) this.#keep(chunk.subarray(from));
  }

  /** The last line, where no line end closed it. */
  end(): void {
    const [rest, cut] = [this.#rest, this.#cut];
    this.#rest = Buffer.alloc(0);
    this.#cut = 0;
    if (rest.length > 0) this.#each(rest, 0, rest.at(-1) === RETURN ? rest.length - 1 : rest.length, cut);
  }

  #keep(more: Buffer): void {
    const kept = more.subarray(0, MOST_KEPT - this.#rest.length);
    this.#cut += more.length - kept.length;
    if (kept.length > 0) this.#rest = Buffer.concat([this.#rest, kept]);
  }
}
