/** The sessions of the shards: what comes in a new one waits until it is known what came before. */
import { createHash } from "node:crypto";
import type { CatchUp } from "./catch-up.ts";
import type { Lines } from "./lines.ts";
import type { Seen } from "./seen.ts";

export interface Sessions {
  /** A new session begins: everything waits for `begin`, but not for long. */
  open(shardId: number, session: string): void;
  /** What was missed is put before what has come in since; then everything may go on. */
  begin(shardId: number): void;
  /** For what Discord gives no id to: session and number are the same when it is told again. */
  newsId(shardId: number, sequence: number): string;
  stop(): void;
}

export function createSessions({
  lines,
  catchUp,
  seen,
  holdMs,
}: {
  readonly lines: Pick<Lines, "hold" | "add">;
  readonly catchUp: Pick<CatchUp, "run">;
  readonly seen: Pick<Seen, "begin" | "end">;
  /** How long everything waits for `begin` at most. */
  readonly holdMs: number;
}): Sessions {
  const names = new Map<number, string>();
  const holds = new Map<number, () => void>();
  const letGo = (shardId: number) => {
    holds.get(shardId)?.();
    holds.delete(shardId);
  };
  const sessions: Sessions = {
    open(shardId, session) {
      names.set(shardId, digest(session));
      seen.end(shardId);
      if (holds.has(shardId)) return;
      const release = lines.hold();
      const late = setTimeout(() => sessions.begin(shardId), holdMs);
      late.unref();
      holds.set(shardId, () => {
        clearTimeout(late);
        release();
      });
    },
    begin(shardId) {
      const caughtUp = () => seen.begin(shardId);
      void catchUp
        .run(shardId)
        .then(caughtUp, () =>
          // Tried again behind what has come in: late is better than never.
          lines.add(`shard:${shardId}`, () => catchUp.run(shardId).then(caughtUp)),
        )
        .finally(() => letGo(shardId));
    },
    newsId: (shardId, sequence) => `${shardId}:${names.get(shardId) ?? ""}:${sequence}`,
    stop() {
      for (const shardId of [...holds.keys()]) letGo(shardId);
    },
  };
  return sessions;
}

/** The name itself could be used to go on with the session. */
function digest(session: string): string {
  return createHash("sha256").update(session).digest("base64url").slice(0, 12);
}
