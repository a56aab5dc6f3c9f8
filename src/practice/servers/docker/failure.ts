/** A request that the engine answers with `{message}`. */
export class EngineFailure extends Error {
  override readonly name = 'EngineFailure';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}
