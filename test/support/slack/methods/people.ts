/** users.*, usergroups.*: who is there. */
import { z } from "zod";
import { count, flag, idList } from "../arguments.ts";
import { type Method, method, scopeFor } from "../method.ts";
import type { Team, UserGroup } from "../model.ts";
import { page } from "../pages.ts";
import { Refusal } from "../refusal.ts";
import { channelJson, userJson } from "../wire.ts";
import { kindsOf } from "./conversations.ts";
import { canSee } from "./direct.ts";

const paging = { cursor: z.string().optional(), limit: count.optional() };
const ALL = 1000;

const usersInfo = method(
  "users.info",
  {
    pace: 4,
    scopes: ["users:read"],
    args: { user: z.string(), include_locale: flag.optional() },
  },
  ({ world, team }, args) => {
    if (args.user === team.bot.userId) return { user: botUser(team) };
    const member = world.state.member(args.user);
    if (member === undefined || !canSee(world, team, args.user)) {
      throw new Refusal("user_not_found");
    }
    return { user: userJson(member, team, args.include_locale === true) };
  },
);

function botUser(team: Team) {
  return {
    id: team.bot.userId,
    team_id: team.workspaceId,
    name: "aftertalk",
    real_name: "aftertalk",
    deleted: false,
    is_bot: true,
    is_app_user: false,
  };
}

const usersList = method(
  "users.list",
  {
    pace: 2,
    perWorkspace: true,
    scopes: ["users:read"],
    args: { ...paging, include_locale: flag.optional() },
  },
  ({ team }, args) => {
    const { items, cursor } = page([...team.members.values()], args.cursor, args.limit || ALL);
    return {
      members: items.map((member) => userJson(member, team, args.include_locale === true)),
      cache_ts: 0,
      response_metadata: { next_cursor: cursor },
    };
  },
);

const usersConversations = method(
  "users.conversations",
  {
    pace: 3,
    perWorkspace: true,
    args: {
      ...paging,
      user: z.string().optional(),
      types: idList.optional(),
      exclude_archived: flag.optional(),
    },
  },
  ({ world, team, need }, args) => {
    const kinds = kindsOf(args.types ?? ["public_channel"]);
    for (const kind of kinds) need(scopeFor({ kind }, "read"));
    const who = args.user ?? team.bot.userId;
    const all = [...world.state.channels.values()].filter(
      (channel) =>
        channel.teams.includes(team) &&
        channel.members.has(who) &&
        kinds.includes(channel.kind) &&
        !(args.exclude_archived === true && channel.archived),
    );
    const { items, cursor } = page(all, args.cursor, args.limit || ALL);
    return {
      channels: items.map((channel) => channelJson(channel, team)),
      response_metadata: { next_cursor: cursor },
    };
  },
);

function groupJson(group: UserGroup, teamId: string, withUsers: boolean) {
  return {
    id: group.id,
    team_id: teamId,
    is_usergroup: true,
    is_subteam: true,
    name: group.handle,
    handle: group.handle,
    description: "",
    date_delete: group.disabled ? 1 : 0,
    user_count: group.members.length,
    ...(withUsers ? { users: group.members } : {}),
  };
}

const groupsList = method(
  "usergroups.list",
  {
    pace: 2,
    perWorkspace: true,
    scopes: ["usergroups:read"],
    args: {
      include_count: flag.optional(),
      include_disabled: flag.optional(),
      include_users: flag.optional(),
    },
  },
  ({ team }, args) => ({
    usergroups: [...team.groups.values()]
      .filter((group) => args.include_disabled === true || !group.disabled)
      .map((group) => groupJson(group, team.workspaceId, args.include_users === true)),
  }),
);

const groupUsers = method(
  "usergroups.users.list",
  {
    pace: 2,
    scopes: ["usergroups:read"],
    args: { usergroup: z.string(), include_disabled: flag.optional() },
  },
  ({ team }, args) => {
    const group = team.groups.get(args.usergroup);
    if (group === undefined || (group.disabled && args.include_disabled !== true)) {
      throw new Refusal("no_such_subteam");
    }
    return { users: group.members };
  },
);

export const peopleMethods: readonly Method[] = [
  usersInfo,
  usersList,
  usersConversations,
  groupsList,
  groupUsers,
];
