/** What happens to answers in a workspace, at random, by statements as anybody might write them. */
import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { foldAnswers } from "../../src/store/anonymous-counts.ts";
import { insertMany } from "../../src/store/insert-many.ts";
import type { Db } from "../../src/store/schema.ts";
import {
  insertChat,
  insertConnection,
  insertInvitation,
  insertPerson,
  insertSurvey,
} from "../support/database-rows.ts";
import type { Dice } from "../support/random.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** How far back answers lie: a clock was changed in between wherever clocks are changed. */
const DAYS = 75;
const zones = ["UTC", "Pacific/Auckland", "America/Havana", "Asia/Kathmandu"];

/** What there is to be changed. */
export interface Ground {
  readonly workspaceId: number;
  readonly surveys: readonly { id: string; metric: "nps" | "csat"; max: number }[];
  readonly people: readonly string[];
  readonly chats: readonly string[];
}

/** A workspace with people, chats and surveys; the wording of the NPS was changed three weeks ago. */
export async function makeGround(db: Db, workspaceId: number): Promise<Ground> {
  const connectionId = await insertConnection(db, workspaceId);
  const people: string[] = [];
  const chats: string[] = [];
  for (let i = 0; i < 9; i += 1) people.push(await insertPerson(db, workspaceId));
  for (let i = 0; i < 4; i += 1) {
    chats.push(await insertChat(db, workspaceId, connectionId, { team: i % 2 ? "A" : null }));
  }
  const nps = await insertSurvey(db, workspaceId);
  const second = { workspace_id: workspaceId, survey_id: nps, version: 2, series: 2 };
  await db
    .insertInto("survey_versions")
    .values({ ...second, definition: "{}" })
    .execute();
  await db
    .insertInto("metric_epochs")
    .values({
      ...{ workspace_id: workspaceId, metric: "nps", epoch: 1, survey_id: nps, survey_version: 2 },
      starts_at: new Date(Date.now() - 21 * DAY),
    })
    .execute();
  const other = await insertSurvey(db, workspaceId, { key: "nps-2" });
  const csat = await insertSurvey(db, workspaceId, { key: "csat", metric: "csat" });
  const surveys = [
    { id: nps, metric: "nps", max: 10 },
    { id: other, metric: "nps", max: 10 },
    { id: csat, metric: "csat", max: 5 },
  ] as const;
  return { workspaceId, surveys, people, chats };
}

/** One change, by its own transaction or statement. */
export async function change(db: Db, ground: Ground, dice: Dice): Promise<void> {
  const { workspaceId: ws } = ground;
  const kind = dice.whole(0, 22);
  const some = sql`(select invitation_id from answers where workspace_id = ${ws}
    order by md5(invitation_id::text || ${dice.number()}::text) limit 1)`;
  const person = dice.pick(ground.people);
  const other = dice.pick(ground.people);
  if (kind <= 8) return answer(db, ground, dice);
  if (kind === 20) return takeIn(db, ground, dice);
  const statements = {
    9: sql`update answers set score = ${dice.whole(1, 5)}, changed_at = now()
      where workspace_id = ${ws} and invitation_id = ${some}`,
    10: sql`update answers set answered_at = ${timeFrom(dice)}, team = ${dice.pick(["A", "B", null])}
      where workspace_id = ${ws} and invitation_id = ${some}`,
    11: sql`delete from answers where workspace_id = ${ws} and invitation_id = ${some}`,
    12: sql`update people set test = not test where workspace_id = ${ws} and id = ${person}`,
    // A part of one that stands for itself; whoever others are parts of stays.
    13: sql`update people p set human_id = ${other} where workspace_id = ${ws} and id = ${person}
      and id <> ${other} and not exists (select from people r where r.workspace_id = ${ws}
        and (r.human_id = ${person} or r.id = ${other} and r.human_id is not null))`,
    14: sql`update people set human_id = null where workspace_id = ${ws} and id = ${person}`,
    15: sql`update chats set team = ${dice.pick(["A", "B", null])}
      where workspace_id = ${ws} and id = ${dice.pick(ground.chats)}`,
    16: sql`update invitations set reached_at = asked_at,
      answered_at = ${dice.pick([null, timeFrom(dice)])} where workspace_id = ${ws} and id = ${some}`,
    17: sql`update workspaces set time_zone = ${dice.pick(zones)} where id = ${ws}
      and ${dice.chance(0.3)}`,
    21: sql`delete from answers where workspace_id = ${ws} and invitation_id in (
      select invitation_id from answers where workspace_id = ${ws}
      order by md5(invitation_id::text || ${dice.number()}::text) limit 7)`,
    // All of one person, or everybody by themselves.
    22: sql`update people p set human_id = nullif(${dice.pick([other, null])}::uuid, p.id)
      where workspace_id = ${ws} and (human_id = ${other} or human_id is null and not exists (
        select from people r where r.workspace_id = ${ws} and r.human_id = p.id))
        and not exists (select from people o
          where o.workspace_id = ${ws} and o.id = ${other} and o.human_id is not null)`,
  };
  const statement = Object.entries(statements).find(([n]) => Number(n) === kind)?.[1];
  if (statement !== undefined) return void (await statement.execute(db));
  await forget(db, ws, person);
}

