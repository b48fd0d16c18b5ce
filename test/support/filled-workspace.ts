/** A workspace with something in every table. */
import { newId } from "../../src/store/ids.ts";
import type { Db } from "../../src/store/schema.ts";
import {
  insertCase,
  insertChat,
  insertConnection,
  insertInvitation,
  insertPerson,
  insertSurvey,
  insertWorkspace,
} from "./database-rows.ts";

/** A row in every table, each pointing to as many others as it can. */
export async function fillWorkspace(db: Db): Promise<number> {
  const workspace_id = await insertWorkspace(db);
  const account_id = newId();
  const account = { id: account_id, external_id: "acme", name: "Acme" };
  await db
    .insertInto("accounts")
    .values({ workspace_id, ...account })
    .execute();
  const person_id = await insertPerson(db, workspace_id, { account_id });
  const connection_id = await insertConnection(db, workspace_id);
  const identity = { connection_id, external_id: "u1", person_id };
  await db
    .insertInto("identities")
    .values({ workspace_id, ...identity })
    .execute();
  const chat_id = await insertChat(db, workspace_id, connection_id, { customer_id: person_id });
  const handler = { chat_id, closing: 1, person_id, messages: 1 };
  await db
    .insertInto("handlers")
    .values({ workspace_id, ...handler })
    .execute();
  const survey_id = await insertSurvey(db, workspace_id);
  const links = { person_id, connection_id, chat_id };
  const invitation_id = await insertInvitation(db, workspace_id, survey_id, links);
  const at = new Date();
  const about = { invitation_id, question: "why", text: "fine", answered_at: at };
  const asked = { survey_id, survey_version: 1, person_id, chat_id };
  await db
    .insertInto("answers")
    .values({ workspace_id, ...about, ...asked })
    .execute();
  const before = { revision: 1, replaced_at: at };
  await db
    .insertInto("answer_history")
    .values({ workspace_id, ...about, ...before })
    .execute();
  const decision = { id: newId(), invitation_id, reason: "fine", decided_at: at };
  await db
    .insertInto("decisions")
    .values({ workspace_id, verdict: "ask", ...decision })
    .execute();
  const delivery = { id: newId(), key: newId(), purpose: "ask", address: "{}", message: "{}" };
  const to = { connection_id, invitation_id, person_id };
  await db
    .insertInto("deliveries")
    .values({ workspace_id, ...delivery, ...to })
    .execute();
  const event = { connection_id, event_id: "e1", kind: "command" };
  const hold = { connection_id, place: "*", kind: "wait", until: at } as const;
  await db
    .insertInto("holds")
    .values({ workspace_id, ...hold })
    .execute();
  const read = { connection_id, place: "c1", position: "m1", kept_at: at };
  await db
    .insertInto("bookmarks")
    .values({ workspace_id, ...read })
    .execute();
  await db
    .insertInto("inbox")
    .values({ workspace_id, ...event })
    .execute();
  const entry = { at, actor: "system", action: "test" };
  const written = { created_at: at, updated_at: at, content: "{}" };
  await db
    .insertInto("drafts")
    .values({ workspace_id, id: newId(), person_id, kind: "survey", ...written })
    .execute();
  const made = { actor: person_id, at, changes: "[]", undo: "[]" };
  await db
    .insertInto("change_sets")
    .values({ workspace_id, id: newId(), origin: "chat", state: "applied", ...made })
    .execute();
  const granted = { role: "lead", granted_by: "operator", granted_at: at } as const;
  await db
    .insertInto("role_grants")
    .values([
      { workspace_id, id: newId(), person_id, ...granted },
      { workspace_id, id: newId(), connection_id, group_id: "S1", ...granted },
    ])
    .execute();
  await db
    .insertInto("audit")
    .values({ workspace_id, ...entry })
    .execute();
  await fillRights(db, workspace_id, { person_id, connection_id, survey_id });
  await fillCases(db, workspace_id, { person_id, connection_id, chat_id, invitation_id });
  await fillSchedules(db, workspace_id, { person_id, invitation_id });
  await fillFacts(db, workspace_id, person_id);
  await fillFigures(db, workspace_id, survey_id);
  return workspace_id;
}

/** A schedule that is on, what it has begun, and a timer. */
async function fillSchedules(
  db: Db,
  workspace_id: number,
  { person_id, invitation_id }: { person_id: string; invitation_id: string },
): Promise<void> {
  const at = new Date();
  const schedule_id = newId();
  const schedule = { id: schedule_id, name: "yearly", version: 1, on_since: at, next_at: at };
  await db
    .insertInto("schedules")
    .values({ workspace_id, state: "on", ...schedule })
    .execute();
  const version = { schedule_id, version: 1, definition: "{}", actor: "operator" };
  await db
    .insertInto("schedule_versions")
    .values({ workspace_id, ...version })
    .execute();
  const run = { schedule_id, fire_at: at, started_at: at, planned: 1 };
  await db
    .insertInto("schedule_runs")
    .values({ workspace_id, ...run })
    .execute();
  const enrolment = { schedule_id, human_id: person_id, invitation_id, started_at: at };
  await db
    .insertInto("enrolments")
    .values({ workspace_id, ...enrolment })
    .execute();
  await db
    .updateTable("invitations")
    .set({ schedule_id, schedule_version: 1, slot_at: at })
    .where("workspace_id", "=", workspace_id)
    .where("id", "=", invitation_id)
    .execute();
  await db.insertInto("timers").values({ workspace_id, name: "digest", next_at: at }).execute();
  const dead = { queue: "ask", about: invitation_id, tries: 12, put_in_at: at, died_at: at };
  await db
    .insertInto("dead_jobs")
    .values({ workspace_id, id: newId(), ...dead })
    .execute();
  await db.insertInto("ticks").values({ name: newId(), fire_at: at }).execute();
}

