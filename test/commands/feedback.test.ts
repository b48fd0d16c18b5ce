import { beforeAll, expect, test } from "vitest";
import { changeSettings } from "../../src/store/settings.ts";
import { describeEitherDatabase, type TestDatabase } from "../support/database.ts";
import { insertCase, insertInvitation, insertSurvey } from "../support/database-rows.ts";
import { tokenOf, wordsOf } from "../support/messenger.ts";
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
      "Low scores first, then the newest.",
      expect.stringMatching(
        /^> <@U1> no \(Ada · 2 · Dissatisfied \(CSAT\) · #help · .+\) https:\/\/chat.example\/1$/,
      ),
      expect.stringMatching(/^> older low \(0\/10 \(NPS\) · .+\)$/),
      expect.stringMatching(/^> newest \(9\/10 \(NPS\) · .+\)$/),
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
    expect(buttonsOf(second).map(({ label }) => label)).toEqual(["Previous", "Next"]);
    const third = updateOf(await presses(robin, tokenOf(second, "Next")));
    expect(quoted(linesOf(third))).toEqual([expect.stringMatching(/^> nr 21 \(9/)]);
    expect(buttonsOf(third).map(({ label }) => label)).toEqual(["Previous"]);
    const back = updateOf(await presses(robin, tokenOf(third, "Previous")));
    expect(linesOf(back)).toEqual(linesOf(second));
  });

  test("nothing written, and nothing found, say what to type instead", async () => {
    const { types, answer, ago } = await enter();
    expect(linesOf(await types(robin, "feedback"))[1]).toContain("A longer one may have more");
    await answer("nps", { score: 1, at: ago(HOUR), text: "slow" });
    const lines = linesOf(await types(robin, "feedback", "refund"));
    expect(lines[0]).toMatch(/^What customers wrote · “refund” · this week/);
    expect(lines[1]).toContain("Try fewer words");
    expect(lines).toHaveLength(2);
    // One of its own words, mistyped, is a word like any other until nothing is found.
    expect(linesOf(await types(robin, "feedback", "hihg")).at(-1)).toBe("Did you mean high?");
  });

  const words = (lines: readonly string[]) =>
    quoted(lines).map((line) => line.slice(2).split(" (")[0]);

  test("low, high and new ones, with words of any writing, all of them there", async () => {
    const { answer, types, ago } = await enter();
    const texts = [
      "Refund: ÉTÉ",
      "плохой возврат",
      "退款太慢了",
      "100% fine_ok",
      "refund of a café",
    ];
    for (const [i, text] of texts.entries()) {
      await answer("nps", { score: i % 2 === 0 ? 2 : 10, at: ago((i + 1) * HOUR), text });
    }
    const found = async (text: string) => words(linesOf(await types(robin, "feedback", text)));
    expect(await found("low 30d")).toEqual([texts[0], texts[2], texts[4]]);
    expect(await found("high 30d")).toEqual([texts[1], texts[3]]);
    expect(await found("new 30d")).toEqual(texts);
    expect(await found("30d refund")).toEqual([texts[0], texts[4]]);
    expect(await found("30d cafe REFUND")).toEqual([texts[4]]);
    expect(await found('30d "of a cafe"')).toEqual([texts[4]]);
    expect(await found('30d "cafe of"')).toEqual([]);
    expect(await found("30d ВОЗВРАТ")).toEqual([texts[1]]);
    expect(await found("30d 退款")).toEqual([texts[2]]);
    expect(await found("30d 0%")).toEqual([texts[3]]);
    expect(await found("30d _")).toEqual([texts[3]]);
    expect(await found("30d low refund ete")).toEqual([texts[0]]);
  });

  test("pages stay what they are while new comments come in, also with words and forth and back", async () => {
    const { answer, types, presses, ago, world } = await enter();
    const { db } = database;
    for (let i = 1; i <= 25; i += 1) {
      const text = i % 5 === 0 ? `nr ${i} other` : `nr ${i} refund`;
      await answer("nps", { score: 3, at: ago(i * 60_000), text });
    }
    for (const typed of ["30d refund", "30d new refund", "30d low refund"]) {
      const first = await types(robin, "feedback", typed);
      expect(words(linesOf(first)).at(-1)).toBe("nr 12 refund");
      world.clock.advance(1000);
      await answer("nps", { score: 0, at: ago(0), text: "refund, just now" });
      const second = updateOf(await presses(robin, tokenOf(first, "Next")));
      expect(words(linesOf(second))[0]).toBe("nr 13 refund");
      expect(words(linesOf(second))).toHaveLength(10);
      expect(buttonsOf(second).map(({ label }) => label)).toEqual(["Previous"]);
      const back = updateOf(await presses(robin, tokenOf(second, "Previous")));
      expect(words(linesOf(back))).toEqual(words(linesOf(first)));
      await db
        .deleteFrom("answers")
        .where("workspace_id", "=", world.workspaceId)
        .where("text", "=", "refund, just now")
        .execute();
    }
  });

  test("what was said without a score first is found too, and named", async () => {
    const { types, world, ago } = await enter();
    const { db } = database;
    const { workspaceId } = world;
    const key = "exit-test";
    const survey_id = await insertSurvey(db, workspaceId, {
      key,
      metric: null,
      trigger: "schedule",
    });
    const at = ago(HOUR);
    const invitation_id = await insertInvitation(db, workspaceId, survey_id, {
      ...{ kind: "exit", state: "answered", asked_at: at, answered_at: at },
    });
    const row = { workspace_id: workspaceId, invitation_id, survey_id, survey_version: 1 };
    const said = { question: "why", text: "too dear", answered_at: at };
    await db
      .insertInto("answers")
      .values({ ...row, ...said })
      .execute();
    await insertCase(db, workspaceId, { invitation_id, number: 77 });
    const lines = quoted(linesOf(await types(robin, "feedback", "dear")));
    expect(lines).toEqual([
      expect.stringMatching(/^> too dear \(exit survey · .+ · case 77 \(open\)\)$/),
    ]);
  });

  test("under only totals words are found in whole batches, and never by score", async () => {
    const { answer, person, types, world } = await enter();
    const { db } = database;
    const { workspaceId } = world;
    const by = { actor: "robin", at: world.clock.now() };
    await changeSettings(db, workspaceId, { promise: "totals" }, by);
    const at = new Date(world.clock.now().getTime() - 50 * HOUR);
    for (let i = 0; i < 10; i += 1) {
      const said = { text: i === 7 ? "refund late" : `nr ${i}`, person: await person(`P${i}`) };
      await answer("nps", { score: 3, at: new Date(at.getTime() + i), ...said });
    }
    for (const table of ["answers", "invitations"] as const)
      await db
        .updateTable(table)
        .set({ promise: "totals" })
        .where("workspace_id", "=", workspaceId)
        .execute();
    expect(quoted(linesOf(await types(robin, "feedback", "30d")))).toHaveLength(10);
    const found = words(linesOf(await types(robin, "feedback", "30d refund")));
    expect(found.toSorted()).toEqual(["nr 5", "nr 6", "nr 8", "nr 9", "refund late"]);
    const lines = linesOf(await types(robin, "feedback", "30d low"));
    expect(lines).toEqual([expect.stringContaining("nobody is seen alone")]);
  });

  test("under only totals nothing narrower than a team is had, nor is everybody's given for it", async () => {
    const { answer, person, types, world } = await enter();
    const { db } = database;
    const { workspaceId } = world;
    await types(robin, "aftertalk", "help");
    await types(kim, "aftertalk", "help");
    const by = { actor: "robin", at: world.clock.now() };
    await changeSettings(db, workspaceId, { promise: "totals" }, by);
    const at = new Date(world.clock.now().getTime() - 50 * HOUR);
    for (let i = 0; i < 10; i += 1)
      await answer("nps", { score: 9, at, text: `nr ${i}`, person: await person(`P${i}`) });
    for (const table of ["answers", "invitations"] as const)
      await db
        .updateTable(table)
        .set({ promise: "totals" })
        .where("workspace_id", "=", workspaceId)
        .execute();
    const shown = async (from: typeof robin, name: string, text: string) =>
      linesOf(await types(from, name, text, { pictures: false }));
    expect((await shown(robin, "journey", "30d")).join()).toContain("10 answers");
    const picked = "so I can pick a team, and nothing smaller";
    for (const [from, name, text] of [
      [robin, "feedback", "30d agent:me"],
      [robin, "journey", "30d nps platform:messenger"],
      [kim, "journey", "30d nps"],
      [kim, "nps", "30d"],
      [kim, "cx", "30d"],
    ] as const) {
      const lines = await shown(from, name, text);
      expect(lines.join()).not.toMatch(/10 answers|\+100|nr \d/u);
      if (name !== "cx") expect(lines.join()).toContain(picked);
    }
  });

  test("T10 neither the command nor an old button shows comments to others", async () => {
    const { answer, types, presses, ago } = await enter();
    for (let i = 0; i < 11; i += 1) {
      await answer("nps", { score: 1, at: ago(HOUR), text: "secret" });
    }
    const next = tokenOf(await types(robin, "feedback"), "Next");
    expect(linesOf(await types(kim, "feedback")).join()).toMatch(
      /Please ask one of them: .*Robin/u,
    );
    for (const from of [kim, dana, { ...robin, role: "agent" } as const]) {
      const reply = await presses(from, next);
      expect(reply.kind === "message" && linesOf(reply.message).join()).toContain("support leads");
    }
    expect(linesOf(await types(dana, "feedback")).join()).not.toContain("secret");
  });

  test("an admin who types /survey sees which are on, and a mistyped word behind it gets the nearest", async () => {
    const { types } = await enter();
    expect(wordsOf(await types(robin, "survey"))).toContain(
      "chat-csat\npaused · asked after chats",
    );
    await types(robin, "aftertalk", "after-chat csat");
    expect(wordsOf(await types(robin, "survey"))).toContain("chat-csat\non · asked after chats");
    expect(linesOf(await types(robin, "survey", "lisst"))).toContain("Did you mean “list”?");
  });

  test("T10 a lead sees how asking is going and changes nothing; others are told whom to ask", async () => {
    const { types } = await enter();
    const lea = { ...kim, externalId: "U-lea", name: "Lea", role: "lead" } as const;
    expect(wordsOf(await types(lea, "survey", "new"))).toContain("I have not met any of them yet");
    await types(robin, "survey");
    expect(wordsOf(await types(lea, "survey"))).toContain("How asking is going");
    for (const command of ["new", "edit chat-nps", "archive chat-nps", "stop all"])
      expect(wordsOf(await types(lea, "survey", command))).toContain(
        "Only admins can see and change this. Please ask one of them: Robin.",
      );
    for (const from of [dana, kim])
      expect(wordsOf(await types(from, "survey"))).toMatch(/Please ask one of them: .*Robin/u);
  });
});
