/** Everything that the status card tells, as far as its reader may know it. */
import { systemClock } from "../../clock.ts";
import type { Engine } from "../../engine.ts";
import type { MetricName } from "../../metrics/metric.ts";
import type { Schedule } from "../../scheduling/definition/schedule.ts";
import { isPlannedAtClosing } from "../../scheduling/definition/timing.ts";
import { chatConnectionsOf } from "../../store/connections.ts";
import { readDatabaseTime } from "../../store/database-time.ts";
import { type DeadJob, listDeadJobs } from "../../store/dead-jobs.ts";
import { schedulesOn } from "../../store/schedules.ts";
import type { Db } from "../../store/schema.ts";
import {
  type AskedNumbers,
  type QueueNumbers,
  readAskedNumbers,
  readHeldConnections,
  readQueueNumbers,
  readSendingNumbers,
  type SendingNumbers,
} from "../../store/status.ts";
import { afterChatSurvey } from "../../store/surveys.ts";
import { countWaitingByReason, type WaitingFor } from "../../store/waiting.ts";
import type { Drawing } from "../stop/stopped.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const WEEK_MS = 7 * DAY_MS;

/** What anybody of the leads may know. */
export interface Running {
  /** The metric of the survey after chats; null: it has none; undefined: there is no such survey. */
  readonly afterChat: MetricName | null | undefined;
  readonly schedules: readonly Schedule[];
}

/** For those who see everything that is asked. */
export interface AskingFacts {
  readonly day: AskedNumbers;
  readonly week: AskedNumbers;
  readonly waiting: readonly WaitingFor[];
}

export type ConnectionState = "ready" | "unready" | "elsewhere" | "revoked" | "wait";

/** For those who keep it running. */
export interface MachineFacts {
  readonly queue: QueueNumbers;
  readonly sending: SendingNumbers;
  readonly dead: readonly DeadJob[];
  readonly connections: readonly { readonly name: string; readonly state: ConnectionState }[];
  /** How far this machine's clock is from the database's, in seconds. */
  readonly clockSeconds: number;
}

export async function readRunning(db: Db, workspaceId: number): Promise<Running> {
  const survey = await afterChatSurvey(db, workspaceId);
  const on = await schedulesOn(db, workspaceId);
  // The one after chats is told by its survey.
  const schedules = on.filter(({ definition }) => !isPlannedAtClosing(definition));
  return { afterChat: survey && (survey.definition.metric ?? null), schedules };
}

export async function readAsking(
  db: Db,
  workspaceId: number,
  { now, today }: { readonly now: Date; readonly today: Date },
): Promise<AskingFacts> {
  const since = { day: today, week: new Date(now.getTime() - WEEK_MS) };
  const asked = await readAskedNumbers(db, workspaceId, since);
  return { ...asked, waiting: await countWaitingByReason(db, workspaceId) };
}

export async function readMachine(
  { engine, db, reader }: Drawing,
  now: Date,
): Promise<MachineFacts> {
  const { id } = reader.workspace;
  return {
    queue: await readQueueNumbers(db, id, now),
    sending: await readSendingNumbers(db, id, new Date(now.getTime() - WEEK_MS)),
    dead: await listDeadJobs(db, id),
    connections: await readConnections(engine, db, id, now),
    clockSeconds: await clockSeconds(db),
  };
}

async function readConnections(
  { platforms }: Pick<Engine, "platforms">,
  db: Db,
  workspaceId: number,
  now: Date,
): Promise<MachineFacts["connections"]> {
  const held = await readHeldConnections(db, workspaceId, now);
  const all = await chatConnectionsOf(db, workspaceId);
  return all.map(({ id, name, ref }) => {
    const hold = held.find(({ connectionId }) => connectionId === id);
    const platform = platforms?.find((each) => each.name === ref.platform);
    if (hold?.kind === "revoked") return { name, state: "revoked" };
    if (platforms !== undefined && platform === undefined) return { name, state: "elsewhere" };
    if (platform?.unready?.() !== undefined) return { name, state: "unready" };
    return { name, state: hold === undefined ? "ready" : "wait" };
  });
}

async function clockSeconds(db: Db): Promise<number> {
  const there = await readDatabaseTime(db);
  return Math.round((systemClock.now().getTime() - there.getTime()) / 1000);
}
