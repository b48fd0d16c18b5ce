import { AppError } from "../errors.ts";

/** Lets one in at a time, in the order of coming. */
export interface Turnstile {
  /**
   * Resolves with the function that lets the next one in. Rejects after the limit, unless
   * `patient`: then whoever is inside has announced that it takes long.
   */
  enter(patient: boolean): Promise<() => void>;
}

/** A turnstile at which nobody waits longer than `limitMs`. */
export function createTurnstile(limitMs: number): Turnstile {
  const queue: (() => void)[] = [];
  let taken = false;

  function leave(): void {
    const next = queue.shift();
    if (next) next();
    else taken = false;
  }

  return {
    enter(patient) {
      if (!taken) {
        taken = true;
        return Promise.resolve(leave);
      }
      return new Promise((resolve, reject) => {
        const giveUp = () => {
          queue.splice(queue.indexOf(letIn), 1);
          reject(tookTooLong(limitMs));
        };
        const timer = patient ? undefined : setTimeout(giveUp, limitMs);
        const letIn = () => {
          clearTimeout(timer);
          resolve(leave);
        };
        queue.push(letIn);
      });
    },
  };
}

function tookTooLong(limitMs: number): AppError {
  return new AppError(
    "database-away",
    `The embedded database was held by one transaction for ${limitMs / 1000} seconds.`,
    { advice: "Inside a transaction use only the transaction: anything else waits for its end." },
  );
}
