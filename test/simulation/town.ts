/** Everything that a simulated workspace begins with. */
import type { ConnectionRef, PlatformUser } from "../../src/platform.ts";
import { ensureConnection, findConnection } from "../../src/store/connections.ts";
import { ensureSurveys } from "../../src/store/surveys.ts";
import { standardSurveys } from "../../src/surveys/standard.ts";
import type { TestDatabase } from "../support/database.ts";
import { insertWorkspace } from "../support/database-rows.ts";
import { createDice } from "../support/random.ts";
import { drawChats } from "./chats.ts";
import { drawHumans, type Human, settlePeople } from "./population.ts";
import type { Plan } from "./run.ts";

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
}

/** Builds the workspace and draws what is going to happen in it, all from the seed. */
export async function buildTown(
  database: TestDatabase,
  seed: number,
  size: Size,
): Promise<{ workspaceId: number; humans: readonly Human[]; plan: Omit<Plan, "also" | "onDay"> }> {
  const { db } = database;
  const dice = createDice(seed);
  const settings = JSON.stringify({ hours: { holidays } });
  const workspaceId = await insertWorkspace(db, { time_zone: "Europe/Berlin", settings });
  await ensureSurveys(db, workspaceId, standardSurveys("Acme"));
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
      quietDays: 45,
      tickMinutes: 30,
      killing: 0.002,
      outagesAMonth: 3,
      events,
    },
  };
}

function agentsOf(platform: string): PlatformUser[] {
  return ["Kim", "Sam", "Alex"].map((name) => ({
    externalId: `${platform}-agent-${name}`,
    name,
    role: "agent",
    locale: "en",
  }));
}
