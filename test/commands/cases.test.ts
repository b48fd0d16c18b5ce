import { beforeAll, expect, test } from "vitest";
import { newId } from "../../src/store/ids.ts";
import type { NewRow } from "../../src/store/schema.ts";
import { describeEitherDatabase, type TestDatabase } from "../support/database.ts";
import { tokenOf } from "../support/messenger.ts";
import { dana, kim, robin } from "../support/world.ts";
import { buttonsOf, createReading, type Reading, updateOf } from "./reading-support.ts";
import { linesOf } from "./summary-support.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describeEitherDatabase("/aftertalk cases", (open) => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await open();
  });

  /** Cases by number, opened an hour ago unless said otherwise. */
  async function enter() {
    const reading = await createReading(database);
    const { world, ago } = reading;
    // A Wednesday at noon: the hours before it are working hours.
    world.clock.advance(Date.parse("2026-11-18T12:00:00Z") - world.clock.now().getTime());
    const { id: connection_id } = await database.db
      .selectFrom("connections")
      .select("id")
      .where("workspace_id", "=", world.workspaceId)
      .executeTakeFirstOrThrow();
    let number = 0;
    const add = async (values: Partial<Omit<NewRow<"cases">, "workspace_id">> = {}) => {
      number += 1;
      const opened_at = values.opened_at ?? ago(HOUR);
      const row = {
        ...{ workspace_id: world.workspaceId, id: newId(), number, connection_id },
        ...{ cause: "low-score" as const, opened_at, waiting_since: opened_at },
        ...{ due_at: ago(-6 * HOUR), ...values },
      };
      await database.db.insertInto("cases").values(row).execute();
      return row.id;
    };
    return { ...reading, add };
  }

  const closed = (at: Date, close_reason: "solved" | "explained" = "solved") =>
    ({ state: "closed", closed_at: at, close_reason, waiting_since: null }) as const;

  const lines = async (reading: Reading, text = "cases week") =>
    linesOf(await reading.types(robin, "aftertalk", text));

  test("without any case it says so, and shows no figure that nobody measured", async () => {
    const shown = await lines(await enter());
    expect(shown[0]).toMatch(/^Cases · this week, .* · so far$/);
    expect(shown.slice(1)).toEqual([
      "No case is open.",
      "Opened: 0",
      "Closed: 0",
      "Until the first reply: none yet",
      "Until closed: none yet",
      "Right when asked again: none yet",
    ]);
  });

  test("what is open, overdue and mine, the most urgent first, each with a button that shows it", async () => {
    const reading = await enter();
    const { add, person, personOf, types, presses, ago, world } = reading;
    await types(robin, "aftertalk", "help");
    const ada = await person("Ada");
    const ben = await person("Ben <!channel>");
    await add({ person_id: ada, human_id: ada });
    await add({
      person_id: ben,
      human_id: ben,
      due_at: ago(HOUR),
      owner_id: await personOf(robin),
    });
    await add({ waiting_since: null });
    await add({ state: "snoozed", snoozed_until: ago(-2 * DAY) });
    await add({ person_id: ada, ...closed(ago(1)) });
    const message = await types(robin, "aftertalk", "cases");
    const shown = linesOf(message);
    expect(shown[1]).toBe("4 cases are open, 1 overdue, 1 yours.");
    expect(shown.slice(shown.indexOf("Open cases"))).toEqual([
      "Open cases",
      "The most urgent first. 1–4",
      "#2 Ben <!channel>: overdue since Wed, Nov 18, 11:00 · Robin",
      "#1 Ada: reply by Wed, Nov 18, 18:00 · nobody yet",
      "#3 Somebody: answered; the customer’s turn · nobody yet",
      "#4 Somebody: snoozed until Fri, Nov 20, 12:00 · nobody yet",
      "[#2 Ben <!channel>] [#1 Ada] [#3 Somebody] [#4 Somebody]",
    ]);
    const card = await presses(robin, tokenOf(message, "#1 Ada"));
    expect(card.kind === "message" && linesOf(card.message).join("\n")).toContain("Case: #1");
    expect(card.kind === "message" && buttonsOf(card.message)[0]?.label).toBe("Claim");
    expect(world.messenger.leads()).toHaveLength(0);
    expect(linesOf(await types(robin, "nps", "week"))).toContain("Cases: 4 open, 1 overdue");
  });

  test("times count working hours and what still waits; below five nothing is shown", async () => {
    const reading = await enter();
    const { add, ago } = reading;
    for (const minutes of [10, 20, 30]) {
      const opened_at = ago(2 * HOUR);
      const at = new Date(opened_at.getTime() + minutes * 60_000);
      await add({ opened_at, first_replied_at: at, ...closed(ago(HOUR)) });
    }
    await add({ opened_at: ago(2 * HOUR) });
    expect((await lines(reading)).slice(4, 6)).toEqual([
      "Until the first reply: too few to show: n 4; from 5 on",
      "Until closed: too few to show: n 4; from 5 on",
    ]);
    await add({ opened_at: ago(2 * HOUR), ...closed(ago(HOUR), "explained") });
    const shown = await lines(reading);
    expect(shown.slice(2, 6)).toEqual([
      "Opened: 5",
      "Closed: 4",
      "Until the first reply: median 30 min · the slowest 10 %: 1.6 h or more · n 5, 2 of them without an end so far",
      "Until closed: median 1 h · the slowest 10 %: 1.6 h or more · n 5, 1 of them without an end so far",
    ]);
    expect(shown).toContain("Below 30 these are early signals, not to be compared.");
    expect(shown).toContain("How they were closed (n 4)");
    expect(shown).toContain("Solved: 3 (75%)");
    expect(shown).toContain("Explained: 1 (25%)");
  });

  test("who recovered is the latest answer of each case, with its range", async () => {
    const reading = await enter();
    const { add, ago, world } = reading;
    const tell = (case_id: string, kind: "recovered" | "not-recovered", at: Date) =>
      database.db
        .insertInto("case_events")
        .values({ workspace_id: world.workspaceId, id: newId(), case_id, kind, at })
        .execute();
    for (let i = 0; i < 6; i += 1) {
      const id = await add({ opened_at: ago(20 * DAY), ...closed(ago(19 * DAY)) });
      await tell(id, i < 4 ? "recovered" : "not-recovered", ago(HOUR));
      if (i === 0) await tell(id, "not-recovered", ago(2 * HOUR));
    }
    expect((await lines(reading))[6]).toBe(
      "Right when asked again: 67% (95 % range 30% to 90%) · 4 of 6",
    );
    expect(linesOf(await reading.types(robin, "csat", "week"))).toContain(
      "Cases: 0 open, 0 overdue · recovered 4 of 6 asked again",
    );
    expect(linesOf(await reading.types(robin, "csat", "last week")).join()).not.toContain("Cases:");
    expect((await lines(reading, "cases last week"))[6]).toBe("Right when asked again: none yet");
  });

  test("eight on a page, forth and back", async () => {
    const { add, types, presses } = await enter();
    for (let i = 0; i < 9; i += 1) await add();
    const first = await types(robin, "aftertalk", "cases month");
    const second = updateOf(await presses(robin, tokenOf(first, "Next")));
    expect(linesOf(second)).toContain("The most urgent first. 9–9");
    const back = updateOf(await presses(robin, tokenOf(second, "Previous")));
    expect(linesOf(back)).toContain("The most urgent first. 1–8");
  });

  test("T10 neither the command nor an old button shows cases to others", async () => {
    const { add, types, presses } = await enter();
    for (let i = 0; i < 9; i += 1) await add();
    const card = await types(robin, "aftertalk", "cases");
    for (const from of [kim, dana, { ...robin, role: "agent" } as const]) {
      expect(linesOf(await types(from, "cases")).join()).not.toContain("Open cases");
      for (const label of ["Next", "#1 Somebody"]) {
        const reply = await presses(from, tokenOf(card, label));
        expect(reply.kind === "message" && linesOf(reply.message)).toHaveLength(1);
      }
    }
    expect(linesOf(await types(robin, "cases", "weeek"))).toContain("Did you mean week?");
  });
});
