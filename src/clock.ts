/** The only source of "now" for decisions; tests hand in a clock that they move themselves. */
export interface Clock {
  now(): Date;
  /** A clock that follows another looks at it again; to be called each minute. */
  measure?(): Promise<void>;
}

/** The machine's clock. */
export const systemClock: Clock = { now: () => new Date() };
