/** Once a week, with the hour of the digest: a change beyond chance is told to the leads by itself. */
import { placesOf } from "../digest/post.ts";
import { inEachWorkspace, type Serves, tendWeekly } from "../digest/weekly.ts";
import { dateOfDigest, periodOfDigest } from "../digest/when.ts";
import type { Engine, Work } from "../engine.ts";
import { languageOf } from "../language-of.ts";
import type { Period } from "../metrics/period.ts";
import { post } from "../outbox/post.ts";
import { keepAlert } from "../store/alerts.ts";
import { chatConnectionsOf } from "../store/connections.ts";
import { readSettings } from "../store/settings.ts";
import type { Workspace } from "../store/workspaces.ts";
import { alertCard } from "./card.ts";
import { type Alert, findAlerts } from "./find.ts";

/** Looks at the week of each workspace whose time has come. */
export async function postAlerts(engine: Engine, serves: Serves = () => true): Promise<void> {
  await inEachWorkspace(engine, "a week could not be looked at", (workspace) =>
    tendAlerts(engine, workspace, serves),
  );
}

/** Starts, moves or ends the timer of a workspace, and tells when it has come to its time. */
export async function tendAlerts(
  engine: Engine,
  workspace: Workspace,
  serves: Serves,
): Promise<void> {
  const { db, clock } = engine;
  const { id: workspaceId, timeZone } = workspace;
  const { alerts: wanted, digest, promise } = await readSettings(db, workspaceId);
  await tendWeekly(engine, workspace, {
    timer: "alerts",
    when: wanted.on ? digest : undefined,
    prepare: async (due) => {
      const week = periodOfDigest(due, timeZone);
      return {
        week,
        alerts: await findAlerts(db, { workspaceId, promise, week, now: clock.now() }),
      };
    },
    act: async (work, { week, alerts }) => {
      const fresh = await keepAll(work, workspaceId, alerts, week);
      if (fresh.length === 0) return;
      await tell(engine, work, { workspace, channel: digest.channel, serves, week, fresh });
    },
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
