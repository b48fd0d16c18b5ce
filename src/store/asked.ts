/** Invitations with what came of them: everything about a chat, or everything of a person. */
import { type RawBuilder, sql } from "kysely";
import type { MetricName } from "../metrics/metric.ts";
import { sameHuman } from "./same-human.ts";
import type { Db, InvitationState, WhoReads } from "./schema.ts";

/** So many at most: more fits on no page, and nobody is asked that often. */
const MOST = 12;

/** One answer: a score, a choice, or words. */
interface GivenAnswer {
  readonly question: string;
  readonly metric: MetricName | null;
  readonly score: number | null;
  readonly choice: string | null;
  readonly text: string | null;
}

/** An invitation as a page shows it. */
export interface Asked {
  readonly state: InvitationState;
  readonly stateReason: string | null;
  /** Under "totals" nobody but its person may see what was answered. */
  readonly promise: WhoReads;
  /** Name of who is asked; null when nobody is known. */
  readonly person: string | null;
  readonly dueAt: Date | null;
  readonly askedAt: Date | null;
  readonly answeredAt: Date | null;
  readonly expiresAt: Date | null;
  readonly channel: string | null;
  readonly chatUrl: string | null;
  /** After which closing of its chat; null: about no chat. */
  readonly closing: number | null;
  /** Names of the people who handled the chat until then, the busiest first. */
  readonly handlers: readonly string[];
  /** The scored ones first. */
  readonly answers: readonly GivenAnswer[];
}

/** A chat and whom it was asked about, newest first; undefined when we never heard of the chat. */
export async function readChatAsked(
  db: Db,
  workspaceId: number,
  connectionId: string,
  externalId: string,
): Promise<
  | { state: "open" | "closed"; channel: string | null; team: string | null; asked: Asked[] }
  | undefined
> {
  const chat = await db
    .selectFrom("chats")
    .select(["id", "state", "channel", "team"])
    .where("workspace_id", "=", workspaceId)
    .where("connection_id", "=", connectionId)
    .where("external_id", "=", externalId)
    .executeTakeFirst();
  if (chat === undefined) return undefined;
  const asked = await readAsked(db, workspaceId, sql`i.chat_id = ${chat.id}::uuid`);
  return { state: chat.state, channel: chat.channel, team: chat.team, asked };
}

/** What the human behind a person was asked since a time, wherever that was, newest first. */
export async function readOwnAsked(
  db: Db,
  workspaceId: number,
  personId: string,
  since: Date,
): Promise<Asked[]> {
  const rows = await sameHuman(db, workspaceId, personId);
  const own = sql`i.person_id = any(${rows}::uuid[]) and i.asked_at >= ${since}`;
  return readAsked(db, workspaceId, own);
}

async function readAsked(
  db: Db,
  workspaceId: number,
  which: RawBuilder<unknown>,
): Promise<Asked[]> {
  const { rows } = await sql<Asked>`
    select i.state, i.state_reason as "stateReason", i.promise, p.name as person, i.due_at as "dueAt",
      i.asked_at as "askedAt", i.answered_at as "answeredAt", i.expires_at as "expiresAt",
      c.channel, c.url as "chatUrl", i.closing,
      (select coalesce(jsonb_agg(hp.name order by h.messages desc, hp.name), '[]')
        from handlers h
        join people hp on hp.workspace_id = h.workspace_id and hp.id = h.person_id
        where h.workspace_id = ${workspaceId} and h.chat_id = i.chat_id
          and h.closing = i.closing and not hp.bot) as handlers,
      (select coalesce(jsonb_agg(jsonb_build_object('question', a.question, 'metric', a.metric,
          'score', a.score, 'choice', a.choice, 'text', a.text)
          order by a.score is null, a.question), '[]')
        from answers a
        where a.workspace_id = ${workspaceId} and a.invitation_id = i.id) as answers
    from invitations i
    left join people p on p.workspace_id = ${workspaceId} and p.id = i.person_id
    left join chats c on c.workspace_id = ${workspaceId} and c.id = i.chat_id
    where i.workspace_id = ${workspaceId} and ${which}
    order by coalesce(i.asked_at, i.created_at) desc, i.id desc
    limit ${MOST}
  `.execute(db);
  return rows;
}
