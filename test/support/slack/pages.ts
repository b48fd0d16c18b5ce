/** Cursor pagination: the cursor of the next page, "" when there is none ("Pagination"). */
import { Refusal } from "./refusal.ts";

export function page<T>(
  all: readonly T[],
  cursor: string | undefined,
  size: number,
): { items: T[]; cursor: string } {
  const start = cursor === undefined || cursor === "" ? 0 : decode(cursor);
  const items = all.slice(start, start + size);
  const next = start + size;
  return { items, cursor: next < all.length ? encode(next) : "" };
}

const encode = (index: number) => Buffer.from(`next:${index}`).toString("base64");

function decode(cursor: string): number {
  const index = /^next:(\d+)$/.exec(Buffer.from(cursor, "base64").toString())?.[1];
  if (index === undefined) throw new Refusal("invalid_cursor");
  return Number(index);
}
