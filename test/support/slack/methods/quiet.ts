/** dnd.info: whose notifications are off (https://docs.slack.dev/reference/methods/dnd.info). */
import { z } from "zod";
import { type Method, method } from "../method.ts";
import { Refusal } from "../refusal.ts";

const dndInfo = method(
  "dnd.info",
  {
    pace: 3,
    scopes: ["dnd:read"],
    args: { user: z.string().optional(), team_id: z.string().optional() },
  },
  ({ world, team }, { user, team_id }) => {
    // "team_id": required with an organisation's token when somebody is named.
    if (team.orgWide && user !== undefined && team_id === undefined) {
      throw new Refusal("missing_argument");
    }
    const member = user === undefined ? undefined : world.state.member(user);
    const elsewhere = team_id !== undefined && team_id !== team.workspaceId;
    if (member?.team !== team || elsewhere) throw new Refusal("user_not_found");
    // "Snooze properties": seen by nobody but the user themselves, and so never by a bot.
    const { quiet } = member;
    return {
      dnd_enabled: quiet !== undefined,
      next_dnd_start_ts: quiet === undefined ? 1 : seconds(quiet.from),
      next_dnd_end_ts: quiet === undefined ? 1 : seconds(quiet.to),
    };
  },
);

function seconds(at: Date): number {
  return Math.floor(at.getTime() / 1000);
}

export const quietMethods: readonly Method[] = [dndInfo];
