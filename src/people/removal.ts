/**
 * What an erasure leaves to be done on the platforms: somebody is forgotten there, and messages of
 * ours are removed. Each target is a job of its own; doing one twice has one effect.
 */
import { doWork, type Engine } from "../engine.ts";
import { AppError, hasCode } from "../errors.ts";
import { wireKey } from "../outbox/wire-key.ts";
import type { Address, ChatPlatform, ConnectionRef } from "../platform.ts";
import { TryLater } from "../scheduling/jobs.ts";
import { forgetPlaces } from "../store/bookmarks.ts";
import { endTarget, type OpenTarget, type Removed, readTarget } from "../store/erasures.ts";
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
    doWork(engine, async ({ transaction, now }) => {
      const { workspaceId, targetId } = ref;
      if (open !== undefined && done.places.length > 0)
        await forgetPlaces(transaction, workspaceId, open.connectionId, done.places);
      await endTarget(transaction, workspaceId, targetId, done, now);
    });
  return {
    async remove(ref) {
      const open = await readTarget(engine.db, ref.workspaceId, ref.targetId);
      if (open === undefined) return;
      const platform = platforms.get(open.connection.platform);
      // The operator may switch the platform on again: the job's own back-off decides how long.
      if (platform === undefined)
        throw new AppError("temporary", `no platform "${open.connection.platform}" here`);
      await end(ref, open, await patiently(() => removeAt(platform, open)));
    },
    async giveUp(ref) {
      await end(ref, undefined, leftover("gave-up"));
      engine.log.error(
        { target: ref.targetId },
        "something could not be removed on a platform after somebody was forgotten",
      );
    },
  };
}

/** What came of a target, with places that were only this person's. */
interface Done extends Removed {
  readonly places: readonly string[];
}

const nothing: Done = { removed: 0, remaining: {}, places: [] };
const gone: Done = { removed: 1, remaining: {}, places: [] };
const leftover = (reason: string): Done => ({ removed: 0, remaining: { [reason]: 1 }, places: [] });

async function removeAt(platform: ChatPlatform, { connection, target }: OpenTarget): Promise<Done> {
  if (target === undefined) return leftover("unknown-shape");
  if (target.kind === "message") return removeMessage(platform, connection, target);
  return (await platform.forget?.(connection, target.userId)) ?? nothing;
}

async function removeMessage(
  platform: ChatPlatform,
  connection: ConnectionRef,
  target: MessageTarget,
): Promise<Done> {
  const to = placeOf(platform, target);
  // All that was ever said there goes when their account is forgotten; what was just being said then
  // needs it once more.
  if (to.kind === "direct" && platform.forget !== undefined)
    return target.messageId === null || target.late === true
      ? platform.forget(connection, to.userId)
      : nothing;
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
