/** Waiting for a platform at the start, so that whoever watches knows what for. */
import { AppError, hasCode } from "../errors.ts";

/** Told what is going on while starting, for people. */
export type OnProgress = (line: string) => void;

/** How often somebody who watches the start hears that there is no answer yet. */
const PATIENCE_MS = 5_000;

/** Connects to a platform: says so, says when it takes long, and what to look at when it fails. */
export async function connectTo<T>(
  name: string,
  setting: string,
  onProgress: OnProgress,
  connect: () => Promise<T>,
): Promise<T> {
  onProgress(`Connecting to ${name}`);
  const waiting = setInterval(() => onProgress(`${name} has not answered yet`), PATIENCE_MS);
  try {
    return await connect();
  } catch (cause) {
    if (!hasCode(cause, "temporary") && !hasCode(cause, "rate-limited")) throw cause;
    throw new AppError(cause.code, `${name} cannot be reached: ${cause.message}.`, {
      cause,
      advice: `Check that this machine reaches ${name} (firewall, proxy, ${setting}) and start again; aftertalk doctor tells more.`,
    });
  } finally {
    clearInterval(waiting);
  }
}
