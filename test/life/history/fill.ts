/** Puts a history into a workspace, a statement for each kind of row. */
import { metricNames } from "../../../src/metrics/metric.ts";
import { metrics } from "../../../src/metrics/registry.ts";
import {
  type Connection,
  ensureConnection,
  findConnection,
} from "../../../src/store/connections.ts";
import { newId } from "../../../src/store/ids.ts";
import { insertMany } from "../../../src/store/insert-many.ts";
import { putOrders } from "../../../src/store/orders.ts";
import type { Db, NewRow } from "../../../src/store/schema.ts";
import { ensureUnaskedSurvey } from "../../../src/store/unasked-surveys.ts";
import { SCORE, WHY } from "../../../src/surveys/parts.ts";
import type { History } from "./made.ts";
import { historyRows, ordersUntil } from "./rows.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const ORDER_DAYS = 400;

export interface Filling {
  readonly db: Db;
  readonly workspaceId: number;
  readonly connection: Connection;
  readonly history: History;
}

/** Chats, answers, orders, journeys, cases, and people who left and said why. */
export async function fillHistory(filling: Filling): Promise<void> {
  const { db, workspaceId, history } = filling;
  const surveys = new Map<(typeof metricNames)[number], string>();
  for (const metric of metricNames)
    surveys.set(metric, await ensureUnaskedSurvey(db, workspaceId, "sample", metric));
  const { id, ref } = filling.connection;
  const other = await elsewhere(db, workspaceId);
  const own = { id, platform: ref.platform };
  const rows = historyRows({ workspaceId, connections: [own, other], surveys }, history);
  await insertMany(db, "accounts", rows.accounts, "id");
  await insertMany(db, "people", rows.people, "id");
  await insertMany(db, "chats", rows.chats, "id");
  await insertMany(db, "handlers", rows.handlers, "chat_id");
  await insertMany(db, "invitations", rows.invitations, "id");
  await insertMany(db, "decisions", rows.decisions, "id");
  await insertMany(db, "answers", rows.answers, "invitation_id");
  await putOrders(db, workspaceId, ordersUntil(history.now, ORDER_DAYS));
  await addJourneys(filling, surveys.get("csat") ?? "");
  await addCases(filling);
  await addGoodbyes(filling);
  await addSignals(filling);
}

/** A connection that nobody is behind: its answers came long ago. */
async function elsewhere(db: Db, workspaceId: number) {
  const ref = { platform: "email", externalId: `post-${workspaceId}` };
  await ensureConnection(db, workspaceId, ref, "Post");
  const connection = await findConnection(db, ref);
  if (connection === undefined) throw new Error("there is a connection");
  return { id: connection.id, platform: ref.platform };
}

/** So many customers were asked at three touchpoints in the last weeks. */
const JOURNEYS = 36;

async function addJourneys({ db, workspaceId, history }: Filling, survey_id: string) {
  const places = ["onboarding", "delivery", "support chat"];
  const given = history.customers.slice(0, JOURNEYS).flatMap(({ id: person_id, temper }, i) =>
    places.map((touchpoint, step) => {
      const score = Math.min(5, Math.max(1, Math.round(3.9 + temper + ((i + step) % 3) - step)));
      return { id: newId(), person_id, touchpoint, score, at: daysAgo(history, 60 - 20 * step, i) };
    }),
  );
  const asked = given.map(({ id, person_id, at }) => ({
    ...{ workspace_id: workspaceId, id, survey_id, survey_version: 1, person_id },
    ...{ reason_key: `journey:${id}`, state: "answered" as const, kind: "chat" as const },
    ...{ asked_at: at, reached_at: at, answered_at: at, finished_at: at, expires_at: at },
  }));
  const { min: scale_min, max: scale_max } = metrics.csat.scale;
  const answers = given.map(({ id, person_id, touchpoint, score, at }) => ({
    ...{ workspace_id: workspaceId, invitation_id: id, survey_id, survey_version: 1, person_id },
    ...{ question: SCORE, metric: "csat" as const, score, scale_min, scale_max, touchpoint },
    ...{ tags: [] as string[], asked_at: at, answered_at: at },
  }));
  await insertMany(db, "invitations", asked, "id");
  await insertMany(db, "answers", answers, "invitation_id");
}

function daysAgo({ now }: History, days: number, i: number): Date {
  return new Date(now.getTime() - days * DAY_MS - i * 60_000);
}

