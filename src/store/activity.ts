/** That somebody was heard of: how often they did what on which day, and when last. No words. */
import { sql } from "kysely";
import type { Db } from "./schema.ts";

/** What is counted here; what other systems report has words of theirs. */
export const ownActivities = ["chat", "message", "answer"] as const;
export type OwnActivity = (typeof ownActivities)[number];

/** Somebody did something. */
export interface Activity {
  readonly workspaceId: number;
  readonly personId: string;
  /** Each counts once. */
  readonly what: readonly OwnActivity[];
  readonly at: Date;
}

/**
 * Notes an activity in the statement that is built on what is given, so that it costs no round trip of
 * its own: the day's count, when they were last heard of, and that their signals are to be looked at.
 */
export function noting(db: Db, { workspaceId, personId, what, at }: Activity) {
  const who = sql`workspace_id = ${workspaceId}::int and id = ${personId}::uuid`;
  return db
    .with(
      "noted",
      () => sql<Record<never, never>>`(
        insert into activities (workspace_id, person_id, day, what, n)
        select w.id, ${personId}::uuid, (${at}::timestamptz at time zone w.time_zone)::date, did, 1
        from workspaces w, unnest(${[...what]}::text[]) did where w.id = ${workspaceId}::int
        on conflict (workspace_id, person_id, day, what) do update set n = activities.n + 1)`,
    )
    .with(
      "heard",
      () => sql<Record<never, never>>`(
        update people set active_at = greatest(active_at, ${at}::timestamptz) where ${who})`,
    )
    .with(
      "marked",
      () => sql<Record<never, never>>`(
        update signals set stale = true
        where workspace_id = ${workspaceId}::int and not stale
          and human_id = (select coalesce(human_id, id) from people where ${who}))`,
    );
}

/** Notes an activity by itself. */
export async function noteActivity(
  db: Db,
  workspaceId: number,
  personId: string,
  what: OwnActivity,
  at: Date,
): Promise<void> {
  await noting(db, { workspaceId, personId, what: [what], at })
    .selectNoFrom(sql`1`.as("one"))
    .execute();
}

/** The customer opened a closed chat again without writing in it: that is a contact, too. */
export async function noteReopening(
  db: Db,
  workspaceId: number,
  { chatId, customerId, at }: { chatId: string; customerId: string; at: Date },
): Promise<void> {
  await noting(db, { workspaceId, personId: customerId, what: ["chat"], at })
    .updateTable("chats")
    .set({ reopenings: sql`array_append(reopenings, ${at}::timestamptz)` })
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", chatId)
    .execute();
}
