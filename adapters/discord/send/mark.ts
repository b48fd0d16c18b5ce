/**
 * By what a message of ours is known again after the nonce is forgotten: the number of its first
 * component, which Discord keeps and gives back (32 bits; it numbers those that have none from one
 * on). https://docs.discord.com/developers/components/reference#anatomy-of-a-component
 */
import { createHash } from "node:crypto";
import type { APIMessageTopLevelComponent } from "discord.js";

/** Marks begin far above the numbers that Discord gives. */
const FIRST = 1_000_000_000;
const LAST = 2 ** 31 - 1;

/** The same for the same key, and hardly ever for another: one of more than a thousand million. */
export function markOf(key: string): number {
  const hash = createHash("sha256").update(key).digest();
  return FIRST + (hash.readUInt32BE() % (LAST - FIRST));
}

/** The components of a message with the mark of its key. */
export function markedBy(
  key: string,
  { components }: { readonly components: readonly APIMessageTopLevelComponent[] },
): APIMessageTopLevelComponent[] {
  return components.map((component, index) =>
    index === 0 ? { ...component, id: markOf(key) } : component,
  );
}
