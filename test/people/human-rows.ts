/** Somebody about whom every table knows something, for tests of erasing and of one's own data. */
import { newId } from "../../src/store/ids.ts";
import type { Db } from "../../src/store/schema.ts";
import {
  insertCase,
  insertChat,
  insertConnection,
  insertInvitation,
  insertPerson,
  insertSchedule,
  insertSurvey,
} from "../support/database-rows.ts";

export interface HumanRows {
  readonly workspaceId: number;
  readonly connectionId: string;
  readonly surveyId: string;
  /** The row that stands for the human, and the other one. */
  readonly personId: string;
  readonly otherRowId: string;
}

/** A human in two rows, who answered, has an open case, and works in the team as well. */
export async function insertHuman(
  db: Db,
  workspace_id: number,
  place?: { readonly connectionId: string; readonly surveyId: string },
): Promise<HumanRows> {
  const connection_id =
    place?.connectionId ?? (await insertConnection(db, workspace_id, { platform: "messenger" }));
  const survey_id = place?.surveyId ?? (await insertSurvey(db, workspace_id, { key: newId() }));
  const at = new Date("2026-03-02T09:30:00Z");
  const own = { workspace_id };
  const person_id = await insertPerson(db, workspace_id, { email: newId(), email_verified: true });
  const human_id = person_id;
  const role = { role: "lead", told_role: "viewer", role_by: "granted" } as const;
  const other = await insertPerson(db, workspace_id, { human_id, ...role });
  for (const row of [person_id, other]) {
    const identity = { connection_id, external_id: newId(), person_id: row };
    await db
      .insertInto("identities")
      .values({ ...own, ...identity })
      .execute();
  }
  const merge = { kept: person_id, absorbed: other, people: [other], actor: "operator" };
  await db
    .insertInto("merges")
    .values({ ...own, id: newId(), at, how: "email", ...merge })
    .execute();
  const chat_id = await insertChat(db, workspace_id, connection_id, {
    ...{ customer_id: other, channel: "#help", team: "Billing", url: "https://…", tags: ["vip"] },
  });
  const asked = {
    asked_at: at,
    reached_at: at,
    answered_at: at,
    conversation: "{}",
    address: "{}",
  };
  const invitation_id = await insertInvitation(db, workspace_id, survey_id, {
    ...{ person_id, connection_id, chat_id, state: "answered", ...asked },
  });
  await answer(db, { workspace_id, survey_id, person_id, invitation_id, chat_id }, at);
  const refs = { person_id, human_id, connection_id, chat_id, invitation_id };
  const case_id = await insertCase(db, workspace_id, { ...refs, opened_at: at });
  await inCase(db, workspace_id, case_id, person_id, invitation_id);
  const to = { connection_id, person_id, invitation_id, address: "{}", message: "{}" };
  for (const [key, about] of [
    ["talk", {}],
    ["card", { case_id }],
  ] as const) {
    await db
      .insertInto("deliveries")
      .values({
        ...own,
        ...to,
        ...about,
        id: newId(),
        key: `${key}:${newId()}`,
        purpose: "talk",
        state: "sent",
      })
      .execute();
  }
  await db
    .insertInto("audit")
    .values({
      ...own,
      at,
      actor: person_id,
      action: "consent.never",
      target: person_id,
      origin: "chat",
    })
    .execute();
  await asTeam(db, workspace_id, connection_id, other);
  await asAdmin(db, workspace_id, other);
  await inSchedules(db, workspace_id, [person_id, other], invitation_id);
  return {
    workspaceId: workspace_id,
    connectionId: connection_id,
    surveyId: survey_id,
    personId: person_id,
    otherRowId: other,
  };
}

async function answer(
  db: Db,
  refs: {
    workspace_id: number;
    survey_id: string;
    person_id: string;
    invitation_id: string;
    chat_id: string;
  },
  at: Date,
): Promise<void> {
  const { workspace_id, invitation_id, person_id } = refs;
  const shared = { ...refs, survey_version: 1, answered_at: at, team: "Billing" };
  const scale = { metric: "nps", score: 2, scale_min: 0, scale_max: 10 } as const;
  await db
    .insertInto("answers")
    .values([
      { ...shared, question: "score", ...scale },
      { ...shared, question: "why", text: "…" },
      { ...shared, question: "contact", choice: "yes" },
    ])
    .execute();
  const before = { invitation_id, question: "why", revision: 1, text: "…" };
  await db
    .insertInto("answer_history")
    .values({ workspace_id, ...before, answered_at: at, replaced_at: at })
    .execute();
  await db
    .insertInto("decisions")
    .values({
      workspace_id,
      id: newId(),
      invitation_id,
      verdict: "ask",
      reason: "ok",
      decided_at: at,
    })
    .execute();
  const words = { text: "…", wording: "1", language: "en", state: "allowed" } as const;
  await db
    .insertInto("quotes")
    .values({ workspace_id, id: newId(), person_id, invitation_id, asked_at: at, ...words })
    .execute();
}

