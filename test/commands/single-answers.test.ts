/** Readers without single answers cannot work one out by asking several times. */
import { beforeAll, expect, test } from "vitest";
import { describeEitherDatabase } from "../support/database.ts";
import { wordsOf } from "../support/messenger.ts";
import { kim, robin } from "../support/world.ts";
import { createReading, type Reading } from "./reading-support.ts";
import { plain } from "./summary-support.ts";

describeEitherDatabase("an agent who picks a part of their chats", (open) => {
  let reading: Reading;
  const refusal = "Narrowed down like that, the figures could tell single answers.";

  // By team they see Billing's row only: 27 − 20 − 5 would tell the two of Sales.
  beforeAll(async () => {
    const database = await open();
    reading = await createReading(database);
    await reading.types(kim, "aftertalk", "home"); // Kim is met
    const person_id = await reading.personOf(kim);
    const workspace_id = reading.world.workspaceId;
    for (const [team, n] of Object.entries({ Billing: 20, Refunds: 5, Sales: 2 }))
      for (let i = 0; i < n; i += 1) {
        const chat_id = await reading.chat(`${team}-${i}`, team);
        await reading.answer("csat", { score: 4, at: reading.ago(60_000), chat: chat_id, team });
        await database.db
          .insertInto("handlers")
          .values({ workspace_id, chat_id, closing: 1, person_id, messages: 2 })
          .execute();
      }
    await database.db
      .updateTable("answers")
      .set({ closing: 1, channel: "#help" })
      .where("workspace_id", "=", workspace_id)
      .execute();
  });

  const csat = async (text: string, name = "csat", who = kim) =>
    plain(wordsOf(await reading.types(who, name, text)));

  test("sees the rows that the table of their own chats shows, and these alone", async () => {
    const table = await csat("week by team");
    expect(table).toContain("27 answers");
    expect(table).toContain("Billing: 100%");
    expect(table).not.toMatch(/Refunds|Sales/);
    expect(await csat("week team:Billing")).toContain("20 answers");
    for (const team of ["Refunds", "Sales"])
      expect(await csat(`week team:${team}`)).toContain(refusal);
  });

  test("sees no table within a part, on no card", async () => {
    for (const text of ["team:Billing by channel", "team:Billing channel:#help"])
      expect(await csat(`week ${text}`)).toContain(refusal);
    for (const name of ["cx", "journey"])
      expect(await csat("week team:Billing", name)).toContain(refusal);
    expect(await csat("week by channel")).toContain("27 answers");
  });

  test("is no other than before for whoever may read single answers", async () => {
    expect(await csat("week team:Refunds by channel", "csat", robin)).toContain("5 answers");
    expect(await csat("week team:Refunds", "cx", robin)).toContain("5 answers");
  });
});
