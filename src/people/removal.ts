/**
 * What an erasure leaves to be done on the platforms: somebody is forgotten there, and messages of
 * ours are removed. Each target is a job of its own; doing one twice has one effect.
 */
import { doWork, type Engine, type Work } from "../engine.ts";
import { AppError, hasCode } from "../errors.ts";
import { wireKey } from "../outbox/wire-key.ts";
import type { Address, ChatPlatform, ConnectionRef } from "../platform.ts";
import { TryLater } from "../scheduling/jobs/jobs.ts";
import { forgetPlaces } from "../store/bookmarks.ts";
import {
  endTarget,
  endWaiting,
  type OpenTarget,
  type Removed,
  readTarget,
} from "../store/erasures.ts";
import type { MessageTarget } from "../store/removal-target.ts";

/** Wait when a platform limits us without saying for how long. */
const DEFAULT_LIMIT_MS = 60_000;

/** How often a target looks whether our key, which was refused, was replaced meanwhile. */
const REVOKED_WAIT_MS = 5 * 60_000;

/** Which target. */
interface TargetRef {
  readonly workspaceId: number;
  readonly targetId: string;
}

export interface Removals {
  /** Works on one target; throws when it has to be tried again. */
  remove(ref: TargetRef): Promise<void>;
  /** The last try failed: it is counted as what remains. */
  giveUp(ref: TargetRef): Promise<void>;
}

/** Removals over the platforms by name. */
export function createRemovals(
  engine: Engine,
  platforms: ReadonlyMap<string, ChatPlatform>,
): Removals {
  const end = (ref: TargetRef, open: OpenTarget | undefined, done: Done) =>
    doWork(engine, async (work) => {
      const { transaction, now } = work;
      const { workspaceId, targetId } = ref;
      if (open !== undefined && done.places.length > 0)
        await forgetPlaces(transaction, workspaceId, open.connectionId, done.places);
      if (open?.target?.kind === "user") await goOn(work, ref, open.target.userId, done);
      await endTarget(transaction, workspaceId, targetId, done, now);
    });
  /** What waited for an account is gone with it, or to be removed message by message. */
  const goOn = async (
    { transaction, wake }: Work,
    { workspaceId, targetId }: TargetRef,
    userId: string,
    { stays = false }: Done,
  ) => {
    const became = stays ? "stays" : "gone";
    const ids = await endWaiting(transaction, workspaceId, { targetId, userId }, became);
    for (const id of ids)
      await engine.jobs.enqueue(transaction, "remove", { workspaceId, targetId: id });
    if (ids.length > 0) wake.add("remove");
  };
  return {
    async remove(ref) {
      const open = await readTarget(engine.db, ref.workspaceId, ref.targetId);
      if (open === undefined || isWaiting(open)) return;
      const platform = platforms.get(open.connection.platform);
      // The operator may switch the platform on again: the job's own back-off decides how long.
      if (platform === undefined)
        throw new AppError("temporary", `no platform "${open.connection.platform}" here`);
      const now = engine.clock.now();
      await end(ref, open, await patiently(() => removeAt(platform, open, now)));
    },
    async giveUp(ref) {
      const open = await readTarget(engine.db, ref.workspaceId, ref.targetId);
      await end(ref, open, { ...leftover("gave-up"), stays: true });
      engine.log.error(
        { target: ref.targetId },
        "something could not be removed on a platform after somebody was forgotten",
      );
    },
  };
}

/** Its account comes first, and calls it up. */
function isWaiting({ target }: OpenTarget): boolean {
  return target?.kind === "message" && target.waits === true;
}

/** What came of a target, with places that were only this person's. */
interface Done extends Removed {
  readonly places: readonly string[];
  /** An account that the platform did not forget: what is known to stand there may go all the same. */
  readonly stays?: boolean;
}

const nothing: Done = { removed: 0, remaining: {}, places: [] };
const gone: Done = { removed: 1, remaining: {}, places: [] };
const leftover = (reason: string): Done => ({ removed: 0, remaining: { [reason]: 1 }, places: [] });

async function removeAt(
  platform: ChatPlatform,
  { connection, target }: OpenTarget,
  now: Date,
): Promise<Done> {
  if (target === undefined) return leftover("unknown-shape");
  if (target.kind === "message") return removeMessage(platform, connection, target, now);
  if (platform.forget === undefined) return { ...nothing, stays: true };
  try {
    const done = await platform.forget(connection, target.userId, new Date(target.until));
    return { ...done, stays: done.removed === 0 && Object.keys(done.remaining).length > 0 };
  } catch (error) {
    if (hasCode(error, "unreachable")) return { ...leftover("unreachable"), stays: true };
    throw error;
  }
}

async function removeMessage(
  platform: ChatPlatform,
  connection: ConnectionRef,
  target: MessageTarget,
  now: Date,
): Promise<Done> {
  const to = placeOf(platform, target);
  // Nobody knows whether it stands there, and nobody can look: all that is there goes once more.
  if (to.kind === "direct" && target.messageId === null && platform.find === undefined)
    return (await platform.forget?.(connection, to.userId, now)) ?? nothing;
  const messageId =
    target.messageId ??
    (await platform.find?.(connection, to, wireKey(target.deliveryId)))?.messageId;
  if (messageId === undefined) return nothing;
  if (platform.remove === undefined) return leftover("cannot-remove");
  try {
    await platform.remove(connection, to, messageId);
    return gone;
  } catch (error) {
    if (hasCode(error, "unreachable")) return leftover(reasonOf(to));
    throw error;
  }
}

/** What is said beneath a message stands in its thread, where the platform has threads. */
function placeOf(platform: ChatPlatform, { to, beneath }: MessageTarget): Address {
  return beneath === undefined || platform.threads !== true
    ? to
    : { kind: "thread", messageId: beneath };
}

/** A short word of ours: the platform never lets us. */
function reasonOf(to: Address): string {
  return to.kind === "whisper" ? "seen-by-one-only" : "not-allowed";
}

/** Waits as long as a platform asks for; what was not removed until then is once it is over. */
async function patiently(work: () => Promise<Done>): Promise<Done> {
  try {
    return await work();
  } catch (error) {
    if (hasCode(error, "rate-limited")) throw new TryLater(error.retryAfterMs ?? DEFAULT_LIMIT_MS);
    if (hasCode(error, "revoked")) throw new TryLater(REVOKED_WAIT_MS);
    // Nobody of theirs is there any more, and nothing of ours.
    if (hasCode(error, "unreachable")) return leftover("unreachable");
    throw error;
  }
}
