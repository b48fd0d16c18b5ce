/** What is to be removed on a platform, as it is kept until it is done. */
import { z } from "zod";
import { addressShape } from "./kept-message.ts";

/** An account on a platform that is to be forgotten there: what was written to it before `until` (ISO). */
const user = z.object({ kind: z.literal("user"), userId: z.string(), until: z.iso.datetime() });
const message = z.object({
  kind: z.literal("message"),
  to: addressShape,
  /** Null: it was under way when it was to be removed, and nobody knows yet what became of it. */
  messageId: z.string().nullable(),
  deliveryId: z.string(),
  /**
   * It goes with its account, and is no matter of its own unless the platform does not let us forget
   * that.
   */
  waits: z.literal(true).exactOptional(),
  /** The message in whose thread it was said, where there are threads. */
  beneath: z.string().exactOptional(),
});
const target = z.discriminatedUnion("kind", [user, message]);

/** A message of ours that is to be removed. */
export type MessageTarget = z.infer<typeof message>;
export type RemovalTarget = z.infer<typeof target>;

/** The target that was kept; `undefined` when its shape is unknown here. */
export function readTargetShape(kept: unknown): RemovalTarget | undefined {
  const parsed = target.safeParse(kept);
  return parsed.success ? parsed.data : undefined;
}