/** An answer that came just now, or late; sometimes several in a transaction. */
async function answer(db: Db, ground: Ground, dice: Dice): Promise<void> {
  await db.transaction().execute(async (trx) => {
    for (let i = dice.pick([1, 1, 1, 4]); i > 0; i -= 1) await insertOne(trx, ground, dice);
  });
}

/** Many answers at once, as from a file. */
async function takeIn(db: Db, ground: Ground, dice: Dice): Promise<void> {
  const { workspaceId: workspace_id } = ground;
  const rows = Array.from({ length: 12 }, () => {
    const survey = dice.pick(ground.surveys);
    const at = timeFrom(dice);
    const own = { workspace_id, survey_id: survey.id, survey_version: 1, asked_at: at };
    const person_id = dice.pick([null, ...ground.people]);
    return { survey, own: { ...own, person_id, answered_at: at }, id: randomUUID() };
  });
  const invitations = rows.map(({ own, id }) => ({
    ...{
      ...own,
      id,
      reason_key: `file:${id}`,
      state: "answered" as const,
      kind: "import" as const,
    },
    ...{ reached_at: own.asked_at, expires_at: new Date(+own.asked_at + 7 * DAY) },
  }));
  const answers = rows.map(({ own, id, survey: { metric, max } }) => ({
    ...{ ...own, invitation_id: id, question: "score", metric, score: dice.whole(1, 5) },
    ...{ scale_min: max === 10 ? 0 : 1, scale_max: max, tags: ["x"], revision: 1 },
    ...{ promise: "named" as const, team: dice.pick(["A", "B", null]) },
  }));
  await db.transaction().execute(async (trx) => {
    await insertMany(trx, "invitations", invitations, "id");
    await insertMany(trx, "answers", answers, "invitation_id");
    await insertOne(trx, ground, dice);
  });
}

async function insertOne(trx: Db, { workspaceId, ...ground }: Ground, dice: Dice): Promise<void> {
  const survey = dice.pick(ground.surveys);
  const at = timeFrom(dice);
  const asked_at = dice.pick([
    null,
    ...[1, 2, 3].map((n) => new Date(+at - dice.whole(0, n * DAY))),
  ]);
  const refs = {
    person_id: dice.pick([null, ...ground.people]),
    chat_id: dice.pick([null, null, ...ground.chats]),
    survey_version: survey === ground.surveys[0] ? dice.whole(1, 2) : 1,
    asked_at,
  };
  const answered_at = dice.pick([null, at, at, at, at]);
  const id = await insertInvitation(trx, workspaceId, survey.id, {
    ...{ ...refs, state: "asked", reached_at: asked_at, answered_at },
    expires_at: asked_at && new Date(+asked_at + 7 * DAY),
  });
  if (answered_at === null) return;
  const { metric, max } = survey;
  await trx
    .insertInto("answers")
    .values({
      ...{ ...refs, workspace_id: workspaceId, invitation_id: id, survey_id: survey.id },
      ...{ question: "score", metric, score: dice.whole(1, 5), scale_min: max === 10 ? 0 : 1 },
      ...{ scale_max: max, answered_at, team: dice.pick(["A", "B", null]) },
      ...{ channel: dice.pick(["#a", "#b", null]), tags: dice.pick([[], ["x"], ["x", "y"]]) },
    })
    .execute();
}

/** Now, at a whole day, or any time. */
function timeFrom(dice: Dice): Date {
  const days = dice.whole(0, DAYS);
  const now = Date.now();
  if (dice.chance(0.3)) return new Date(now - dice.whole(0, 40) * MINUTE);
  const at = now - days * DAY - dice.whole(0, DAY);
  return new Date(dice.chance(0.3) ? at - (at % (DAY / 24)) : at);
}

/** Somebody's answers become numbers, as when they are forgotten. */
async function forget(db: Db, workspaceId: number, personId: string): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await sql`select id from people where workspace_id = ${workspaceId} and id = ${personId}
      for update`.execute(trx);
    const { rows } = await sql<{ id: string }>`select id from invitations
      where workspace_id = ${workspaceId} and person_id = ${personId} order by id for update`.execute(
      trx,
    );
    const which = sql`any(${rows.map(({ id }) => id)}::uuid[])`;
    await foldAnswers(trx, workspaceId, sql`i.id = ${which}`);
    await sql`delete from answers where workspace_id = ${workspaceId}
      and invitation_id = ${which}`.execute(trx);
    await sql`delete from invitations where workspace_id = ${workspaceId}
      and id = ${which}`.execute(trx);
  });
}

/** Ends whatever runs on it at its n-th statement, as a kill would: nothing of it is kept. */
export function dyingAfter(db: Db, statements: number): Db {
  let left = statements;
  return db.withPlugin({
    transformQuery({ node }) {
      left -= 1;
      if (left < 0) throw new Error(`killed ${randomUUID()}`);
      return node;
    },
    transformResult: async ({ result }) => result,
  });
}
