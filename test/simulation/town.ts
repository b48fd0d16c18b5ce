/** Everything that a simulated workspace begins with. */
import type { ConnectionRef, PlatformUser } from "../../src/platform.ts";
import { makeSchedule } from "../../src/scheduling/definition/schedule.ts";
import { standardSchedules } from "../../src/scheduling/definition/standard-schedules.ts";
import { ensureConnection, findConnection } from "../../src/store/connections.ts";
import { ensureSchedules, saveSchedule, switchSchedule } from "../../src/store/schedules.ts";
import type { Db } from "../../src/store/schema.ts";
import { ensureSurveys } from "../../src/store/surveys.ts";
import { standardSurveys } from "../../src/surveys/standard.ts";
import type { TestDatabase } from "../support/database.ts";
import { insertWorkspace } from "../support/database-rows.ts";
import { createDice, type Dice } from "../support/random.ts";
import { drawChats } from "./chats.ts";
import { drawHumans, type Human, settlePeople } from "./population.ts";
import type { Plan } from "./run.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/** One that can be asked for a delivery, as Slack, and one that de-duplicates by key, as Discord. */
const platforms = [
  { name: "first", finds: true },
  { name: "second", finds: false },
] as const;

/** Days on which nobody is asked. */
export const holidays = ["2026-12-25", "01-01", "2027-04-05", "05-01"];

export interface Size {
  readonly people: number;
  readonly start: Date;
  readonly days: number;
  readonly chatsAMonth: number;
  readonly tickMinutes: number;
}

/** Where the workspace is, and how many its weekly schedule asks a day. */
export const TIME_ZONE = "Europe/Berlin";
export const PULSE_A_DAY = 30;

/** Beside the standard ones: each week a fifth of those on one platform, spread over the day. */
const pulse = makeSchedule({
  name: "pulse",
  kind: "other",
  survey: "chat-csat",
  trigger: { on: "cron", cron: "30 8 * * 2", timeZone: "Europe/Berlin" },
  audience: { platforms: ["first"], daysSinceJoined: { min: 30 } },
  limits: { every: "60d", sample: 0.2, perDay: PULSE_A_DAY },
});

/** All of them are on from the start. */
async function switchOn(db: Db, workspaceId: number, now: Date): Promise<void> {
  await ensureSchedules(db, workspaceId, standardSchedules, now);
  await saveSchedule(db, workspaceId, pulse, "simulation", now);
  for (const { name } of [...standardSchedules.map(({ definition }) => definition), pulse]) {
    await switchSchedule(db, workspaceId, name, "on", now);
  }
}

/** Builds the workspace and draws what is going to happen in it, all from the seed. */
export async function buildTown(
  database: TestDatabase,
  seed: number,
  size: Size,
): Promise<{ workspaceId: number; humans: readonly Human[]; plan: Omit<Plan, "onDay"> }> {
  const { db } = database;
  const dice = createDice(seed);
  const settings = JSON.stringify({ hours: { holidays } });
  const workspaceId = await insertWorkspace(db, { time_zone: TIME_ZONE, settings });
  await ensureSurveys(db, workspaceId, standardSurveys("Acme"));
  await switchOn(db, workspaceId, size.start);
  const connections = new Map<string, ConnectionRef>();
  const ids = new Map<string, string>();
  for (const { name } of platforms) {
    const ref = { platform: name, externalId: `T-${name}` };
    connections.set(name, ref);
    await ensureConnection(db, workspaceId, ref, name);
    ids.set(name, (await findConnection(db, ref))?.id ?? "");
  }
  const humans = drawHumans(dice, { ...size, platforms: ["first", "second"] });
  await settlePeople(db, workspaceId, humans, ids);
  const agents = new Map(platforms.map(({ name }) => [name, agentsOf(name)]));
  const events = drawChats(dice, { ...size, humans, agents, connections });
  return {
    workspaceId,
    humans,
    plan: {
      database,
      dice,
      humans,
      platforms,
      connections,
      start: size.start,
      days: size.days,
      tickMinutes: size.tickMinutes,
      killing: 0.002,
      outagesAMonth: 3,
      events,
      also: drawLeaving(dice, db, workspaceId, humans, size),
    },
  };
}

/** About one in a hundred a month is a customer no more, and somebody tells us the same day. */
function drawLeaving(
  dice: Dice,
  db: Db,
  workspaceId: number,
  humans: readonly Human[],
  { start, days }: Size,
): Plan["also"] {
  return humans.flatMap(({ users }) => {
    if (!dice.chance((0.01 * days) / 30)) return [];
    const at = new Date(start.getTime() + dice.number() * days * DAY_MS);
    const names = users.flatMap(({ user }) => user.name ?? []);
    const left = { left_at: at, left_noted_at: at, left_rule: "cancelled" };
    const act = async () => {
      await db
        .updateTable("people")
        .set(left)
        .where("workspace_id", "=", workspaceId)
        .where("name", "in", names)
        .execute();
    };
    return [{ at, act }];
  });
}

function agentsOf(platform: string): PlatformUser[] {
  return ["Kim", "Sam", "Alex"].map((name) => ({
    externalId: `${platform}-agent-${name}`,
    name,
    role: "agent",
    locale: "en",
  }));
}
