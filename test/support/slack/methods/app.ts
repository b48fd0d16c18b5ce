/** api.test, auth.*, apps.*, team.*, emoji.*, bots.*, reactions.*. */
import { z } from "zod";
import { count, flag, timestamp } from "../arguments.ts";
import { type Method, method } from "../method.ts";
import type { Message, Team } from "../model.ts";
import { Refusal } from "../refusal.ts";
import type { State } from "../state.ts";
import { messageJson } from "../wire.ts";

const apiTest = method(
  "api.test",
  {
    pace: "special",
    token: "none",
    args: { error: z.string().optional(), foo: z.string().optional() },
  },
  (_context, args) => {
    if (args.error !== undefined) throw new Refusal(args.error, { args });
    return { args };
  },
);

const authTest = method("auth.test", { pace: "special", args: {} }, ({ team }) => ({
  url: team.url,
  team: team.name,
  user: "aftertalk",
  team_id: team.id,
  user_id: team.bot.userId,
  bot_id: team.bot.id,
  ...(team.enterprise === undefined ? {} : { enterprise_id: team.enterprise.id }),
  is_enterprise_install: team.orgWide,
}));

/** "auth.teams.list": the workspaces of an org-wide installation, or the one of the token. */
const authTeams = method(
  "auth.teams.list",
  {
    pace: 2,
    args: {
      cursor: z.string().optional(),
      limit: count.optional(),
      include_icon: flag.optional(),
    },
  },
  ({ team }) => ({
    teams: [{ id: team.workspaceId, name: team.name }],
    response_metadata: { next_cursor: "" },
  }),
);

const teamInfo = method(
  "team.info",
  {
    pace: 3,
    scopes: ["team:read"],
    args: { team: z.string().optional(), domain: z.string().optional() },
  },
  ({ world, team }, args) => {
    const asked = args.team === undefined ? team : world.state.teams.get(args.team);
    if (asked === undefined) throw new Refusal("team_not_found");
    const { id, name, domain, url } = asked;
    return { team: { id, name, domain, url, email_domain: "", icon: {} } };
  },
);

/** A few of the standard ones; Slack's list has about 1,900. */
const standardEmoji = [
  {
    name: "Symbols",
    emoji_names: ["white_check_mark", "heavy_check_mark", "ballot_box_with_check", "x", "100"],
  },
  { name: "People & Body", emoji_names: ["+1", "-1", "ok_hand", "raised_hands", "eyes"] },
  { name: "Activities", emoji_names: ["tada"] },
];

const emojiList = method(
  "emoji.list",
  { pace: 2, scopes: ["emoji:read"], args: { include_categories: flag.optional() } },
  ({ team }, args) => ({
    emoji: Object.fromEntries(team.emoji),
    cache_ts: "0",
    ...(args.include_categories === true
      ? { categories: standardEmoji, categories_version: "5" }
      : {}),
  }),
);

const botsInfo = method(
  "bots.info",
  { pace: 3, scopes: ["users:read"], args: { bot: z.string().optional() } },
  ({ world, team }, args) => {
    if (args.bot !== team.bot.id) throw new Refusal("bot_not_found");
    const { id, userId } = team.bot;
    const bot = { id, deleted: false, name: "aftertalk", updated: 0 };
    return { bot: { ...bot, app_id: world.app.id, user_id: userId } };
  },
);

function findMessage(state: State, team: Team, channelId: string, ts: string): Message {
  const channel = state.channel(team, channelId);
  const message = state.message(channel, ts);
  if (message === undefined) throw new Refusal("message_not_found");
  return message;
}

const reactionsAdd = method(
  "reactions.add",
  {
    pace: 3,
    scopes: ["reactions:write"],
    args: { channel: z.string(), timestamp, name: z.string() },
  },
  ({ world, team }, args) => {
    const message = findMessage(world.state, team, args.channel, args.timestamp);
    if (message.channel.archived) throw new Refusal("is_archived");
    if (!/^[a-z0-9_+'-]+$/.test(args.name)) throw new Refusal("invalid_name");
    world.messages.react(message, team.bot.userId, args.name);
    return {};
  },
);

const reactionsGet = method(
  "reactions.get",
  {
    pace: 3,
    scopes: ["reactions:read"],
    args: { channel: z.string(), timestamp, full: flag.optional() },
  },
  ({ world, team }, args) => {
    const message = findMessage(world.state, team, args.channel, args.timestamp);
    return {
      type: "message",
      channel: message.channel.id,
      message: messageJson(message, world.messages.replies(message)),
    };
  },
);

export const appMethods: readonly Method[] = [
  apiTest,
  authTest,
  authTeams,
  teamInfo,
  emojiList,
  botsInfo,
  reactionsAdd,
  reactionsGet,
];
