import { beforeAll, expect, test } from "vitest";
import { describeEitherDatabase, type TestDatabase } from "../support/database.ts";
import { tokenOf } from "../support/messenger.ts";
import { dana, kim, robin } from "../support/world.ts";
import { buttonsOf, createReading, updateOf } from "./reading-support.ts";
import { linesOf } from "./summary-support.ts";

const HOUR = 3_600_000;

describeEitherDatabase("/feedback and /survey", (open) => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await open();
  });
  const enter = () => createReading(database);

  const quoted = (lines: readonly string[]) => lines.filter((line) => line.startsWith(">"));

  test("comments of all metrics, low ones first, with who said them and the chat", async () => {
    const { answer, chat, person, types, ago } = await enter();
    const link = await chat("1");
    await answer("nps", { score: 9, at: ago(HOUR), text: "newest" });
    const ada = await person("Ada");
    await answer("csat", {
      score: 2,
      at: ago(2 * HOUR),
      text: "<@U1> no",
      person: ada,
      chat: link,
    });
    await answer("nps", { score: 0, at: ago(3 * HOUR), text: "older low" });
    await answer("nps", { score: 0, at: ago(400 * HOUR), text: "another week" });
    await answer("nps", { score: 0, at: ago(HOUR) });
    const lines = linesOf(await types(robin, "feedback"));
    expect(lines[0]).toMatch(/^What customers wrote · this week, /);
    expect(lines.slice(1)).toEqual([
      "Low scores first, then the newest. 1–3",
      "> <@U1> no (Ada · 2 · Dissatisfied (CSAT)) https://chat.example/1",
      "> older low (0/10 (NPS))",
      "> newest (9/10 (NPS))",
    ]);
    expect(quoted(linesOf(await types(robin, "feedback", "30d")))).toHaveLength(4);
  });

  test("ten on a page, forth and back, of the period that was asked for", async () => {
    const { answer, types, presses, ago, world } = await enter();
    for (let hours = 1; hours <= 21; hours += 1) {
      await answer("nps", { score: 9, at: ago(hours * 60_000), text: `nr ${hours}` });
    }
    const first = await types(robin, "feedback", "week");
    expect(quoted(linesOf(first))).toHaveLength(10);
    expect(buttonsOf(first).map(({ label }) => label)).toEqual(["Next"]);
    world.clock.advance(14 * 24 * HOUR);
    const second = updateOf(await presses(robin, tokenOf(first, "Next")));
    expect(quoted(linesOf(second))[0]).toContain("nr 11");
    expect(linesOf(second)[1]).toContain("11–20");
    expect(buttonsOf(second).map(({ label }) => label)).toEqual(["Previous", "Next"]);
    const third = updateOf(await presses(robin, tokenOf(second, "Next")));
    expect(quoted(linesOf(third))).toEqual(["> nr 21 (9/10 (NPS))"]);
    expect(buttonsOf(third).map(({ label }) => label)).toEqual(["Previous"]);
    const back = updateOf(await presses(robin, tokenOf(third, "Previous")));
    expect(linesOf(back)).toEqual(linesOf(second));
  });

  test("nothing written, and no period at all, say what to type instead", async () => {
    const { types } = await enter();
    expect(linesOf(await types(robin, "feedback"))[1]).toContain("A longer one may have more");
    expect((await types(robin, "feedback", "weeek")).summary).toBe("Did you mean week?");
  });

  test("T10 neither the command nor an old button shows comments to others", async () => {
    const { answer, types, presses, ago } = await enter();
    for (let i = 0; i < 11; i += 1) {
      await answer("nps", { score: 1, at: ago(HOUR), text: "secret" });
    }
    const next = tokenOf(await types(robin, "feedback"), "Next");
    expect(linesOf(await types(kim, "feedback")).join()).toContain("Please ask one of them: Robin");
    for (const from of [kim, dana, { ...robin, role: "agent" } as const]) {
      const reply = await presses(from, next);
      expect(reply.kind === "message" && linesOf(reply.message).join()).toContain("support leads");
    }
    expect(linesOf(await types(dana, "feedback")).join()).not.toContain("secret");
  });

  test("an admin sees which surveys are on, and how to choose another", async () => {
    const { types } = await enter();
    const lines = linesOf(await types(robin, "survey"));
    expect(lines).toEqual([
      "Surveys",
      "NPS, after a chat: on",
      "CES, after a chat: off",
      "CSAT, after a chat: off",
      "One survey at a time is asked after a chat. Choose it with /aftertalk after-chat nps, ces or csat.",
    ]);
    await types(robin, "aftertalk", "after-chat csat");
    expect(linesOf(await types(robin, "survey", "list"))[3]).toBe("CSAT, after a chat: on");
    expect(linesOf(await types(robin, "survey", "lisst"))).toContain("Did you mean “list”?");
  });

  test("T10 a lead and a customer who type /survey are told which admin to ask", async () => {
    const { types } = await enter();
    const lea = { ...kim, externalId: "U-lea", name: "Lea", role: "lead" } as const;
    expect(linesOf(await types(lea, "survey"))[0]).toContain(
      "Only admins can see and change this. I have not met any of them yet",
    );
    await types(robin, "survey");
    for (const from of [lea, dana, kim]) {
      expect(linesOf(await types(from, "survey"))).toEqual([
        "Only admins can see and change this. Please ask one of them: Robin.",
      ]);
    }
  });
});
