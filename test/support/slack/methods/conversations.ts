/** conversations.*: channels, their members and their messages. */
import { z } from "zod";
import { count, flag, idList, moment, timestamp } from "../arguments.ts";
import { LARGEST_PAGE, PAGE, UNLISTED_HISTORY_PAGE } from "../limits.ts";
import { type CallContext, type Method, method, scopeFor } from "../method.ts";
import type { Channel, Message } from "../model.ts";
import { page } from "../pages.ts";
import { Refusal } from "../refusal.ts";
import { channelJson, messageJson } from "../wire.ts";
import { openDirect } from "./direct.ts";

const paging = { cursor: z.string().optional(), limit: count.optional() };
const range = {
  ...paging,
  oldest: moment.optional(),
  latest: moment.optional(),
  inclusive: flag.optional(),
  include_all_metadata: flag.optional(),
};

function seen(context: CallContext, id: string, right: "history" | "read"): Channel {
  const channel = context.world.state.channel(context.team, id);
  context.need(scopeFor(channel, right));
  return channel;
}

function pageSize({ world }: CallContext, limit: number | undefined): number {
  const largest = world.options.unlisted ? UNLISTED_HISTORY_PAGE : LARGEST_PAGE;
  return Math.min(limit === undefined || limit === 0 ? PAGE : limit, largest);
}

function within(args: {
  oldest?: string | undefined;
  latest?: string | undefined;
  inclusive?: boolean | undefined;
}) {
  const [oldest, latest] = [Number(args.oldest ?? 0), Number(args.latest ?? Infinity)];
  return ({ ts }: Message) => {
    const at = Number(ts);
    return args.inclusive === true ? at >= oldest && at <= latest : at > oldest && at < latest;
  };
}

const open = method(
  "conversations.open",
  {
    pace: 3,
    scopes: ["im:write"],
    args: {
      users: idList.optional(),
      channel: z.string().optional(),
      return_im: flag.optional(),
      prevent_creation: flag.optional(),
    },
  },
  (context, args) => {
    const { world, team } = context;
    if (args.channel !== undefined) {
      return { channel: { id: world.state.channel(team, args.channel).id } };
    }
    const [user, ...more] = args.users ?? [];
    if (user === undefined) throw new Refusal("users_list_not_supplied");
    if (more.length > 0) throw new Refusal("missing_scope", { needed: "mpim:write" });
    const known = world.state.direct(team, user);
    if (known === undefined && args.prevent_creation === true) {
      throw new Refusal("channel_not_found");
    }
    const channel = openDirect(world, team, user);
    const shown = args.return_im === true ? channelJson(channel, team) : { id: channel.id };
    const already = known === undefined ? {} : { no_op: true, already_open: true };
    return { ...already, channel: shown };
  },
);

const history = method(
  "conversations.history",
  { pace: "history", args: { ...range, channel: z.string() } },
  (context, args) => {
    const channel = seen(context, args.channel, "history");
    if (!context.world.state.isMember(context.team, channel)) throw new Refusal("not_in_channel");
    const top = channel.messages
      .filter((message) => !message.deleted && message.threadTs === undefined)
      .filter(within(args))
      .reverse();
    const { items, cursor } = page(top, args.cursor, pageSize(context, args.limit));
    return {
      messages: items.map((message) => shownMessage(context, message, args)),
      has_more: cursor !== "",
      pin_count: 0,
      ...(cursor === "" ? {} : { response_metadata: { next_cursor: cursor } }),
    };
  },
);

const replies = method(
  "conversations.replies",
  { pace: "history", args: { ...range, channel: z.string(), ts: timestamp } },
  (context, args) => {
    const channel = seen(context, args.channel, "history");
    if (!context.world.state.isMember(context.team, channel)) throw new Refusal("not_in_channel");
    const asked = context.world.state.message(channel, args.ts);
    if (asked === undefined) throw new Refusal("thread_not_found");
    const root =
      asked.threadTs === undefined
        ? asked
        : (context.world.state.message(channel, asked.threadTs) ?? asked);
    const thread = [root, ...context.world.messages.replies(root)].filter(
      (message) => message === root || within(args)(message),
    );
    const { items, cursor } = page(thread, args.cursor, pageSize(context, args.limit));
    return {
      messages: items.map((message) => shownMessage(context, message, args)),
      has_more: cursor !== "",
      ...(cursor === "" ? {} : { response_metadata: { next_cursor: cursor } }),
    };
  },
);

function shownMessage(
  { world }: CallContext,
  message: Message,
  args: { include_all_metadata?: boolean | undefined },
) {
  return messageJson(message, world.messages.replies(message), args.include_all_metadata === true);
}

const info = method(
  "conversations.info",
  {
    pace: 3,
    args: {
      channel: z.string(),
      include_locale: flag.optional(),
      include_num_members: flag.optional(),
    },
  },
  (context, args) => ({
    channel: channelJson(seen(context, args.channel, "read"), context.team),
  }),
);

const list = method(
  "conversations.list",
  {
    pace: 2,
    perWorkspace: true,
    args: {
      ...paging,
      exclude_archived: flag.optional(),
      types: idList.optional(),
    },
  },
  (context, args) => {
    const { world, team } = context;
    const kinds = kindsOf(args.types ?? ["public_channel"]);
    for (const kind of kinds) context.need(scopeFor({ kind }, "read"));
    const all = [...world.state.channels.values()].filter(
      (channel) =>
        channel.teams.includes(team) &&
        kinds.includes(channel.kind) &&
        (channel.kind === "public" || world.state.isMember(team, channel)) &&
        !(args.exclude_archived === true && channel.archived),
    );
    const { items, cursor } = page(all, args.cursor, pageSize(context, args.limit));
    return {
      channels: items.map((channel) => channelJson(channel, team)),
      response_metadata: { next_cursor: cursor },
    };
  },
);

const kindOfType: Readonly<Record<string, Channel["kind"]>> = {
  public_channel: "public",
  private_channel: "private",
  im: "im",
};

/** The kinds of channel behind `types`; "mpim" is known to Slack, and empty here. */
export function kindsOf(types: readonly string[]): Channel["kind"][] {
  return types.flatMap((type) => {
    const kind = kindOfType[type];
    if (kind === undefined && type !== "mpim") throw new Refusal("invalid_types");
    return kind === undefined ? [] : [kind];
  });
}

const members = method(
  "conversations.members",
  { pace: 4, args: { ...paging, channel: z.string() } },
  (context, args) => {
    const channel = seen(context, args.channel, "read");
    const { items, cursor } = page(
      [...channel.members],
      args.cursor,
      pageSize(context, args.limit),
    );
    return { members: items, response_metadata: { next_cursor: cursor } };
  },
);

const join = method(
  "conversations.join",
  { pace: 3, scopes: ["channels:join"], args: { channel: z.string() } },
  ({ world, team }, args) => {
    const channel = world.state.channel(team, args.channel);
    if (channel.kind !== "public") throw new Refusal("method_not_supported_for_channel_type");
    if (channel.archived) throw new Refusal("is_archived");
    const already = channel.members.has(team.bot.userId);
    channel.members.add(team.bot.userId);
    if (!already) {
      world.events.inChannel(channel, team.bot.userId, {
        type: "member_joined_channel",
        user: team.bot.userId,
        channel: channel.id,
        team: team.id,
        event_ts: world.timeline.ts(),
      });
    }
    return {
      channel: channelJson(channel, team),
      ...(already ? { warning: "already_in_channel" } : {}),
    };
  },
);

export const conversationMethods: readonly Method[] = [
  open,
  history,
  replies,
  info,
  list,
  members,
  join,
];
