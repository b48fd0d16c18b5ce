/** What the adapter of a platform has to remember over a restart. No tenant's, nothing personal. */
import type { Db } from "./schema.ts";

/** Longest note, in characters; the table has the same limit. */
const MAX_NOTE = 10_000;

/** A note by its name; undefined when there is none. */
export async function readNote(
  db: Db,
  platform: string,
  name: string,
): Promise<string | undefined> {
  const row = await db
    .selectFrom("notes")
    .select("value")
    .where("platform", "=", platform)
    .where("name", "=", name)
    .executeTakeFirst();
  return row?.value;
}

/** Keeps a note in the place of the one with its name. Throws a RangeError when it is too long. */
export async function keepNote(
  db: Db,
  platform: string,
  note: { readonly name: string; readonly value: string },
  now: Date,
): Promise<void> {
  if (note.value.length > MAX_NOTE) throw new RangeError("a note is too long");
  await db
    .insertInto("notes")
    .values({ platform, ...note, kept_at: now })
    .onConflict((conflict) =>
      conflict.columns(["platform", "name"]).doUpdateSet((row) => ({
        value: row.ref("excluded.value"),
        kept_at: row.ref("excluded.kept_at"),
      })),
    )
    .execute();
}
