/**
 * Until when somebody has their notifications off (https://docs.slack.dev/reference/methods/dnd.info).
 * It is a courtesy and never a reason to fail: what Slack does not tell counts as "write now".
 */
import { z } from "zod";
import type { ConnectionRef } from "../../../src/platform.ts";
import { isRefusal } from "../errors.ts";
import { createSlackMemo } from "../memo.ts";
import type { SlackOptions, SlackWorkspace } from "../workspace.ts";
import type { Workspaces } from "../workspaces.ts";

/** Somebody who has just turned it on or off is believed a minute later. */
const TTL_MS = 60_000;
const MAX_PEOPLE = 10_000;
/** Without the scope it is not asked each time; granted to a running service, it is seen then. */
const NO_SCOPE_MS = 3_600_000;

export interface Quiet {
  /** Undefined when they may be written to, and when Slack does not tell. */
  until(connection: ConnectionRef, userId: string): Promise<Date | undefined>;
  forgetUser(workspace: SlackWorkspace, userId: string): void;
}

type Reader = Pick<ReturnType<typeof createReader>, "read" | "forget">;

export function createQuiet(
  workspaces: Pick<Workspaces, "byRef">,
  { now = Date.now }: Pick<SlackOptions, "now">,
): Quiet {
  const readers = new Map<string, Reader>();
  const readerOf = (workspace: SlackWorkspace): Reader => {
    const known = readers.get(workspace.ref.externalId) ?? createReader(workspace, now);
    readers.set(workspace.ref.externalId, known);
    return known;
  };
  return {
    async until(connection, userId) {
      const workspace = workspaces.byRef(connection);
      if (workspace === undefined) return undefined;
      try {
        const end = quietUntil(await readerOf(workspace).read(userId), now());
        return end === undefined ? undefined : new Date(end);
      } catch {
        return undefined; // limited, away, refused: the question itself goes the outbox's way
      }
    },
    forgetUser: (workspace, userId) => readers.get(workspace.ref.externalId)?.forget(userId),
  };
}

/** Times in seconds since the epoch. Of others a pause shows in the window alone, not as a snooze. */
const dndInfo = z.object({
  dnd_enabled: z.boolean().nullish().catch(undefined),
  next_dnd_start_ts: z.number().nullish().catch(undefined),
  next_dnd_end_ts: z.number().nullish().catch(undefined),
  snooze_enabled: z.boolean().nullish().catch(undefined),
  snooze_endtime: z.number().nullish().catch(undefined),
});
type DndInfo = z.infer<typeof dndInfo>;

const TELLS_NOTHING: DndInfo = {};

function createReader(workspace: SlackWorkspace, now: () => number) {
  let withoutScopeUntil = 0;
  return createSlackMemo<DndInfo>({
    async load(userId) {
      if (now() < withoutScopeUntil) return TELLS_NOTHING;
      const team = await teamOf(workspace, userId);
      if (team === "unknown") return TELLS_NOTHING;
      try {
        return dndInfo.parse(await workspace.client.dnd.info({ user: userId, ...team }));
      } catch (error) {
        if (!isRefusal(error, "missing_scope")) throw error;
        withoutScopeUntil = now() + NO_SCOPE_MS;
        return TELLS_NOTHING;
      }
    },
    ttl: () => TTL_MS,
    hold: TTL_MS,
    max: MAX_PEOPLE,
    now,
  });
}

const home = z.object({
  user: z.object({
    team_id: z.string().nullish().catch(undefined),
    enterprise_user: z
      .object({ teams: z.array(z.string()).nullish().catch(undefined) })
      .nullish()
      .catch(undefined),
  }),
});

/** A token of a whole organisation has to say in which of its workspaces somebody is. */
async function teamOf(
  { client, teams }: SlackWorkspace,
  userId: string,
): Promise<{ readonly team_id?: string } | "unknown"> {
  if (teams === undefined) return {};
  const { user } = home.parse(await client.users.info({ user: userId }));
  const theirs = [...(user.enterprise_user?.teams ?? []), user.team_id];
  const team = theirs.find((id) => id && teams.includes(id));
  return team ? { team_id: team } : "unknown";
}

/** Epoch milliseconds; the later end where both hold. */
function quietUntil(info: DndInfo, now: number): number | undefined {
  const { dnd_enabled, next_dnd_start_ts, next_dnd_end_ts, snooze_enabled, snooze_endtime } = info;
  const starts = (next_dnd_start_ts ?? Number.POSITIVE_INFINITY) * 1000;
  const ends = [
    dnd_enabled !== false && starts <= now ? (next_dnd_end_ts ?? 0) * 1000 : 0,
    snooze_enabled ? (snooze_endtime ?? 0) * 1000 : 0,
  ];
  const end = Math.max(...ends);
  return end > now ? end : undefined;
}
