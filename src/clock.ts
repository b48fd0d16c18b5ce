/** The only source of "now" for decisions; tests hand in a clock that they move themselves. */
export interface Clock {
  now(): Date;
}

/** The machine's clock. */
export const systemClock: Clock = { now: () => new Date() };
