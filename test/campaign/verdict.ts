/** What must be true after any number of kills. */
import { expect } from "vitest";
import type { Db } from "../../src/store/schema.ts";
import type { CampaignResult } from "./kills.ts";

/** Every person asked once, answered once, told once; nothing lost, doubled or left half done. */
export async function expectNothingLostOrDoubled(db: Db, result: CampaignResult): Promise<void> {
  for (const person of result.people) {
    const messages = result.messages.filter(
      ({ to }) => to.kind === "direct" && to.userId === person,
    );
    expect(messages, `messages to ${person}`).toHaveLength(4);
  }
  const alerts = result.messages.filter(({ to }) => to.kind === "leads");
  expect(alerts).toHaveLength(result.people.length);
  // What was said last remains, whatever was taken up again later.
  for (const { message } of alerts) expect(JSON.stringify(message)).toContain("Yes, please");

  const invitations = await db
    .selectFrom("invitations")
    .select(["state", "finished_at", "reached_at"])
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
  const chats = await db.selectFrom("chats").select(["customer_messages", "closings"]).execute();
  expect(chats.every((chat) => chat.customer_messages === 2 && chat.closings === 1)).toBe(true);
}
