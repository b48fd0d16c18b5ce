/** An answer `{ok: false, error}` of the Web API, thrown by whatever finds the reason. */
export class Refusal extends Error {
  readonly error: string;
  readonly extra: Readonly<Record<string, unknown>>;

  constructor(error: string, extra: Readonly<Record<string, unknown>> = {}) {
    super(error);
    this.name = "Refusal";
    this.error = error;
    this.extra = extra;
  }
}
