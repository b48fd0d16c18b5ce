/** How far something long is: one line that changes on a terminal, a plain line now and then elsewhere. */
import type { OutputStream } from "./output.ts";

/** Milliseconds between two updates. A log file need not know every tenth of a second. */
const TERMINAL_EVERY = 100;
const FILE_EVERY = 5_000;

/** Moves to the line's begin and clears it (ECMA-48, EL). */
const CLEAR_LINE = "\r\u001b[2K";

export interface Progress {
  /** `say` is asked for its text only when it is shown. */
  update(say: () => string): void;
  /** Ends it; on a terminal the line goes away. */
  done(): void;
}

export function createProgress(stream: OutputStream, now = () => performance.now()): Progress {
  const every = stream.isTTY ? TERMINAL_EVERY : FILE_EVERY;
  let last = now();
  let shown = false;
  return {
    update(say) {
      if (now() - last < every) return;
      last = now();
      stream.write(stream.isTTY ? `${CLEAR_LINE}${say()}` : `${say()}\n`);
      shown = true;
    },
    done() {
      if (shown && stream.isTTY) stream.write(CLEAR_LINE);
      shown = false;
    },
  };
}
