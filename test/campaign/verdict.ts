/** What must be true after any number of kills. */

import { expect } from "vitest";
import type { Db } from "../../src/store/schema.ts";
import { NO_INVITATION } from "../../src/surveys/tokens.ts";
import type { CampaignResult } from "./kills.ts";
import { isTo } from "./schedule-story.ts";

/** Every person asked once, answered once, told once; nothing lost, doubled or left half done. */
export async function expectNothingLostOrDoubled(db: Db, result: CampaignResult): Promise<void> {
  for (const person of result.people) {
    const messages = result.messages.filter(({ to }) => isTo(to, person));
    expect(messages, `messages to ${person}`).toHaveLength(4);
  }
  const alerts = result.messages.filter(({ to }) => to.kind === "leads");
  expect(alerts).toHaveLength(result.people.length);
  // What was said last remains, whatever was taken up again later.
  for (const { message } of alerts) expect(JSON.stringify(message)).toContain("Yes, please");

  const invitations = await db
    .selectFrom("invitations")
    .select(["state", "finished_at", "reached_at"])
    .where("kind", "=", "chat")
    .execute();
  expect(invitations).toHaveLength(result.people.length);
  for (const invitation of invitations) {
    expect(invitation.state).toBe("answered");
    expect(invitation.finished_at).not.toBeNull();
    expect(invitation.reached_at).not.toBeNull();
  }
  const answers = await db
    .selectFrom("answers")
    .select(["question", "score", "choice", "text", "revision"])
    .execute();
  const n = result.people.length;
  expect(answers.filter((answer) => answer.score === 3)).toHaveLength(n);
  expect(answers.filter((answer) => answer.text === "it was slow")).toHaveLength(n);
  expect(answers.filter((answer) => answer.choice === "yes")).toHaveLength(n);
  expect(answers).toHaveLength(3 * n);
  expect(answers.every((answer) => answer.revision === 1)).toBe(true);
  expect(await db.selectFrom("answer_history").select("question").execute()).toEqual([]);
  const chats = await db
    .selectFrom("chats")
    .select(["customer_messages", "closings"])
    .where("closings", ">", 0)
    .execute();
  expect(chats).toHaveLength(n);
  expect(chats.every((chat) => chat.customer_messages === 2 && chat.closings === 1)).toBe(true);
  await expectSchedulesKept(db, result);
}

/** Whom schedules meant was planned for, asked and reminded once. */
async function expectSchedulesKept(db: Db, { met, meant, messages }: CampaignResult) {
  const told = (person: string) => messages.filter(({ to }) => isTo(to, person)).length;
  for (const person of met) expect(told(person), `messages to ${person}`).toBe(2);
  for (const person of meant) expect(told(person), `messages to ${person}`).toBe(1);
  const asked = await db
    .selectFrom("invitations")
    .select(["id", "state", "reminded_at"])
    .where("kind", "=", "other")
    // A firing means those of the ones before as well: they were asked this week.
    .where("asked_at", "is not", null)
    .execute();
  expect(asked).toHaveLength(met.length + meant.length);
  expect(asked.every(({ state }) => state === "asked")).toBe(true);
  expect(asked.filter(({ reminded_at }) => reminded_at !== null)).toHaveLength(met.length);
  // One that is nobody's: the kills that were drawn may have had no part in schedules.
  const ids = [NO_INVITATION, ...asked.map(({ id }) => id)];
  const decisions = await db
    .selectFrom("decisions")
    .select(["verdict", "gate"])
    .where("invitation_id", "in", ids)
    .execute();
  expect(decisions.every(({ verdict }) => verdict === "ask")).toBe(true);
  expect(decisions).toHaveLength(asked.length + met.length);
  const runs = await db.selectFrom("schedule_runs").select(["planned", "finished_at"]).execute();
  expect(runs).toHaveLength(meant.length);
  expect(runs.every(({ finished_at }) => finished_at !== null)).toBe(true);
}
