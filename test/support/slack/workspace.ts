/** A workspace of the test: its channels, people, groups, emoji, and its installation of the app. */
import type { Channel, Json, Member, Team } from "./model.ts";
import { createPerson, type Person } from "./person.ts";
import type { NewMember } from "./state.ts";
import type { World } from "./world.ts";

export interface ChannelFace {
  readonly id: string;
  readonly name: string;
  archive(): void;
  unarchive(): void;
  /** Nobody may post here any more: "restricted_action". */
  restrict(on?: boolean): void;
  /** Takes the bot in, as `/invite` does. */
  inviteBot(): void;
  kickBot(): void;
  rename(name: string): void;
  /** Makes a Slack Connect channel of it, or ends that. */
  shareWith(workspace: Workspace): void;
  unshare(workspace: Workspace): void;
  /** Gone for good: "channel_not_found". */
  remove(): void;
  /** Every message in it, without ephemeral ones, oldest first: for checks from outside. */
  texts(): string[];
}

export interface GroupFace {
  readonly id: string;
  readonly handle: string;
  setMembers(people: readonly { readonly id: string }[]): void;
}

export interface ChannelOptions {
  /** The bot is in it; default true. */
  readonly bot?: boolean;
  readonly private?: boolean;
  /** Slack Connect: the other workspaces. */
  readonly sharedWith?: readonly Workspace[];
}

export interface Workspace {
  readonly id: string;
  readonly name: string;
  /** Ends in a slash. */
  readonly url: string;
  readonly botToken: string;
  readonly botUserId: string;
  readonly botId: string;
  channel(name: string, options?: ChannelOptions): ChannelFace;
  person(name: string, options?: NewMember): Person;
  userGroup(handle: string, people: readonly { readonly id: string }[]): GroupFace;
  /** Posts as another app's bot; resolves to the ts. */
  otherAppPosts(channel: { readonly id: string }, text: string, thread?: string): Promise<string>;
  /** Scopes that the installation has from now on. */
  grant(scopes: readonly string[]): void;
  /** The token is refused from now on; "uninstalled" also sends app_uninstalled. */
  revoke(how?: "token_revoked" | "account_inactive" | "uninstalled"): void;
  /** Adds custom emoji: `emoji("done", "https://…")`, or an alias: `emoji("ok", "alias:done")`. */
  emoji(name: string, value: string): void;
  renameEmoji(from: string, to: string): void;
}

/** Faces → records, so that one face can name another. */
const teamsOfFaces = new WeakMap<Workspace, Team>();

export function createWorkspace(world: World, team: Team): Workspace {
  const face: Workspace = {
    id: team.id,
    name: team.name,
    url: team.url,
    botToken: team.bot.token,
    botUserId: team.bot.userId,
    botId: team.bot.id,
    channel(name, options = {}) {
      const others = (options.sharedWith ?? []).flatMap((other) => teamsOfFaces.get(other) ?? []);
      const kind = options.private === true ? "private" : "public";
      const channel = world.state.addChannel(name, kind, [team, ...others]);
      for (const member of team.members.values()) channel.members.add(member.id);
      if (options.bot !== false) channel.members.add(team.bot.userId);
      return channelFace(world, team, channel);
    },
    person(name, options = {}) {
      const member = world.state.addMember(team, name, options);
      for (const channel of world.state.channels.values()) {
        if (channel.kind === "public" && channel.teams[0] === team) channel.members.add(member.id);
      }
      return createPerson(world, member);
    },
    userGroup(handle, people) {
      const group = world.state.addGroup(
        team,
        handle,
        people.map(({ id }) => id),
      );
      return {
        id: group.id,
        handle,
        setMembers(next) {
          group.members = next.map(({ id }) => id);
          world.events.inTeam(team, {
            type: "subteam_members_changed",
            subteam_id: group.id,
            team_id: team.id,
            event_ts: world.timeline.ts(),
          });
        },
      };
    },
    async otherAppPosts(place, text, thread) {
      const channel = world.state.channels.get(place.id);
      if (channel === undefined) throw new Error(`There is no channel ${place.id}.`);
      return world.messages.post(channel, {
        user: otherBot(world, team).id,
        team,
        text,
        botId: "B0OTHERAPP",
        appId: "A0OTHERAPP",
        subtype: "bot_message",
        threadTs: thread,
      }).ts;
    },
    grant(scopes) {
      team.scopes = new Set(scopes);
    },
    revoke(how = "token_revoked") {
      team.token = how === "uninstalled" ? "account_inactive" : how;
      const ts = world.timeline.ts();
      const tokens = { oauth: [], bot: [team.bot.userId] };
      world.events.inTeam(team, { type: "tokens_revoked", tokens, event_ts: ts });
      if (how === "uninstalled") {
        world.events.inTeam(team, { type: "app_uninstalled", event_ts: ts });
      }
    },
    emoji(name, value) {
      team.emoji.set(name, value);
      emojiChanged(world, team, { subtype: "add", name, value });
    },
    renameEmoji(from, to) {
      const value = team.emoji.get(from);
      if (value === undefined) throw new Error(`There is no emoji ${from}.`);
      team.emoji.delete(from);
      team.emoji.set(to, value);
      emojiChanged(world, team, { subtype: "rename", old_name: from, new_name: to, value });
    },
  };
  teamsOfFaces.set(face, team);
  return face;
}

function emojiChanged(world: World, team: Team, change: Json): void {
  world.events.inTeam(team, { type: "emoji_changed", ...change, event_ts: world.timeline.ts() });
}

function otherBot(world: World, team: Team): Member {
  const known = [...team.members.values()].find(({ bot }) => bot);
  return known ?? world.state.addMember(team, "Other App", { bot: true });
}

function channelFace(world: World, team: Team, channel: Channel): ChannelFace {
  const prefix = channel.kind === "private" ? "group" : "channel";
  const tell = (event: Json, more: Json = {}) =>
    world.events.inChannel(channel, [...team.members.keys()][0] ?? "", {
      ...event,
      channel: channel.id,
      event_ts: world.timeline.ts(),
      ...more,
    });
  const bot = team.bot.userId;
  return {
    id: channel.id,
    get name() {
      return channel.name;
    },
    archive() {
      channel.archived = true;
      tell({ type: `${prefix}_archive` });
    },
    unarchive() {
      channel.archived = false;
      tell({ type: `${prefix}_unarchive` });
    },
    restrict(on = true) {
      channel.readOnly = on;
    },
    inviteBot() {
      channel.members.add(bot);
      tell({ type: "member_joined_channel", user: bot, team: team.id, channel_type: prefix[0] });
    },
    kickBot() {
      tell({ type: `${prefix}_left` });
      channel.members.delete(bot);
    },
    rename(name) {
      channel.name = name;
      const renamed = { id: channel.id, name, created: channel.created };
      tell({ type: `${prefix}_rename` }, { channel: renamed });
    },
    shareWith(workspace) {
      const other = teamsOfFaces.get(workspace);
      if (other !== undefined) channel.teams = [...channel.teams, other];
      tell({ type: "channel_shared", connected_team_id: workspace.id });
    },
    unshare(workspace) {
      channel.teams = channel.teams.filter(({ id }) => id !== workspace.id);
      const shared = channel.teams.length > 1;
      tell({
        type: "channel_unshared",
        previously_connected_team_id: workspace.id,
        is_ext_shared: shared,
      });
    },
    remove() {
      tell({ type: `${prefix}_deleted` });
      world.state.channels.delete(channel.id);
    },
    texts: () =>
      channel.messages.filter((message) => !message.deleted).map((message) => message.text),
  };
}
