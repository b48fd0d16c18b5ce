/** What triggers find: each kind of fact, at its time, once. */
import { sql } from "kysely";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { newId } from "../../src/store/ids.ts";
import { triggerHits } from "../../src/store/trigger-hits.ts";
import { describeEachDatabase, type TestDatabase } from "../support/database.ts";
import { createPlanning, DAY_MS, HOUR_MS, type Planning } from "./planning-support.ts";

describeEachDatabase("what triggers find", (open) => {
  let database: TestDatabase;
  let p: Planning;

  beforeAll(async () => {
    database = await open();
  });
  beforeEach(async () => {
    p = await createPlanning(database);
  });

  const set = (table: "people" | "accounts" | "chats", id: string, values: object) =>
    database.db
      .updateTable(table)
      .set(values)
      .where("workspace_id", "=", p.workspaceId)
      .where("id", "=", id)
      .execute();

  async function account(values: object = {}): Promise<string> {
    const row = { id: newId(), external_id: newId(), name: "Globex", created_at: p.days(-400) };
    await database.db
      .insertInto("accounts")
      .values({ workspace_id: p.workspaceId, ...row, ...values })
      .execute();
    return row.id;
  }

  test("a closed chat is asked about when its delay is over, once, as long as it is closed", async () => {
    const schedule = await p.on({
      kind: "still-solved",
      trigger: { on: "chat-closed", delay: "3d", teams: ["Billing"] },
    });
    const customer_id = await p.person();
    const chat = { customer_id, team: "Billing", state: "closed", closings: 1 } as const;
    const id = await p.chat({ ...chat, closed_at: p.days(0) });
    await p.chat({ ...chat, team: "Sales", closed_at: p.days(0) });
    await p.chat({ ...chat, closed_at: p.days(-1) }); // before the schedule was on
    const reopened = await p.chat({ ...chat, closed_at: p.days(0) });
    p.clock.advance(3 * DAY_MS - HOUR_MS);
    expect(await p.plan()).toBe(0);
    await set("chats", reopened, { state: "open", closed_at: null });
    p.clock.advance(HOUR_MS);
    expect(await p.plan()).toBe(1);
    expect(await p.plan()).toBe(0);
    const [invitation, ...others] = await p.planned(schedule);
    expect(others).toEqual([]);
    expect(invitation).toMatchObject({
      ...{ person_id: customer_id, connection_id: p.connectionId, chat_id: id, closing: 1 },
      ...{ state: "planned", kind: "still-solved", schedule_version: 1, language: "en" },
      ...{ due_at: p.days(0), expires_at: p.days(7), created_at: p.days(0) },
    });
    await set("chats", reopened, { state: "closed", closings: 2, closed_at: p.days(0) });
    p.clock.advance(3 * DAY_MS);
    expect(await p.plan()).toBe(1);
    expect((await p.planned(schedule)).map(({ closing }) => closing)).toEqual([1, 2]);
  });

  test("what was due while nothing was running is found as long as it may wait, and no longer", async () => {
    const schedule = await p.on({ trigger: { on: "person-joined" }, limits: { waitAtMost: "5d" } });
    await p.person({ created_at: p.days(0) });
    p.clock.advance(4 * DAY_MS);
    await p.person({ created_at: p.days(0) });
    p.clock.advance(2 * DAY_MS);
    expect(await p.plan()).toBe(1);
    expect((await p.planned(schedule)).map(({ due_at }) => due_at)).toEqual([p.days(-2)]);
  });

  test("somebody joins on the day that was told, else when they are met; on a second platform not again", async () => {
    const schedule = await p.on({ trigger: { on: "person-joined", delay: "1d" } });
    const told = await p.person({ joined_at: p.days(1), created_at: p.days(-3) });
    const met = await p.person({ created_at: p.days(0) });
    await p.person({ created_at: p.days(0), human_id: told });
    await p.person({ created_at: p.days(0), joined_at: p.days(-800) });
    for (const values of [
      { role: "agent" },
      { bot: true },
      { test: true },
      { source: "sample" },
    ] as const)
      await p.person({ created_at: p.days(0), ...values });
    p.clock.advance(DAY_MS);
    expect(await p.plan()).toBe(1);
    p.clock.advance(DAY_MS);
    expect(await p.plan()).toBe(1);
    const people = (await p.planned(schedule)).map(({ person_id }) => person_id);
    expect(people[0]).toBe(met);
    expect(people).toHaveLength(2);
  });

  test("the people of an account hear of its joining and its leaving, its buyers if only they are meant", async () => {
    const joined = await p.on({ trigger: { on: "account-joined" } });
    const left = await p.on({
      kind: "exit",
      trigger: { on: "account-left" },
      audience: { accountRole: "buyer" },
    });
    const account_id = await account({ joined_at: p.days(0) });
    const buyer = await p.person({ account_id, account_role: "buyer" });
    await p.person({ account_id, account_role: "user" });
    await p.person({ account_id: await account() });
    expect(await p.plan()).toBe(2);
    expect(await p.planned(joined)).toHaveLength(2);
    await set("accounts", account_id, { left_at: p.days(0), left_noted_at: p.days(0) });
    expect(await p.plan()).toBe(1);
    expect((await p.planned(left)).map(({ person_id }) => person_id)).toEqual([buyer]);
  });

  test("a leaving is asked about when it is heard of, once, of the person and of their account", async () => {
    const person = await p.on({ kind: "exit", trigger: { on: "person-left" } });
    const company = await p.on({ kind: "exit", trigger: { on: "account-left" } });
    const account_id = await account();
    const dana = await p.person({ account_id });
    const long = await p.person();
    p.clock.advance(10 * DAY_MS);
    await set("people", long, { left_at: p.days(-60), left_noted_at: p.days(0) });
    await set("people", dana, { left_at: p.days(-9), left_noted_at: p.days(0) });
    await set("accounts", account_id, { left_at: p.days(-9), left_noted_at: p.days(0) });
    expect(await p.plan()).toBe(1);
    await set("people", dana, { left_at: p.days(-8) }); // corrected
    p.clock.advance(DAY_MS);
    expect(await p.plan()).toBe(0);
    expect(await p.planned(company)).toEqual([]);
    expect(await p.planned(person)).toMatchObject([{ person_id: dana, due_at: p.days(-1) }]);
  });

  test("who leaves at a day to come is asked on that day", async () => {
    await p.on({ kind: "exit", trigger: { on: "person-left" } });
    await p.person({ left_at: p.days(5), left_noted_at: p.days(0) });
    expect(await p.plan()).toBe(0);
    p.clock.advance(5 * DAY_MS);
    expect(await p.plan()).toBe(1);
  });

  test("a day begins where the person is, or at home for who is in no zone that there is", async () => {
    const before = { on: "date", date: "renewal", before: "1d" } as const;
    const ofAccount = await p.on({ trigger: before });
    const ofPerson = await p.on({
      trigger: { on: "date", date: "birthday", of: "person", delay: "2h" },
    });
    const account_id = await account();
    const tokyo = await p.person({ account_id, time_zone: "Asia/Tokyo" });
    const nowhere = await p.person({ account_id, time_zone: "Mars/Olympus" });
    const second = await p.person({ human_id: tokyo, account_id, time_zone: "America/New_York" });
    const dates = { workspace_id: p.workspaceId, on: "2026-11-06" };
    await database.db
      .insertInto("dates")
      .values([
        { ...dates, owner: "account", owner_id: account_id, name: "renewal" },
        { ...dates, owner: "person", owner_id: second, name: "birthday" },
      ])
      .execute();
    p.clock.advance(5 * DAY_MS);
    expect(await p.plan()).toBe(3);
    const due = (await p.planned(ofAccount)).map(({ person_id, due_at }) => [person_id, due_at]);
    expect(due).toEqual([
      [tokyo, new Date("2026-11-04T15:00:00Z")],
      [nowhere, new Date("2026-11-05T00:00:00Z")],
    ]);
    expect(await p.planned(ofPerson)).toMatchObject([{ due_at: new Date("2026-11-05T17:00:00Z") }]);
    // Put off by a week it is the same renewal.
    await database.db
      .updateTable("dates")
      .set({ on: "2026-11-13" })
      .where("workspace_id", "=", p.workspaceId)
      .execute();
    p.clock.advance(7 * DAY_MS);
    expect(await p.plan()).toBe(0);
  });

  test("signals are asked about when they rise to the tier, not when they stay or fall", async () => {
    const schedule = await p.on({
      kind: "churn",
      trigger: { on: "signals-reached", tier: "watch" },
    });
    const human_id = await p.person();
    const rises = [null, "watch", "high", "low", "high", "watch"] as const;
    for (const [index, tier] of rises.entries()) {
      if (tier === null) continue;
      p.clock.advance(HOUR_MS);
      await database.db
        .insertInto("signal_events")
        .values({
          ...{ workspace_id: p.workspaceId, id: newId(), human_id, at: p.days(0) },
          ...{ from_tier: rises[index - 1] ?? null, tier, points: 3, reasons: "[]" },
        })
        .execute();
    }
    expect(await p.plan()).toBe(2);
    const due = (await p.planned(schedule)).map(({ due_at }) => due_at?.getTime());
    expect(due).toEqual([p.days(0).getTime() - 4 * HOUR_MS, p.days(0).getTime() - HOUR_MS]);
  });

  test("an answer in the range is asked about, an import or sample data is not, nor what is seen in totals", async () => {
    const schedule = await p.on({ trigger: { on: "answer-given", metric: "nps", from: 0, to: 6 } });
    const dana = await p.person();
    const unhappy = await p.answer(dana, { score: 6 });
    await p.answer(dana, { score: 7 });
    await p.answer(dana, { score: 3, metric: "ces" });
    await p.answer(dana, { score: 1, invitation: { kind: "import" } });
    await p.answer(dana, { score: 1, invitation: { kind: "sample" } });
    await p.answer(await p.person({ test: true }), { score: 1 });
    const totals = await p.answer(dana, { score: 2 });
    await database.db
      .updateTable("answers")
      .set({ promise: "totals" })
      .where("workspace_id", "=", p.workspaceId)
      .where("invitation_id", "=", totals)
      .execute();
    expect(await p.plan()).toBe(1);
    const [invitation] = await p.planned(schedule);
    expect(invitation?.reason_key).toBe(`${schedule.id}:answer:${unhappy}`);
  });

  test("one human is asked once, where they were active last, if the audience is there", async () => {
    const discord = await p.database.db
      .insertInto("connections")
      .values({
        ...{ workspace_id: p.workspaceId, id: newId(), platform: "discord" },
        ...{ external_id: newId(), name: "Guild" },
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    const everywhere = await p.on({ trigger: { on: "person-joined" } });
    const inSlack = await p.on({
      trigger: { on: "person-joined" },
      audience: { platforms: ["slack"] },
    });
    const human = await p.person({ created_at: p.days(0), active_at: p.days(-2) });
    const guild = await p.person({ human_id: human, active_at: p.days(-1) }, discord.id);
    await p.database.db
      .updateTable("people")
      .set({ joined_at: p.days(0) })
      .where("id", "=", human)
      .execute();
    expect(await p.plan()).toBe(2);
    expect(await p.planned(everywhere)).toMatchObject([
      { person_id: guild, connection_id: discord.id },
    ]);
    expect(await p.planned(inSlack)).toMatchObject([
      { person_id: human, connection_id: p.connectionId },
    ]);
  });

  test("the same query foretells, page by page, and writes nothing", async () => {
    const schedule = await p.on({
      kind: "still-solved",
      trigger: { on: "chat-closed", delay: "3d" },
    });
    const customer_id = await p.person();
    for (const hours of [1, 2, 3]) {
      const closed_at = new Date(p.clock.now().getTime() + hours * HOUR_MS);
      await p.chat({ customer_id, state: "closed", closings: 1, closed_at });
    }
    p.clock.advance(DAY_MS);
    const window = { from: p.clock.now(), to: p.days(30), limit: 2 };
    const first = await triggerHits(database.db, p.workspaceId, schedule, window);
    expect(first).toMatchObject([{ humanId: customer_id }, { personId: customer_id }]);
    const after = first[1];
    const rest = await triggerHits(database.db, p.workspaceId, schedule, { ...window, after });
    expect(rest.map(({ dueAt }) => dueAt)).toEqual([new Date(p.days(2).getTime() + 3 * HOUR_MS)]);
    expect(await p.planned(schedule)).toEqual([]);
    // A schedule that is not on would ask about nothing that is over by now.
    const paused = { ...schedule, state: "paused" } as const;
    expect(await triggerHits(database.db, p.workspaceId, paused, window)).toEqual([]);
  });

  test("a schedule that cannot be planned keeps no other from it", async () => {
    await p.on({ survey: "relationship-nps", trigger: { on: "person-joined" } });
    const broken = await p.on({ trigger: { on: "chat-closed" } });
    await p.person({ created_at: p.days(0) });
    await sql`update schedule_versions set definition = jsonb_set(definition, '{survey}', '"gone"')
      where workspace_id = ${p.workspaceId} and schedule_id = ${broken.id}`.execute(database.db);
    expect(await p.plan()).toBe(1);
  });
});
