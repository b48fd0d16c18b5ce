/** The victim's clockwork: two schedules that are on, its chores one after the other, and its hands. */
import { setTimeout } from "node:timers/promises";
import { sql } from "kysely";
import type { Engine } from "../../src/engine.ts";
import { decideDue } from "../../src/scheduling/ask/decide-due.ts";
import { remindDue } from "../../src/scheduling/ask/remind.ts";
import { makeSchedule } from "../../src/scheduling/definition/schedule.ts";
import { claimRuns } from "../../src/scheduling/plan/cron-runs.ts";
import { planDue } from "../../src/scheduling/plan/plan-due.ts";
import { planRuns } from "../../src/scheduling/plan/plan-run.ts";
import { saveSchedule, switchSchedule } from "../../src/store/schedules.ts";
import type { Db } from "../../src/store/schema.ts";
import { inTransaction } from "../../src/store/transaction.ts";
import { type Hands, MEANT, MET } from "./schedule-story.ts";

const shared = { kind: "other", survey: "relationship-nps" } as const;
const limits = { anyHour: true } as const;
const schedules = [
  makeSchedule({
    ...{ ...shared, limits, name: "met", audience: { languages: [MET] } },
    trigger: { on: "person-joined" },
  }),
  makeSchedule({
    ...{ ...shared, limits, name: "meant", audience: { languages: [MEANT] } },
    trigger: { on: "cron", cron: "0 0 1 1 *" },
  }),
];

/** Both schedules are there and on. */
export async function setUpSchedules({ db }: Pick<Engine, "db">, workspaceId: number) {
  const now = new Date();
  await inTransaction(db, async (trx) => {
    for (const definition of schedules) {
      await saveSchedule(trx, workspaceId, definition, "operator", now);
      await switchSchedule(trx, workspaceId, definition.name, "on", now);
    }
  });
}

/** Does what the ticker does each minute, without end. */
export async function runClock(engine: Engine): Promise<never> {
  for (;;) {
    await claimRuns(engine);
    await planRuns(engine);
    await planDue(engine);
    await decideDue(engine);
    await remindDue(engine);
    await setTimeout(100);
  }
}

/** Twice has one effect: whoever was not answered says it again. */
export async function turnHands(db: Db, workspaceId: number, hands: Hands): Promise<void> {
  if (hands.kind === "remind") {
    await sql`update invitations set remind_at = now() where workspace_id = ${workspaceId}
      and state = 'asked' and kind = 'other' and reminded_at is null
      and schedule_id = (select id from schedules where workspace_id = ${workspaceId}
        and name = 'met')`.execute(db);
    return;
  }
  await sql`update schedules s set next_at = ${hands.fireAt}::timestamptz
    where workspace_id = ${workspaceId} and name = 'meant' and not exists (
      select from schedule_runs r where r.workspace_id = s.workspace_id and r.schedule_id = s.id
        and r.fire_at = ${hands.fireAt}::timestamptz)`.execute(db);
}
