/** A workspace with schedules, people and what happens to them, for tests of planning. */
import type { Engine } from "../../src/engine.ts";
import {
  makeSchedule,
  type Schedule,
  type ScheduleInput,
} from "../../src/scheduling/definition/schedule.ts";
import { planWorkspace } from "../../src/scheduling/plan/plan-due.ts";
import { newId } from "../../src/store/ids.ts";
import { readSchedule, saveSchedule, switchSchedule } from "../../src/store/schedules.ts";
import type { NewRow, Row, Schema } from "../../src/store/schema.ts";
import type { TestClock } from "../support/clock.ts";
import type { TestDatabase } from "../support/database.ts";
import { insertConnection, insertInvitation, insertPerson } from "../support/database-rows.ts";
import { createWorld } from "../support/world.ts";

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

type Values<T extends keyof Schema> = Partial<Omit<NewRow<T>, "workspace_id">>;

interface Given {
  readonly score: number;
  readonly metric: "nps" | "ces";
}

export interface Planning {
  readonly engine: Engine;
  readonly clock: TestClock;
  readonly database: TestDatabase;
  readonly workspaceId: number;
  readonly connectionId: string;
  /** So many days before (negative) or after now. */
  days(n: number): Date;
  /** A schedule that is on from now. Its survey is asked of nobody else. */
  on(written: Omit<ScheduleInput, "name" | "kind"> & Partial<ScheduleInput>): Promise<Schedule>;
  /** A customer who can be written to; by default known for long. */
  person(values?: Values<"people">, at?: string): Promise<string>;
  chat(values: Values<"chats">): Promise<string>;
  /** An answer with a score to an invitation that is made for it. */
  answer(
    personId: string,
    given: { score: number; metric?: "nps" | "ces"; invitation?: Values<"invitations"> },
  ): Promise<string>;
  /** An answer to one that waits. */
  answers(invitationId: string, score: number): Promise<void>;
  /** Plans what is due by the clock; gives how many invitations. */
  plan(): Promise<number>;
  /** What is planned of a schedule, the earliest first. */
  planned(schedule: Schedule): Promise<Row<"invitations">[]>;
}

/** A workspace of its own in which nothing happens by itself. */
export async function createPlanning(database: TestDatabase): Promise<Planning> {
  const { db } = database;
  const world = await createWorld(database);
  const { engine, clock, workspaceId } = world;
  await switchSchedule(db, workspaceId, "after-chat", "paused", clock.now());
  const connectionId = await insertConnection(db, workspaceId, { platform: "slack" });
  const surveys = await db
    .selectFrom("surveys")
    .select(["id", "key"])
    .where("workspace_id", "=", workspaceId)
    .execute();
  const surveyId = surveys.find(({ key }) => key === "relationship-nps")?.id ?? "";
  const now = () => clock.now();
  let names = 0;
  const keep = (invitationId: string, personId: string | null, given: Given) =>
    db
      .insertInto("answers")
      .values({
        ...{ workspace_id: workspaceId, invitation_id: invitationId, question: "score" },
        ...{ survey_id: surveyId, survey_version: 1, person_id: personId },
        ...{ scale_min: 0, scale_max: 10, answered_at: now(), ...given },
      })
      .execute();
  return {
    ...{ engine, clock, database, workspaceId, connectionId },
    days: (n) => new Date(now().getTime() + n * DAY_MS),
    async on(written) {
      names += 1;
      const definition = makeSchedule({
        name: `s-${names}`,
        kind: "other",
        ...(written.steps === undefined && { survey: "relationship-nps" }),
        ...written,
      });
      const { name } = definition;
      await saveSchedule(db, workspaceId, definition, "operator", now());
      await switchSchedule(db, workspaceId, name, "on", now());
      const schedule = await readSchedule(db, workspaceId, name);
      if (schedule === undefined) throw new Error("the schedule is not there");
      return schedule;
    },
    async person(values = {}, at = connectionId) {
      const longAgo = new Date(now().getTime() - 400 * DAY_MS);
      const id = await insertPerson(db, workspaceId, { created_at: longAgo, ...values });
      await db
        .insertInto("identities")
        .values({
          workspace_id: workspaceId,
          connection_id: at,
          external_id: id,
          person_id: id,
          created_at: longAgo,
        })
        .execute();
      return id;
    },
    async chat(values) {
      const id = newId();
      await db
        .insertInto("chats")
        .values({
          ...{ workspace_id: workspaceId, id, connection_id: connectionId, external_id: id },
          opened_at: new Date(now().getTime() - HOUR_MS),
          ...values,
        })
        .execute();
      return id;
    },
    async answer(personId, { score, metric = "nps", invitation }) {
      const invitationId = await insertInvitation(db, workspaceId, surveyId, {
        ...{ person_id: personId, connection_id: connectionId, state: "answered" },
        ...{ asked_at: now(), answered_at: now(), created_at: now() },
        ...invitation,
      });
      await keep(invitationId, personId, { metric, score });
      return invitationId;
    },
    async answers(id, score) {
      const { person_id } = await db
        .updateTable("invitations")
        .set({ state: "answered", asked_at: now(), answered_at: now() })
        .where("workspace_id", "=", workspaceId)
        .where("id", "=", id)
        .returning("person_id")
        .executeTakeFirstOrThrow();
      await keep(id, person_id, { metric: "nps", score });
    },
    plan: () => planWorkspace(engine, workspaceId),
    planned: (schedule) =>
      db
        .selectFrom("invitations")
        .selectAll()
        .where("workspace_id", "=", workspaceId)
        .where("schedule_id", "=", schedule.id)
        .orderBy("due_at")
        .orderBy("reason_key")
        .execute(),
  };
}
