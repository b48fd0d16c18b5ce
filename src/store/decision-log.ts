/** What was decided about somebody: their invitations with every decision of the gates. */
import { sql } from "kysely";
import { z } from "zod";
import type { MetricName } from "../metrics/metric.ts";
import { sameHuman } from "./same-human.ts";
import type { Db, InvitationKind, InvitationState, WhoReads } from "./schema.ts";

const jsonTime = z.string().transform((text) => new Date(text));

const decisions = z.array(
  z.object({
    at: jsonTime,
    verdict: z.enum(["ask", "defer", "suppress"]),
    gate: z.string().nullable(),
    reason: z.string(),
    /** Until when it was deferred. */
    until: jsonTime.nullable(),
  }),
);

/** A decision as it was kept; gates and reasons may be those of another version of the program. */
export type LoggedDecision = z.infer<typeof decisions>[number];

/** One invitation with its own times and everything that was decided about it, oldest first. */
export interface LogEntry {
  readonly invitationId: string;
  readonly kind: InvitationKind;
  readonly state: InvitationState;
  readonly stateReason: string | null;
  /** What is asked first; null where nothing is scored first. */
  readonly metric: MetricName | null;
  /** Name of the schedule that it is of. */
  readonly schedule: string | null;
  readonly platform: string | null;
  /** Of the chat that it is about. */
  readonly channel: string | null;
  readonly team: string | null;
  /** What the person was told about who reads the answer. */
  readonly promise: WhoReads;
  readonly plannedAt: Date;
  /** When it is decided, while it waits; null then: at the next contact. */
  readonly dueAt: Date | null;
  readonly askedAt: Date | null;
  readonly remindedAt: Date | null;
  readonly answeredAt: Date | null;
  /** When it came to its end, as far as that is kept. */
  readonly finishedAt: Date | null;
  readonly expiresAt: Date | null;
  readonly decisions: readonly LoggedDecision[];
}

/** Nobody reads more; it bounds what one question to the database can cost. */
const MOST = 1000;

/**
 * Everything that was decided about the human behind a person since a time, on all platforms, and
 * what waits; the oldest first. Imported answers are left out: nothing was decided about them.
 */
export async function readDecisionLog(
  db: Db,
  workspaceId: number,
  personId: string,
  since: Date,
): Promise<LogEntry[]> {
  const own = await sameHuman(db, workspaceId, personId);
  const { rows } = await sql<Omit<LogEntry, "decisions"> & { readonly decisions: unknown }>`
    select i.id as "invitationId", i.kind, i.state, i.state_reason as "stateReason", s.metric,
      w.name as schedule, n.platform, c.channel, c.team, i.promise, i.created_at as "plannedAt", i.due_at as "dueAt",
      i.asked_at as "askedAt", i.reminded_at as "remindedAt", i.answered_at as "answeredAt",
      coalesce(i.finished_at, case when i.state_reason = 'reopened' then c.reopened_at end)
        as "finishedAt",
      i.expires_at as "expiresAt", coalesce(d.all, '[]') as decisions
    from invitations i
    join surveys s on s.workspace_id = i.workspace_id and s.id = i.survey_id
    left join schedules w on w.workspace_id = i.workspace_id and w.id = i.schedule_id
    left join connections n on n.workspace_id = i.workspace_id and n.id = i.connection_id
    left join chats c on c.workspace_id = i.workspace_id and c.id = i.chat_id
    left join lateral (
      select max(o.decided_at) as last, jsonb_agg(jsonb_build_object('at', o.decided_at,
          'verdict', o.verdict, 'gate', o.gate, 'reason', o.reason, 'until', o.until)
          order by o.decided_at, o.id) as all
      from decisions o where o.workspace_id = i.workspace_id and o.invitation_id = i.id
    ) d on true
    where i.workspace_id = ${workspaceId} and i.person_id = any(${own}::uuid[])
      and i.kind <> 'import'
      and (i.state = 'planned' or ${since} <= greatest(d.last, i.asked_at, i.reminded_at,
        i.answered_at, i.finished_at, case when d.last is null then i.created_at end))
    order by i.created_at desc, i.id desc limit ${MOST}
  `.execute(db);
  return rows.map((row) => ({ ...row, decisions: decisions.parse(row.decisions) })).reverse();
}

/** By whose clock somebody lives: their own row's, else that of another row of theirs. */
export async function timeZoneOf(
  db: Db,
  workspaceId: number,
  personId: string,
): Promise<string | undefined> {
  const row = await db
    .selectFrom("people")
    .select("time_zone")
    .where("workspace_id", "=", workspaceId)
    .where("id", "in", await sameHuman(db, workspaceId, personId))
    .where("time_zone", "is not", null)
    .orderBy((eb) => eb("id", "<>", personId))
    .orderBy("id")
    .limit(1)
    .executeTakeFirst();
  return row?.time_zone ?? undefined;
}