async function inCase(
  db: Db,
  workspace_id: number,
  case_id: string,
  actor_id: string,
  invitation_id: string,
): Promise<void> {
  const event = { id: newId(), case_id, actor_id, invitation_id, at: new Date(), text: "…" };
  await db
    .insertInto("case_events")
    .values({ workspace_id, ...event, kind: "opened" })
    .execute();
}

/** Where they are in a programme, what they did on which day, and the signals made of it. */
async function inSchedules(
  db: Db,
  workspace_id: number,
  [human_id, other]: readonly [string, string],
  invitation_id: string,
): Promise<void> {
  const own = { workspace_id };
  const at = new Date("2026-03-03T09:30:00Z");
  const schedule_id = await insertSchedule(db, workspace_id);
  await db
    .insertInto("enrolments")
    .values({ ...own, schedule_id, human_id, invitation_id, started_at: at })
    .execute();
  const signals = { human_id, points: 3, tier: "watch", reasons: "[]" } as const;
  await db
    .insertInto("signals")
    .values({ ...own, ...signals, tier_since: at, computed_at: at })
    .execute();
  // As they stood before the two rows were found to be one human.
  for (const each of [human_id, other]) {
    const event = { ...signals, id: newId(), human_id: each, at };
    await db
      .insertInto("signal_events")
      .values({ ...own, ...event })
      .execute();
    const activity = { person_id: each, day: "2026-03-03", what: "login", n: 2 };
    await db
      .insertInto("activities")
      .values({ ...own, ...activity })
      .execute();
    const date = { owner: "person", owner_id: each, name: "renewal", on: "2026-09-01" } as const;
    await db
      .insertInto("dates")
      .values({ ...own, ...date })
      .execute();
  }
}

/** What they did as one of the team: in a chat and a case of somebody else. */
async function asTeam(db: Db, workspace_id: number, connection_id: string, person_id: string) {
  const customer_id = await insertPerson(db, workspace_id, { name: "Somebody else" });
  const chat_id = await insertChat(db, workspace_id, connection_id, { customer_id });
  await db
    .insertInto("handlers")
    .values({ workspace_id, chat_id, closing: 0, person_id, messages: 3 })
    .execute();
  const case_id = await insertCase(db, workspace_id, {
    ...{
      person_id: customer_id,
      human_id: customer_id,
      owner_id: person_id,
      claimed_at: new Date(),
    },
  });
  const event = { id: newId(), case_id, actor_id: person_id, at: new Date(), text: "…" };
  await db
    .insertInto("case_events")
    .values({ workspace_id, ...event, kind: "replied" })
    .execute();
  const external = await db
    .selectFrom("identities")
    .select("external_id")
    .where("workspace_id", "=", workspace_id)
    .where("person_id", "=", person_id)
    .executeTakeFirstOrThrow();
  const place = JSON.stringify(["direct", external.external_id]);
  await db
    .insertInto("holds")
    .values({ workspace_id, connection_id, place, kind: "closed", until: new Date(), reason: "…" })
    .execute();
}

const neverMade = ["offered", "refused", "withdrawn"] as const;

/** What they set up, are about to set up, and were given to do. */
async function asAdmin(db: Db, workspace_id: number, person_id: string): Promise<void> {
  const at = new Date("2026-03-04T09:30:00Z");
  const draft = { about: "nps", content: "{}", created_at: at, updated_at: at };
  await db
    .insertInto("drafts")
    .values({ workspace_id, id: newId(), person_id, ...draft, kind: "survey" })
    .execute();
  const set = { workspace_id, actor: person_id, at, origin: "chat", changes: "[]" } as const;
  await db
    .insertInto("change_sets")
    .values([
      { ...set, id: newId(), state: "applied", undo: "[]" },
      ...neverMade.map((state) => ({ ...set, id: newId(), state })),
    ])
    .execute();
  const colleague = await insertPerson(db, workspace_id, { name: "A colleague" });
  const grant = { workspace_id, granted_at: at } as const;
  await db
    .insertInto("role_grants")
    .values([
      { ...grant, id: newId(), person_id, role: "lead", granted_by: "operator" },
      { ...grant, id: newId(), person_id: colleague, role: "viewer", granted_by: person_id },
    ])
    .execute();
}
