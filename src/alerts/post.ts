/** Once a week, with the hour of the digest: a change beyond chance is told to the leads by itself. */
import { placesOf } from "../digest/post.ts";
import { dateOfDigest, dueDigest, nextDigest, periodOfDigest } from "../digest/when.ts";
import { doWork, type Engine, type Work } from "../engine.ts";
import { languageOf } from "../language-of.ts";
import type { Period } from "../metrics/period.ts";
import { post } from "../outbox/post.ts";
import { keepAlert } from "../store/alerts.ts";
import { chatConnectionsOf } from "../store/connections.ts";
import { readSettings } from "../store/settings.ts";
import { moveTimer, readTimer, startTimer, stopTimer } from "../store/timers.ts";
import { listWorkspaces, type Workspace } from "../store/workspaces.ts";
import { alertCard } from "./card.ts";
import { type Alert, findAlerts } from "./find.ts";

const TIMER = "alerts";

/** Only what this process can write to. */
type Serves = (platform: string) => boolean;

/** Looks at the week of each workspace whose time has come. */
export async function postAlerts(engine: Engine, serves: Serves = () => true): Promise<void> {
  for (const workspace of await listWorkspaces(engine.db)) {
    try {
      await tendAlerts(engine, workspace, serves);
    } catch (error) {
      // One workspace's trouble is not another's; what is due stays due.
      engine.log.warn({ error, workspace: workspace.id }, "a week could not be looked at");
    }
  }
}

/** Starts, moves or ends the timer of a workspace, and tells when it has come to its time. */
export async function tendAlerts(
  engine: Engine,
  workspace: Workspace,
  serves: Serves,
): Promise<void> {
  const { db, clock } = engine;
  const { timeZone } = workspace;
  const timer = { workspaceId: workspace.id, name: TIMER };
  const settings = await readSettings(db, workspace.id);
  const now = clock.now();
  const next = settings.alerts.on ? nextDigest(settings.digest, timeZone, now) : undefined;
  if (next === undefined) return stopTimer(db, timer);
  const seen = await readTimer(db, timer);
  if (seen === undefined) return startTimer(db, timer, next);
  if (seen.getTime() === next.getTime()) return;
  const due = dueDigest(settings.digest, timeZone, { first: seen, now });
  const week = due && periodOfDigest(due, timeZone);
  const { promise } = settings;
  const alerts =
    week === undefined
      ? []
      : await findAlerts(db, { workspaceId: workspace.id, promise, week, now });
  await doWork(engine, async (work) => {
    if (!(await moveTimer(work.transaction, timer, seen, next)) || week === undefined) return;
    const fresh = await keepAll(work, workspace.id, alerts, week);
    if (fresh.length === 0) return;
    await tell(engine, work, { workspace, channel: settings.digest.channel, serves, week, fresh });
  });
}

/** Those that were not told before: another time of the digest may have the same week twice. */
async function keepAll(
  { transaction, now }: Work,
  workspaceId: number,
  alerts: readonly Alert[],
  { start }: Period,
): Promise<Alert[]> {
  const fresh: Alert[] = [];
  for (const alert of alerts) {
    const { metric, team, direction } = alert;
    const kept = { metric: metric.name, team, direction, periodStart: start };
    if (await keepAlert(transaction, workspaceId, kept, now)) fresh.push(alert);
  }
  return fresh;
}

async function tell(
  engine: Engine,
  work: Work,
  about: {
    readonly workspace: Workspace;
    readonly channel: string | null;
    readonly serves: Serves;
    readonly week: Period;
    readonly fresh: readonly Alert[];
  },
): Promise<void> {
  const { workspace, channel, serves, week, fresh } = about;
  const all = await chatConnectionsOf(work.transaction, workspace.id);
  const served = all.filter(({ ref }) => serves(ref.platform));
  for (const { connection, address } of placesOf(served, channel)) {
    await post(engine, work, {
      workspaceId: workspace.id,
      connectionId: connection.id,
      key: `alert:${connection.id}:${dateOfDigest(week)}`,
      purpose: "notice",
      invitationId: null,
      personId: null,
      address,
      message: alertCard(fresh, week, languageOf(connection)),
    });
  }
}
