/** A request that splunkd answers with `{messages:[{type,text}]}` and an HTTP status. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;
  readonly type: 'WARN' | 'ERROR' | 'FATAL';

  constructor(status: number, type: Refusal['type'], text: string) {
    super(text);
    this.status = status;
    this.type = type;
  }
}

/** SPL that splunkd cannot run: 400 and FATAL. */
export function badSearch(text: string): Refusal {
  return new Refusal(400, 'FATAL', text);
}
