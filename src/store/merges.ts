/** Who was found to be whom: links between rows of people, and the rows that follow from them. */
import { sql } from "kysely";
import { z } from "zod";
import type { Link, Settled, Standing } from "../people/humans.ts";
import type { Db, Row } from "./schema.ts";

/** How it was found: one id on a platform, one verified address, somebody said so, a file did. */
export type MergeHow = Row<"merges">["how"];

/** A link as it is kept. */
export interface Merge extends Link {
  readonly how: MergeHow;
  /** A person's id, "operator", or "aftertalk". */
  readonly actor: string;
  /** The rows that came to another human by it. */
  readonly people: readonly string[];
  readonly undoneAt: Date | null;
}

const standings = z.array(
  z.object({
    id: z.string(),
    consent: z.enum(["open", "paused", "never"]),
    pausedUntil: z.number().nullable(),
    accountId: z.string().nullable(),
    accountRole: z.enum(["buyer", "user"]).nullable(),
  }),
);

function toMerge(row: Row<"merges">): Merge {
  const { id, how, actor, kept, absorbed, people, undone_at } = row;
  const earlier = standings.parse(row.earlier);
  return {
    id,
    how,
    actor,
    kept,
    absorbed,
    people,
    earlier,
    at: row.at.getTime(),
    undoneAt: undone_at,
  };
}

/**
 * All rows of the humans behind these people, locked until the transaction ends. Whoever links a row
 * to one of them has to lock them too, so that what is found here stays true.
 */
export async function lockHumans(
  db: Db,
  workspaceId: number,
  people: readonly string[],
): Promise<Settled[]> {
  let ids: readonly string[] = people;
  for (;;) {
    const rows = await lockRows(db, workspaceId, ids);
    const humans = rows.map(({ id, human_id }) => human_id ?? id);
    const wanted = await rowsOfHumans(db, workspaceId, humans);
    if (wanted.length === rows.length) return rows.map(toSettled);
    ids = wanted;
  }
}

function lockRows(db: Db, workspaceId: number, ids: readonly string[]) {
  return db
    .selectFrom("people")
    .select(["id", "human_id", "consent", "paused_until", "account_id", "account_role"])
    .where("workspace_id", "=", workspaceId)
    .where(sql<boolean>`id = any(${[...ids]}::uuid[])`)
    .orderBy("id")
    .forNoKeyUpdate()
    .execute();
}

async function rowsOfHumans(
  db: Db,
  workspaceId: number,
  humans: readonly string[],
): Promise<string[]> {
  const rows = await db
    .selectFrom("people")
    .select("id")
    .where("workspace_id", "=", workspaceId)
    .where(
      sql<boolean>`(id = any(${[...humans]}::uuid[]) or human_id = any(${[...humans]}::uuid[]))`,
    )
    .execute();
  return rows.map(({ id }) => id);
}

function toSettled(row: Awaited<ReturnType<typeof lockRows>>[number]): Settled {
  return {
    id: row.id,
    humanId: row.human_id,
    consent: row.consent,
    pausedUntil: row.paused_until?.getTime() ?? null,
    accountId: row.account_id,
    accountRole: row.account_role,
  };
}

/** Writes what holds now, all of it at once: their days are marked once. Call with the rows locked. */
export async function keepSettled(
  db: Db,
  workspaceId: number,
  rows: readonly Settled[],
): Promise<void> {
  const column = <K extends keyof Settled>(name: K) => rows.map((row) => row[name]);
  const until = rows.map(({ pausedUntil }) =>
    pausedUntil === null ? null : new Date(pausedUntil),
  );
  await sql`
    update people p set human_id = s.human, consent = s.consent, paused_until = s.until,
      account_id = s.account, account_role = s.role
    from unnest(${column("id")}::uuid[], ${column("humanId")}::uuid[], ${column("consent")}::text[],
      ${until}::timestamptz[], ${column("accountId")}::uuid[], ${column("accountRole")}::text[])
      s (id, human, consent, until, account, role)
    where p.workspace_id = ${workspaceId} and p.id = s.id`.execute(db);
}

/** Cases of these people that were closed as duplicates at exactly this time: by a link of then. */
export async function duplicatesOf(
  db: Db,
  workspaceId: number,
  people: readonly string[],
  at: Date,
): Promise<string[]> {
  const rows = await db
    .selectFrom("cases")
    .select("id")
    .where("workspace_id", "=", workspaceId)
    .where(sql<boolean>`person_id = any(${[...people]}::uuid[])`)
    .where("state", "=", "closed")
    .where("close_reason", "=", "duplicate")
    .where("closed_by", "is", null)
    .where("closed_at", "=", at)
    .execute();
  return rows.map(({ id }) => id);
}

/** Keeps a link. */
export async function insertMerge(
  db: Db,
  workspaceId: number,
  merge: Omit<Merge, "undoneAt">,
): Promise<void> {
  const { earlier, at, people, ...rest } = merge;
  await db
    .insertInto("merges")
    .values({
      ...rest,
      workspace_id: workspaceId,
      at: new Date(at),
      people: [...people],
      earlier: JSON.stringify(earlier satisfies readonly Standing[]),
      undone_at: null,
    })
    .execute();
}

/** A link by its id. */
export async function readMerge(
  db: Db,
  workspaceId: number,
  mergeId: string,
): Promise<Merge | undefined> {
  const row = await db
    .selectFrom("merges")
    .selectAll()
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", mergeId)
    .executeTakeFirst();
  return row && toMerge(row);
}

/** All links of these rows of people, the oldest first; those that were taken back among them. */
export async function readMerges(
  db: Db,
  workspaceId: number,
  people: readonly string[],
): Promise<Merge[]> {
  const rows = await db
    .selectFrom("merges")
    .selectAll()
    .where("workspace_id", "=", workspaceId)
    .where(
      sql<boolean>`(kept = any(${[...people]}::uuid[]) or absorbed = any(${[...people]}::uuid[]))`,
    )
    .orderBy("at")
    .orderBy("id")
    .execute();
  return rows.map(toMerge);
}

/** Marks a link as taken back. */
export async function undoMerge(
  db: Db,
  workspaceId: number,
  mergeId: string,
  at: Date,
): Promise<void> {
  await db
    .updateTable("merges")
    .set({ undone_at: at })
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", mergeId)
    .execute();
}

/** When one of these people last said whether they want to be asked, by the audit log. */
export async function lastWishAt(
  db: Db,
  workspaceId: number,
  people: readonly string[],
): Promise<Date | null> {
  const { at } = await db
    .selectFrom("audit")
    .select((eb) => eb.fn.max("at").as("at"))
    .where("workspace_id", "=", workspaceId)
    // As it stands in the index.
    .where(sql<boolean>`action like 'consent.%'`)
    .where(sql<boolean>`target = any(${[...people]}::text[])`)
    .executeTakeFirstOrThrow();
  return at;
}