/** What is known of somebody beside their answers. */
async function fillFacts(db: Db, workspace_id: number, person_id: string): Promise<void> {
  const at = new Date();
  const day = "2026-02-28";
  const date = { owner: "person", owner_id: person_id, name: "renewal", on: day } as const;
  await db
    .insertInto("dates")
    .values({ workspace_id, ...date })
    .execute();
  await db
    .insertInto("activities")
    .values({ workspace_id, person_id, day, what: "message", n: 3 })
    .execute();
  await db.insertInto("orders").values({ workspace_id, day, n: 12 }).execute();
  const signal = { points: 3, reasons: "[]", human_id: person_id } as const;
  await db
    .insertInto("signals")
    .values({ workspace_id, tier: "watch", tier_since: at, computed_at: at, ...signal })
    .execute();
  await db
    .insertInto("signal_events")
    .values({ workspace_id, id: newId(), tier: "watch", at, ...signal })
    .execute();
}

/** What is kept for figures: a series, what was told of one, and what a button stands for. */
async function fillFigures(db: Db, workspace_id: number, survey_id: string): Promise<void> {
  const at = new Date();
  // Another number in each workspace, so that it is not the key that keeps their rows apart.
  const epoch = workspace_id;
  const series = { metric: "nps", epoch, starts_at: at, survey_id, survey_version: 1 } as const;
  await db
    .insertInto("metric_epochs")
    .values({ workspace_id, ...series })
    .execute();
  const counted = { counted_until: "2026-01-02", asked_until: "2026-01-02", time_zone: "UTC" };
  await db
    .insertInto("counting")
    .values({ workspace_id, ...counted })
    .execute();
  const asked_then = {
    promise: "named",
    cut: "",
    ...{ month: "2026-01-01", value: "", asked: 1, reached: 1, answered: 1 },
    ...{ days: [1], days_asked: [1], days_reached: [1], days_answered: [1] },
  } as const;
  await db
    .insertInto("asked_counts")
    .values({ workspace_id, survey_id, ...asked_then })
    .execute();
  const of = { workspace_id, metric: "nps", epoch: 0, c9: 1 } as const;
  await db
    .insertInto("counts")
    .values({ ...of, span: "d", day: "2026-01-01" })
    .execute();
  const team = { cut: "team", month: "2026-01-01", value: "Billing", places: [25], ns: [1] };
  await db
    .insertInto("cut_counts")
    .values({ ...of, ...team })
    .execute();
  const pair = { later: "2026-01-01", earlier: "2026-01-01", places: [1049], ns: [1] };
  await db
    .insertInto("repeats")
    .values({ ...of, ...pair })
    .execute();
  await db
    .insertInto("stale_days")
    .values({ workspace_id, metric: "nps", day: "2026-01-01", transaction: 1 })
    .execute();
  const told = { metric: "nps", period_start: at, direction: "down", alerted_at: at } as const;
  await db
    .insertInto("alerts")
    .values({ workspace_id, ...told })
    .execute();
  const content = JSON.stringify({ filter: {}, versus: "before", flags: [], search: "refund" });
  await db
    .insertInto("views")
    .values({ workspace_id, id: newId(), content, kept_at: at })
    .execute();
}

/** Who is who, what is sealed, what was forgotten. */
async function fillRights(
  db: Db,
  workspace_id: number,
  refs: { person_id: string; connection_id: string; survey_id: string },
): Promise<void> {
  const { person_id, connection_id, survey_id } = refs;
  const at = new Date();
  const who = { kept: person_id, absorbed: newId(), people: [person_id] };
  await db
    .insertInto("merges")
    .values({ workspace_id, id: newId(), at, actor: "operator", how: "link", ...who })
    .execute();
  const secret = { name: "ledger", key_id: "k1", sealed: "…", kept_at: at };
  await db
    .insertInto("secrets")
    .values({ workspace_id, ...secret })
    .execute();
  await db.insertInto("forgotten").values({ workspace_id, hash: "h1", forgotten_at: at }).execute();
  const erasure_id = newId();
  const erasure = { id: erasure_id, requested_at: at, requested_by: "person" } as const;
  await db
    .insertInto("erasures")
    .values({ workspace_id, ...erasure })
    .execute();
  await db
    .insertInto("erasure_targets")
    .values({ workspace_id, erasure_id, id: newId(), connection_id, target: "{}" })
    .execute();
  const counted = { survey_id, survey_version: 1, day: "2026-02-28", what: "asked", n: 1 } as const;
  await db
    .insertInto("anonymous_counts")
    .values({ workspace_id, ...counted })
    .execute();
}

/** A case of somebody, what happened in it, and words that may be quoted. */
async function fillCases(
  db: Db,
  workspace_id: number,
  refs: { person_id: string; connection_id: string; chat_id: string; invitation_id: string },
): Promise<void> {
  const { person_id, invitation_id } = refs;
  const at = new Date();
  const case_id = await insertCase(db, workspace_id, { ...refs, human_id: person_id });
  await db
    .insertInto("case_events")
    .values({ workspace_id, id: newId(), case_id, at, kind: "opened", actor_id: person_id })
    .execute();
  const words = { text: "Great", wording: "1", language: "en", state: "asked" } as const;
  await db
    .insertInto("quotes")
    .values({ workspace_id, id: newId(), person_id, invitation_id, asked_at: at, ...words })
    .execute();
}
