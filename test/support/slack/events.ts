/** Events API: which installation is told of what, and in which envelope. */
import type { Deliveries } from "./deliveries.ts";
import type { Ids } from "./ids.ts";
import type { Channel, Json, Member, Team } from "./model.ts";
import type { State } from "./state.ts";
import type { Timeline } from "./time.ts";
import { channelType } from "./wire.ts";
import type { AppIdentity } from "./world.ts";

export interface Events {
  /** Tells the app of something in a channel, if its bot is in it. `by` is who did it. */
  inChannel(channel: Channel, by: string, event: Json): void;
  /** Tells the app of something in a workspace. */
  inTeam(team: Team, event: Json): void;
}

/**
 * The scope without which Slack does not send an event ("Events API", table of events). For
 * channels, the name of the event in a manifest and the scope depend on the kind of channel.
 */
const scopeOfEvent: Readonly<Record<string, string>> = {
  reaction_added: "reactions:read",
  reaction_removed: "reactions:read",
  emoji_changed: "emoji:read",
  user_change: "users:read",
  team_join: "users:read",
  subteam_updated: "usergroups:read",
  subteam_members_changed: "usergroups:read",
};
const scopeOfKind = { public: "channels", private: "groups", im: "im" } as const;
const ofMessages = { public: "message.channels", private: "message.groups", im: "message.im" };
const ofChannels = new Set([
  "member_joined_channel",
  "member_left_channel",
  "channel_archive",
  "channel_unarchive",
  "channel_deleted",
  "channel_rename",
  "channel_shared",
  "channel_unshared",
  "channel_left",
  "group_archive",
  "group_rename",
  "group_deleted",
  "group_unarchive",
  "group_left",
]);

export function createEvents(
  app: AppIdentity,
  state: State,
  ids: Ids,
  timeline: Timeline,
  deliveries: Deliveries,
): Events {
  const deliver = (team: Team, event: Json, channel: Channel | undefined, actor?: Member) => {
    if (!wanted(app, team, event, channel)) return;
    const shared = (channel?.teams.length ?? 1) > 1;
    deliveries.event({
      token: app.verificationToken,
      // Where it happened: in a Slack Connect channel that can be the other company's workspace.
      team_id: actor?.team.workspaceId ?? team.workspaceId,
      ...(team.enterprise === undefined ? {} : { enterprise_id: team.enterprise.id }),
      context_team_id: team.workspaceId,
      context_enterprise_id: team.enterprise?.id ?? null,
      api_app_id: app.id,
      event,
      type: "event_callback",
      event_id: ids.next("Ev"),
      event_time: Math.floor(timeline.now() / 1000),
      authorizations: [
        {
          enterprise_id: team.enterprise?.id ?? null,
          team_id: team.orgWide ? null : team.id,
          user_id: team.bot.userId,
          is_bot: true,
          is_enterprise_install: team.orgWide,
        },
      ],
      is_ext_shared_channel: shared,
      event_context: `4-${team.id}-${app.id}-${channel?.id ?? "none"}`,
    });
  };

  return {
    inChannel(channel, by, event) {
      // Installed in both workspaces of a shared channel: one event, through one of them.
      const team = channel.teams.find(
        (candidate) => candidate.installed && channel.members.has(candidate.bot.userId),
      );
      if (team === undefined) return;
      deliver(team, { ...event, channel_type: channelType(channel) }, channel, state.member(by));
    },
    inTeam: (team, event) => deliver(team, event, undefined),
  };
}

function wanted(app: AppIdentity, team: Team, event: Json, channel: Channel | undefined): boolean {
  if (!team.installed) return false;
  const type = String(event.type);
  // An uninstalled app is still told so; everything else ends with its token.
  if (team.token !== "valid" && type !== "app_uninstalled" && type !== "tokens_revoked")
    return false;
  const kind = channel?.kind;
  const name = type === "message" && kind !== undefined ? ofMessages[kind] : type;
  if (app.declared?.events.has(name) === false) return false;
  const scope = neededScope(type, kind);
  return scope === undefined || team.scopes.has(scope);
}

function neededScope(type: string, kind: Channel["kind"] | undefined): string | undefined {
  if (kind !== undefined && type === "message") return `${scopeOfKind[kind]}:history`;
  if (kind !== undefined && ofChannels.has(type)) return `${scopeOfKind[kind]}:read`;
  return scopeOfEvent[type];
}
