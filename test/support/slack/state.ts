/** Workspaces, people, channels: making them and finding them as Slack's methods do. */
import type { Ids } from "./ids.ts";
import type { Channel, Member, Message, Team, UserGroup } from "./model.ts";
import { Refusal } from "./refusal.ts";
import type { Timeline } from "./time.ts";

export interface NewMember {
  readonly locale?: string;
  readonly timeZone?: string;
  readonly email?: string;
  /** Default true, when there is an address. */
  readonly emailConfirmed?: boolean;
  readonly guest?: boolean;
  readonly admin?: boolean;
  readonly owner?: boolean;
  readonly bot?: boolean;
  readonly dm?: Member["dm"];
}

export interface State {
  readonly teams: Map<string, Team>;
  readonly channels: Map<string, Channel>;
  addTeam(name: string, options: { orgWide: boolean; installed: boolean; scopes: string[] }): Team;
  addMember(team: Team, name: string, options?: NewMember): Member;
  addGroup(team: Team, handle: string, members: readonly string[]): UserGroup;
  addChannel(name: string, kind: Channel["kind"], teams: readonly Team[]): Channel;
  member(id: string): Member | undefined;
  /** The direct message channel of this person and the bot of this workspace, if it was opened. */
  direct(team: Team, user: string): Channel | undefined;
  openDirect(team: Team, user: string): Channel;
  /** A channel that this workspace can see at all; else channel_not_found. */
  channel(team: Team, id: string): Channel;
  isMember(team: Team, channel: Channel): boolean;
  message(channel: Channel, ts: string): Message | undefined;
}

const slug = (name: string) =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "") || "x";

/** Empty state. Ids are the same in every run. */
export function createState(ids: Ids, timeline: Timeline): State {
  const teams = new Map<string, Team>();
  const channels = new Map<string, Channel>();
  const state: State = {
    teams,
    channels,
    addTeam(name, { orgWide, installed, scopes }) {
      const id = ids.next(orgWide ? "E" : "T");
      const userId = ids.next("U");
      const team: Team = {
        id,
        workspaceId: orgWide ? ids.next("T") : id,
        name,
        domain: slug(name),
        url: `https://${slug(name)}.slack.com/`,
        enterprise: orgWide ? { id, name } : undefined,
        orgWide,
        bot: { userId, id: ids.next("B"), token: `xoxb-${id}-${userId}-bot` },
        installed,
        scopes: new Set(scopes),
        token: "valid",
        members: new Map(),
        groups: new Map(),
        emoji: new Map(),
      };
      teams.set(id, team);
      return team;
    },
    addMember(team, name, options = {}) {
      const member: Member = {
        id: ids.next("U"),
        team,
        handle: slug(name),
        name,
        locale: options.locale ?? "en-US",
        timeZone: options.timeZone ?? "Etc/UTC",
        email: options.email,
        emailConfirmed: options.emailConfirmed ?? true,
        guest: options.guest ?? false,
        admin: options.admin ?? options.owner ?? false,
        owner: options.owner ?? false,
        deactivated: false,
        bot: options.bot ?? false,
        dm: options.dm ?? "open",
        quiet: undefined,
        stack: [],
        home: undefined,
      };
      team.members.set(member.id, member);
      return member;
    },
    addGroup(team, handle, members) {
      const group = { id: ids.next("S"), handle, members: [...members], disabled: false };
      team.groups.set(group.id, group);
      return group;
    },
    addChannel(name, kind, among) {
      const channel: Channel = {
        id: ids.next(kind === "im" ? "D" : "C"),
        name,
        kind,
        teams: among,
        members: new Set(),
        archived: false,
        readOnly: false,
        messages: [],
        whispers: [],
        created: Math.floor(timeline.now() / 1000),
      };
      channels.set(channel.id, channel);
      return channel;
    },
    member: (id) =>
      [...teams.values()].map((team) => team.members.get(id)).find((found) => found !== undefined),
    direct: (team, user) =>
      [...channels.values()].find(
        (channel) =>
          channel.kind === "im" &&
          channel.members.has(team.bot.userId) &&
          channel.members.has(user),
      ),
    openDirect(team, user) {
      const known = state.direct(team, user);
      if (known !== undefined) return known;
      const channel = state.addChannel("directmessage", "im", [team]);
      channel.members.add(team.bot.userId).add(user);
      return channel;
    },
    channel(team, id) {
      const channel = channels.get(id);
      if (channel === undefined || !channel.teams.includes(team)) {
        throw new Refusal("channel_not_found");
      }
      if (channel.kind !== "public" && !state.isMember(team, channel)) {
        throw new Refusal("channel_not_found");
      }
      return channel;
    },
    isMember: (team, channel) => channel.members.has(team.bot.userId),
    message: (channel, ts) =>
      channel.messages.find((message) => message.ts === ts && !message.deleted),
  };
  return state;
}
