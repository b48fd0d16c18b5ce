import { beforeAll, beforeEach, expect, test } from "vitest";
import { runAskJob } from "../../src/scheduling/ask/ask.ts";
import { decideDue } from "../../src/scheduling/ask/decide-due.ts";
import type { QuietUntil } from "../../src/scheduling/ask/quiet.ts";
import type { Schedule } from "../../src/scheduling/definition/schedule.ts";
import { setConsent } from "../../src/store/consent.ts";
import { newId } from "../../src/store/ids.ts";
import type { InvitationKind, NewRow } from "../../src/store/schema.ts";
import { changeSettings } from "../../src/store/settings.ts";
import { describeEitherDatabase, type TestDatabase } from "../support/database.ts";
import { insertInvitation } from "../support/database-rows.ts";
import { createPlanning, DAY_MS, HOUR_MS, MINUTE_MS, type Planning } from "./planning-support.ts";

describeEitherDatabase("what is due is decided", (open, databaseKind) => {
  let database: TestDatabase;
  let there: Planning;

  beforeAll(async () => {
    database = await open();
  });
  beforeEach(async () => {
    there = await createPlanning(database);
  });

  /** Something due since a minute. */
  async function due(
    personId: string,
    kind: InvitationKind,
    values: Partial<NewRow<"invitations">> = {},
    place = there,
  ): Promise<string> {
    const { workspaceId, connectionId, clock } = place;
    const survey = await database.db
      .selectFrom("surveys")
      .select("id")
      .where("workspace_id", "=", workspaceId)
      .where("key", "=", "relationship-nps")
      .executeTakeFirstOrThrow();
    const due_at = new Date(clock.now().getTime() - MINUTE_MS);
    const row = { person_id: personId, connection_id: connectionId, kind, due_at, ...values };
    return insertInvitation(database.db, workspaceId, survey.id, row);
  }
  /** The same for so many others. */
  async function copies(id: string, many: number): Promise<string[]> {
    const { workspaceId, connectionId } = there;
    const { created_at: _, ...row } = await look(id);
    const people = Array.from({ length: many }, () => newId());
    const ours = people.map((person) => ({ workspace_id: workspaceId, id: person }));
    await database.db
      .insertInto("people")
      .values(ours.map((each) => ({ ...each, name: "Ada" })))
      .execute();
    await database.db
      .insertInto("identities")
      .values(
        people.map((person) => ({
          ...{ workspace_id: workspaceId, connection_id: connectionId },
          ...{ external_id: person, person_id: person },
        })),
      )
      .execute();
    await database.db
      .insertInto("invitations")
      .values(
        ours.map((each) => ({
          ...row,
          ...{ ...each, person_id: each.id, reason_key: each.id },
          ...{ conversation: null, address: null },
        })),
      )
      .execute();
    return people;
  }
  const by = ({ id, version }: Schedule) => ({ schedule_id: id, schedule_version: version });

  const look = async (id: string) =>
    database.db
      .selectFrom("invitations")
      .selectAll()
      .where("id", "=", id)
      .executeTakeFirstOrThrow();

  const decisions = async (id: string) =>
    database.db
      .selectFrom("decisions")
      .select(["verdict", "gate", "reason", "until"])
      .where("invitation_id", "=", id)
      .orderBy("decided_at")
      .orderBy("id")
      .execute();

  /** Whose jobs wait, those first that are taken first. */
  const jobs = async (ids: readonly string[]): Promise<string[]> => {
    const { rows } = await database.jobsDatabase.executeSql(
      `select data->>'invitationId' as id from pgboss.job
        where name = 'ask' and data->>'invitationId' = any($1::text[])
        order by priority desc, created_on, id`,
      [[...ids]],
    );
    return rows.map((row: { id: string }) => row.id);
  };

  const ask = (invitationId: string, quiet?: QuietUntil) =>
    runAskJob(there.engine, { workspaceId: there.workspaceId, invitationId }, quiet);

  test("the most important question goes first, and the others wait for their turn, the cap or a day", async () => {
    const person = await there.person();
    const other = await due(person, "relationship");
    const still = await due(person, "still-solved");
    const exit = await due(person, "exit");
    await decideDue(there.engine);
    expect(await jobs([other, still, exit])).toEqual([exit]);
    expect(await look(other)).toMatchObject({ state: "planned", state_reason: "other-first" });
    await ask(exit);
    expect(await look(exit)).toMatchObject({ state: "asked" });
    there.clock.advance(5 * MINUTE_MS);
    await decideDue(there.engine);
    expect(await look(still)).toMatchObject({ state_reason: "other-first" });
    expect(await look(other)).toMatchObject({ state_reason: "asked-recently" });
    expect(await decisions(other)).toMatchObject([
      { verdict: "defer", gate: "turn" },
      { verdict: "defer", gate: "cap", until: new Date(there.days(7).getTime() - 5 * MINUTE_MS) },
    ]);
  });

  test("whoever left with their account is asked why once", async () => {
    const person = await there.person();
    const first = await due(person, "exit");
    const expires_at = there.days(14);
    const second = await due(person, "exit", { expires_at });
    await ask(first);
    expect(await look(first)).toMatchObject({ state: "asked" });
    there.clock.advance(60_000);
    await decideDue(there.engine);
    expect(await look(second)).toMatchObject({ state: "expired", state_reason: "own-clock" });
  });

  test("one job decides all that is due of a human, in their order, whichever it was put in for", async () => {
    const person = await there.person();
    const self = await there.person({ human_id: person });
    const churn = await due(self, "churn");
    const chat = await due(person, "onboarding");
    await ask(chat);
    expect(await look(churn)).toMatchObject({ state: "asked" });
    expect(await look(chat)).toMatchObject({ state: "planned", state_reason: "asked-recently" });
    await ask(churn);
    await ask(chat);
    expect(await decisions(churn)).toHaveLength(1);
  });

  test("what waits for the same reason again is kept once, with the time until when it waits", async () => {
    const { db } = database;
    const invitation = await due(await there.person(), "relationship");
    const late = await due(await there.person(), "relationship", {
      expires_at: new Date(there.clock.now().getTime() + 20 * MINUTE_MS),
    });
    const stop = (stopped: boolean) =>
      changeSettings(
        db,
        there.workspaceId,
        { asking: { stopped } },
        { actor: "operator", at: there.clock.now() },
      );
    await stop(true);
    await decideDue(there.engine);
    there.clock.advance(15 * MINUTE_MS);
    await decideDue(there.engine);
    expect(await decisions(invitation)).toEqual([
      {
        verdict: "defer",
        gate: "stopped",
        reason: "asking-stopped",
        until: new Date(there.clock.now().getTime() + 15 * MINUTE_MS),
      },
    ]);
    expect(await look(late)).toMatchObject({ state: "expired", state_reason: "asking-stopped" });
    expect((await decisions(late)).map(({ verdict }) => verdict)).toEqual(["defer", "suppress"]);
    await stop(false);
    there.clock.advance(15 * MINUTE_MS);
    await decideDue(there.engine);
    await ask(invitation);
    expect(await look(invitation)).toMatchObject({ state: "asked" });
  });

  test("a schedule's limits hold: audience, sample, hours, and a daily cap without a slot given twice", async () => {
    const schedule = await there.on({
      trigger: { on: "person-joined" },
      audience: { plans: ["pro"] },
      limits: { perDay: 4 },
    });
    const out = await due(await there.person(), "other", by(schedule));
    const people = await Promise.all(
      Array.from({ length: 10 }, () => there.person({ plan: "Pro", time_zone: "Europe/Paris" })),
    );
    const invitations = await Promise.all(people.map((each) => due(each, "other", by(schedule))));
    const turns = databaseKind === "postgres" ? [1, 2, 3] : [1];
    await Promise.all(turns.map(() => decideDue(there.engine)));
    expect(await look(out)).toMatchObject({ state: "suppressed", state_reason: "not-in-audience" });
    const rows = await Promise.all(invitations.map(look));
    const slots = rows.map(({ slot_at }) => slot_at?.getTime() ?? expect.fail()).sort();
    expect(new Set(slots).size).toBe(10);
    const days = Map.groupBy(slots, (slot) => Math.floor(slot / DAY_MS));
    // At noon two of the four slots of today are over.
    expect([...days.values()].map(({ length }) => length)).toEqual([2, 4, 4]);
    expect(await jobs(invitations)).toHaveLength(1);
    const waiting = rows.filter(({ state_reason }) => state_reason === "daily-cap");
    expect(waiting).toHaveLength(9);
    for (const { due_at } of waiting) {
      const hour = (due_at ?? new Date(0)).getUTCHours() + 1;
      expect(hour >= 9 && hour < 17).toBe(true);
    }
  });

  test("who must not be asked is not, and a person who is gone leaves nothing behind", async () => {
    const { db } = database;
    const never = await there.person();
    await setConsent(db, there.workspaceId, never, "never");
    const left = await there.person({ left_at: there.days(-1) });
    const outcomes = await Promise.all(
      [never, left].map(async (person) => due(person, "relationship")),
    );
    await decideDue(there.engine);
    const reasons = await Promise.all(outcomes.map(async (id) => (await look(id)).state_reason));
    expect(reasons).toEqual(["never-again", "left"]);
    expect(await jobs(outcomes)).toEqual([]);
  });

  test("D14 T9 a burst of one workspace does not hold up another", async () => {
    const other = await createPlanning(database);
    const first = await due(await there.person(), "relationship");
    const crowd = [first, ...(await copies(first, 700))];
    const few = await Promise.all(
      [1, 2, 3].map(async () => due(await other.person(), "relationship", {}, other)),
    );
    await decideDue(there.engine);
    const order = await jobs([...crowd, ...few]);
    expect(order).toHaveLength(704);
    const behind = few.map((id) => order.indexOf(id));
    expect(Math.max(...behind)).toBeLessThan(100);
  });

  test("the platform is asked whether they want to be disturbed, last of all, and nobody waits for it", async () => {
    const { clock } = there;
    const until = new Date(clock.now().getTime() + 2 * HOUR_MS);
    const asked: string[] = [];
    const quiet: QuietUntil = async ({ platform }) => {
      asked.push(platform);
      return until;
    };
    const paused = await there.person({ consent: "paused", paused_until: there.days(1) });
    await ask(await due(paused, "relationship"), quiet);
    await ask(await due(await there.person(), "manual"), quiet);
    expect(asked).toEqual([]);
    const invitation = await due(await there.person(), "relationship");
    await ask(invitation, quiet);
    expect(asked).toEqual(["slack"]);
    expect(await look(invitation)).toMatchObject({
      state: "planned",
      state_reason: "do-not-disturb",
      due_at: until,
    });
    clock.advance(2 * HOUR_MS);
    await ask(invitation, async () => {
      throw new Error("no such method");
    });
    expect(await look(invitation)).toMatchObject({ state: "asked" });
    const unable = await due(await there.person(), "relationship");
    await ask(unable, () => undefined);
    expect(await look(unable)).toMatchObject({ state: "asked" });
  });

  test("D11 however many are at one human at once, one question is asked", async () => {
    const races = databaseKind === "postgres" ? 8 : 2;
    for (let race = 0; race < races; race += 1) {
      const person = await there.person();
      const self = await there.person({ human_id: person });
      const all = [
        await due(person, "manual"),
        await due(self, "relationship"),
        await due(self, "onboarding"),
      ];
      await Promise.all([
        ...all.map((id) => ask(id)),
        decideDue(there.engine),
        ...all.map((id) => ask(id)),
      ]);
      // The jobs that the sweep has put in, if it was the first.
      for (const id of all) await ask(id);
      const states = (await Promise.all(all.map(look))).map(({ state }) => state);
      expect(states.filter((state) => state === "asked")).toHaveLength(1);
      expect(states.filter((state) => state === "planned")).toHaveLength(2);
    }
  });
});
