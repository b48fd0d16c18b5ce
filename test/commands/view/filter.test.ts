import { beforeAll, expect, test } from "vitest";
import { parsePeriod } from "../../../src/metrics/period-text.ts";
import { metrics } from "../../../src/metrics/registry.ts";
import { readFacts } from "../../../src/store/summaries.ts";
import { describeEitherDatabase, type TestDatabase } from "../../support/database.ts";
import { insertInvitation } from "../../support/database-rows.ts";
import { tokenOf } from "../../support/messenger.ts";
import { robin } from "../../support/world.ts";
import { createReading, type Reading, updateOf } from "../reading-support.ts";
import { linesOf } from "../summary-support.ts";

const HOUR = 3_600_000;
const channel = { kind: "channel", channelId: "C-support" } as const;

describeEitherDatabase("a summary of one team", (open) => {
  let database: TestDatabase;
  let reading: Reading;
  beforeAll(async () => {
    database = await open();
    reading = await createReading(database);
    const { answer, chat, ago } = reading;
    const at = ago(HOUR);
    const billing = await chat("C1", "Billing");
    const care = await chat("C2", "Customer care");
    for (const score of [9, 9, 10, 10, 10]) await answer("nps", { score, at, chat: billing });
    await answer("nps", { score: 2, at, chat: billing, text: "words for Billing" });
    for (const score of [1, 2, 3, 4, 5]) {
      await answer("nps", { score, at, chat: care, text: `words for care ${score}` });
    }
    // The chat went to another team since; an imported answer has no chat here.
    await answer("nps", { score: 9, at, chat: care, team: "Billing" });
    await answer("nps", { score: 9, at, team: "Imported" });
    // Asked and never answered: it counts for its chat's team only.
    await insertInvitation(database.db, reading.world.workspaceId, await reading.survey("nps"), {
      ...{ state: "expired", asked_at: at, reached_at: at, expires_at: at },
      ...{ person_id: null, chat_id: billing },
    });
  });

  const types = (text: string, more = {}) =>
    reading.types(robin, "nps", text, { pictures: false, ...more });

  test("counts its answers and whom it asked, says which team, and quotes its words only", async () => {
    const card = await types("week team:Billing");
    const lines = linesOf(card);
    expect(lines[0]).toContain("NPS · team Billing · this week");
    expect(card.summary).toMatch(/^team Billing · NPS /u);
    expect(card.summary).toContain("7 answers · 7 of 8 reached answered");
    expect(lines.join("\n")).toContain("words for Billing");
    expect(lines.join("\n")).not.toContain("words for care");
    const all = await types("week");
    expect(all.summary).toContain("13 answers · 13 of 14 reached answered");
    expect(linesOf(all)[0]).not.toContain("team");
  });

  test("is asked for in any order, case and with or without quotes", async () => {
    const shown = linesOf(await types('week team:"Customer care"'));
    expect(shown[0]).toContain("team Customer care");
    for (const text of [
      "team:customer care week",
      "week team:Customer care",
      "team:CUSTOMER CARE",
    ]) {
      expect(linesOf(await types(text))).toEqual(shown);
    }
  });

  test("finds teams of imported answers too", async () => {
    expect(linesOf(await types("week team:imported"))[0]).toContain("team Imported");
  });

  test("a mistyped team gets the nearest one and the list, and a wrong period is still told", async () => {
    const typo = linesOf(await types("week team:Biling"));
    expect(typo).toContain("> Biling ()");
    expect(typo).toContain("Did you mean team:Billing?");
    expect(typo.at(-1)).toMatch(/^Known: .*Billing.*"Customer care"|"Customer care".*Billing/u);
    expect(linesOf(await types("team:"))[0]).toBe("I do not know a team with this name:");
    expect((await types("wek team:Billing")).summary).toBe("Did you mean week?");
    const nobody = await createReading(database);
    const none = await nobody.types(robin, "nps", "team:Billing");
    expect(none.summary).toContain("There is none of these yet");
  });

  test("shared it keeps its team", async () => {
    const own = await types("week team:Billing", { place: channel });
    const press = { place: channel, pictures: false } as const;
    const reply = await reading.presses(robin, tokenOf(own, "Share"), press);
    await reading.world.settle();
    const posted = reading.world.messenger.sent.at(-1);
    expect(linesOf(posted?.message ?? own)[0]).toContain("NPS · team Billing");
    // Counts of single steps stay with the presser.
    expect(own.summary).toContain(" 6 / 0 / 1 ·");
    expect(posted?.message.summary).toBe(own.summary.replace(" 6 / 0 / 1 ·", ""));
    expect(linesOf(updateOf(reply))[0]).toContain("NPS · team Billing");
    const { details } = await database.db
      .selectFrom("audit")
      .select("details")
      .where("workspace_id", "=", reading.world.workspaceId)
      .where("action", "=", "summary.share")
      .executeTakeFirstOrThrow();
    expect(details).toMatchObject({ team: ["Billing"] });
  });

  test("the teams of a period add up to all of it", async () => {
    const { db } = database;
    const { workspaceId, clock } = { ...reading.world };
    const now = clock.now();
    const parsed = parsePeriod("week", { now, timeZone: "UTC" });
    if (!parsed.ok) throw new Error(parsed.problem);
    const read = async (team?: string) => {
      const filter = team === undefined ? {} : { team: { values: [team], label: team } };
      const about = { workspaceId, metric: metrics.nps, periods: [parsed.period], now, filter };
      const [facts] = await readFacts(db, about);
      return facts ?? fail();
    };
    const all = await read();
    const parts = await Promise.all(["Billing", "Customer care", "Imported"].map(read));
    expect(
      all.histogram.map((_, i) => parts.reduce((n, f) => n + (f.histogram[i] ?? 0), 0)),
    ).toEqual(all.histogram);
    for (const key of ["asked", "reached", "answered"] as const) {
      expect(parts.reduce((n, { asking }) => n + asking[key], 0)).toBe(all.asking[key]);
    }
  });
});

function fail(): never {
  throw new Error("there should be facts");
}