/** So many of the newest bad answers became a case; each third of them is closed. */
const CASES = 30;

async function addCases({ db, workspaceId, connection, history }: Filling) {
  const low = history.invitations.filter(({ metric, answer }) => {
    return answer !== undefined && metrics[metric].levelOf(answer.score) === "low";
  });
  const rows = low.slice(-CASES).flatMap(({ id, chat, answer }, i): NewRow<"cases">[] => {
    if (answer === undefined) return [];
    const opened_at = answer.at;
    const isClosed = i % 3 === 0;
    return [
      {
        ...{ workspace_id: workspaceId, id: newId(), number: i + 1, cause: "low-score", opened_at },
        ...{
          person_id: chat.customer.id,
          human_id: chat.customer.id,
          connection_id: connection.id,
        },
        ...{ chat_id: chat.id, invitation_id: id, team: chat.team },
        due_at: new Date(opened_at.getTime() + DAY_MS),
        state: isClosed ? "closed" : "open",
        owner_id: i % 2 === 0 ? (history.agents[0]?.id ?? null) : null,
        closed_at: isClosed ? new Date(opened_at.getTime() + 60_000) : null,
        close_reason: isClosed ? "solved" : null,
        ...{ revision: 1, stale: false },
      },
    ];
  });
  await insertMany(db, "cases", rows, "id");
}

const goodbyes = [
  ["too-expensive", "The new plan costs twice as much for us"],
  ["too-expensive", "Слишком дорого для небольшой команды"],
  ["missing", "没有我们需要的报表功能"],
  ["support", "等了三天沒有人回覆"],
  ["hard-to-use", "My colleagues never found their way around"],
  ["not-needed", "We closed the shop"],
  ["missing", "No export to our bookkeeping"],
  ["too-expensive", "The price went up without a word"],
] as const;

/** What people answered who left, in the words of the survey that every workspace has for it. */
async function addGoodbyes({ db, workspaceId, history }: Filling) {
  const exit = await db
    .selectFrom("surveys")
    .select("id")
    .where("workspace_id", "=", workspaceId)
    .where("key", "=", "exit")
    .executeTakeFirstOrThrow();
  const said = goodbyes.map(([choice, text], i) => ({
    ...{ id: newId(), choice, text, at: daysAgo(history, 1 + i * 3, i) },
    person_id: history.customers[i * 7]?.id ?? null,
  }));
  const of = { workspace_id: workspaceId, survey_id: exit.id, survey_version: 1 };
  const asked = said.map(({ id, person_id, at }) => ({
    ...{ ...of, id, person_id, reason_key: `exit:${id}` },
    ...{ state: "answered" as const, kind: "exit" as const, asked_at: at, reached_at: at },
    ...{ answered_at: at, finished_at: at, expires_at: at },
  }));
  const answers = said.flatMap(({ id, person_id, choice, text, at }) => {
    const shared = { ...of, invitation_id: id, person_id, tags: [] as string[], answered_at: at };
    return [
      { ...shared, question: "reason", choice, text: null },
      { ...shared, question: WHY, choice: null, text },
    ];
  });
  await insertMany(db, "invitations", asked, "id");
  await insertMany(db, "answers", answers, "invitation_id");
}

/** Whoever stays stands in a tier; a few came to the highest this week. */
async function addSignals({ db, workspaceId, history }: Filling) {
  const rows = history.customers.slice(0, 120).map(({ id: human_id }, i) => {
    const points = i % 20 === 0 ? 5 : i % 6 === 0 ? 3 : 0;
    const reason = { reason: "many-contacts", points: 3, params: { n: 4, days: 30 } };
    const reasons = points === 0 ? [] : [reason, ...(points === 5 ? [lowScore] : [])];
    return {
      ...{ workspace_id: workspaceId, human_id, points, reasons: JSON.stringify(reasons) },
      tier: points === 5 ? ("high" as const) : points === 3 ? ("watch" as const) : ("low" as const),
      ...{ tier_since: daysAgo(history, (i % 5) + 0.5, i), computed_at: history.now },
    };
  });
  for (let i = 0; i < rows.length; i += 60)
    await db
      .insertInto("signals")
      .values(rows.slice(i, i + 60))
      .execute();
}

const lowScore = { reason: "low-score", points: 2, params: { metric: "nps", score: 2 } };
