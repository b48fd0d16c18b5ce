import { beforeAll, describe, expect, test } from "vitest";
import type { PlatformUser, Reply } from "../../src/platform.ts";
import { newId } from "../../src/store/ids.ts";
import type { NewRow } from "../../src/store/schema.ts";
import { describeEitherDatabase, type TestDatabase } from "../support/database.ts";
import {
  insertChat,
  insertInvitation,
  insertPerson,
  insertSurvey,
} from "../support/database-rows.ts";
import { chatRef, createWorld, dana, kim, robin, type World } from "../support/world.ts";
import { linesOf } from "./summary-support.ts";

const at = new Date("2026-10-12T08:15:00Z"); // a Monday

describeEitherDatabase("the scores of a chat", (open) => {
  let database: TestDatabase;
  let world: World;
  let survey: string;
  let customer: string;

  beforeAll(async () => {
    database = await open();
    world = await createWorld(database);
    survey = await insertSurvey(database.db, world.workspaceId, { key: "test" });
    customer = await insertPerson(database.db, world.workspaceId, { name: "Ada <@U1>" });
  });

  async function chat(
    externalId: string,
    ...invitations: Partial<Omit<NewRow<"invitations">, "workspace_id">>[]
  ): Promise<string[]> {
    const { db } = database;
    const { workspaceId } = world;
    const connection = await db
      .selectFrom("connections")
      .select("id")
      .where("workspace_id", "=", workspaceId)
      .executeTakeFirstOrThrow();
    const chatId = await insertChat(db, workspaceId, connection.id, {
      external_id: externalId,
      channel: "#help",
      state: invitations.length > 0 ? "closed" : "open",
    });
    const ids: string[] = [];
    for (const [index, invitation] of invitations.entries()) {
      ids.push(
        await insertInvitation(db, workspaceId, survey, {
          chat_id: chatId,
          person_id: customer,
          closing: index + 1,
          created_at: new Date(at.getTime() + index),
          ...invitation,
        }),
      );
    }
    return ids;
  }

  async function answers(invitationId: string, score: number, text: string): Promise<void> {
    const shared = {
      workspace_id: world.workspaceId,
      invitation_id: invitationId,
      survey_id: survey,
      survey_version: 1,
      answered_at: at,
    };
    const rows: NewRow<"answers">[] = [
      { ...shared, question: "why", text },
      { ...shared, question: "score", metric: "nps", score, scale_min: 0, scale_max: 10 },
    ];
    await database.db.insertInto("answers").values(rows).execute();
  }

  const show = (externalId: string, from: PlatformUser = robin): Promise<Reply> =>
    world.inbox.receive({
      id: newId(),
      connection: { platform: "messenger", externalId: `T-${world.workspaceId}` },
      at,
      kind: "chat-command",
      name: "scores",
      chat: chatRef(externalId),
      from,
    });

  async function lines(externalId: string, from: PlatformUser = robin): Promise<string[]> {
    const reply = await show(externalId, from);
    if (reply.kind !== "message") throw new Error("the scores are a message");
    return linesOf(reply.message);
  }

  test("every closing is there, newest first, its words as a quote of the person", async () => {
    const [first = "", second = ""] = await chat(
      "C-two",
      { state: "answered", asked_at: at, answered_at: at },
      { state: "answered", asked_at: new Date(at.getTime() + 60_000), answered_at: at },
    );
    await answers(first, 3, "slow <!channel>");
    await answers(second, 9, "better");
    expect(await lines("C-two")).toEqual([
      "Scores of this chat #help",
      "Ada <@U1> answered 9/10 (NPS), Mon, Oct 12, 08:15",
      "> better (Ada <@U1>)",
      "Ada <@U1> answered 3/10 (NPS), Mon, Oct 12, 08:15",
      "> slow <!channel> (Ada <@U1>)",
    ]);
  });

  test.each([
    [{ state: "asked", asked_at: at }, "was asked Mon, Oct 12, 08:15 and has not answered yet."],
    [{ state: "expired", asked_at: at }, "was asked Mon, Oct 12, 08:15 and did not answer."],
    [{ state: "declined", asked_at: at }, "and preferred not to answer."],
    [{ state: "undeliverable", state_reason: "dms closed" }, "could not be reached"],
    [{ state: "suppressed", state_reason: "own-staff" }, "will not be asked: they are on our own"],
    [{ state: "suppressed", state_reason: "of-the-future" }, "was not asked."],
    [{ state: "cancelled", state_reason: "reopened" }, "will not be asked: the chat was opened"],
    [{ state: "planned", state_reason: "asked-recently" }, ": they were asked in the last 7 days."],
  ] as const)("without an answer: %j", async (invitation, said) => {
    const externalId = `C-${JSON.stringify(invitation)}`;
    await chat(externalId, { ...invitation, due_at: new Date("2030-01-01T00:00:00Z") });
    const [, line] = await lines(externalId);
    expect(line).toContain(said);
    expect(line).toContain("Ada");
  });

  test("a planned question says when", async () => {
    const dueAt = new Date(world.clock.now().getTime() + 15 * 60_000);
    await chat("C-planned", { state: "planned", due_at: dueAt });
    expect((await lines("C-planned"))[1]).toBe("Ada <@U1> will be asked in 15 minutes.");
  });

  test("an open chat, and one that nobody knows, say so", async () => {
    await chat("C-open");
    expect(await lines("C-open")).toEqual([
      "This chat is still open. Its customer is asked after it is closed.",
    ]);
    expect((await lines("C-unheard-of"))[0]).toContain("I do not know this chat");
    expect((await lines("C-unheard-of", { ...robin, locale: "ru" }))[0]).toContain("не знаю");
  });

  test("T1 a chat of another workspace is as unknown as one that is nowhere", async () => {
    const other = await createWorld(database);
    await other.playChat({ chat: "C-foreign" });
    expect((await lines("C-foreign"))[0]).toContain("I do not know this chat");
  });

  describe("T10", () => {
    test("others are told whom to ask, and see nothing", async () => {
      await show("C-two", robin);
      for (const from of [dana, kim]) {
        expect(await lines("C-two", from)).toEqual([
          "Scores and answers are for support leads. Please ask one of them: Robin.",
        ]);
      }
    });

    test("somebody who was a lead a minute ago is not one now", async () => {
      const lead = { ...kim, externalId: "U-lea", name: "Lea", role: "lead" } as const;
      expect((await lines("C-two", lead))[0]).toBe("Scores of this chat #help");
      const demoted = await lines("C-two", { ...lead, role: "agent" });
      expect(demoted[0]).toContain("for support leads");
    });
  });
});
