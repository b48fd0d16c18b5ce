/** chat.*: posting, changing, deleting, ephemeral messages, permalinks. */
import { z } from "zod";
import { blocksArgument, flag, nested, timestamp } from "../arguments.ts";
import { type Content, checkedContent, cutWarning } from "../content.ts";
import { METADATA_BYTES, TEXT_CUT, UPDATE_TEXT } from "../limits.ts";
import { type CallContext, type Method, method } from "../method.ts";
import type { Channel, Message, Metadata } from "../model.ts";
import { checkPictures } from "../pictures.ts";
import { noteProblem } from "../problems.ts";
import { Refusal } from "../refusal.ts";
import { messageJson } from "../wire.ts";
import { openDirect } from "./direct.ts";

const metadata = nested(
  z.strictObject({
    event_type: z.string(),
    event_payload: z.record(z.string(), z.unknown()),
  }),
);
const content = {
  text: z.string().optional(),
  blocks: blocksArgument.optional(),
  attachments: blocksArgument.optional(),
  parse: z.enum(["full", "none"]).optional(),
  link_names: flag.optional(),
};

/** Where a bot may post: a channel it is in, a direct message, or a person (which opens one). */
function placeToPost({ world, team }: CallContext, id: string): Channel {
  const channel = /^[UW]/.test(id) ? openDirect(world, team, id) : world.state.channel(team, id);
  const scopeForAll = channel.kind === "public" && team.scopes.has("chat:write.public");
  if (!world.state.isMember(team, channel) && !scopeForAll) throw new Refusal("not_in_channel");
  if (channel.archived) throw new Refusal("is_archived");
  if (channel.readOnly) throw new Refusal("restricted_action");
  if (channel.kind === "im") {
    const other = [...channel.members].find((member) => member !== team.bot.userId);
    const person = other === undefined ? undefined : world.state.member(other);
    if (person?.deactivated === true) throw new Refusal("user_disabled");
    if (person?.dm === "disabled") throw new Refusal("messages_tab_disabled");
    if (person?.dm === "blocked") throw new Refusal("cannot_dm_bot");
  }
  return channel;
}

function contentOf(
  { world, team }: CallContext,
  args: Parameters<typeof checkedContent>[0],
): Content {
  const given = checkedContent(args);
  checkPictures(world.files, team, given.blocks);
  return given;
}

function checkedMetadata(value: Metadata | undefined): Metadata | undefined {
  if (value !== undefined && JSON.stringify(value).length > METADATA_BYTES) {
    throw new Refusal("metadata_too_large");
  }
  return value;
}

/** A message of our own app that may be changed; others answer cant_update_message. */
function ownMessage(
  { world, team }: CallContext,
  channelId: string,
  ts: string,
  refusal: string,
): Message {
  const channel = world.state.channel(team, channelId);
  const message = world.state.message(channel, ts);
  if (message === undefined || message.subtype === "tombstone") {
    throw new Refusal("message_not_found");
  }
  if (message.botId !== team.bot.id) throw new Refusal(refusal);
  return message;
}

const postMessage = method(
  "chat.postMessage",
  {
    pace: "post",
    scopes: ["chat:write"],
    args: {
      ...content,
      channel: z.string(),
      thread_ts: timestamp.optional(),
      reply_broadcast: flag.optional(),
      unfurl_links: flag.optional(),
      unfurl_media: flag.optional(),
      mrkdwn: flag.optional(),
      metadata: metadata.optional(),
    },
  },
  (context, args) => {
    const { world, team } = context;
    const channel = placeToPost(context, args.channel);
    const message = world.messages.post(channel, {
      ...contentOf(context, args),
      user: team.bot.userId,
      team,
      botId: team.bot.id,
      appId: world.app.id,
      threadTs: args.thread_ts,
      metadata: checkedMetadata(args.metadata),
      unfurl: { links: args.unfurl_links ?? false, media: args.unfurl_media ?? true },
    });
    const answer = { channel: channel.id, ts: message.ts, message: messageJson(message, [], true) };
    if ((args.text?.length ?? 0) <= TEXT_CUT) return answer;
    // Taken, but part of it is lost: a correct app does not let that happen.
    noteProblem(world, "chat.postMessage", new Refusal("message_truncated"));
    return { ...answer, ...cutWarning };
  },
);

const update = method(
  "chat.update",
  {
    pace: 3,
    scopes: ["chat:write"],
    args: {
      ...content,
      channel: z.string(),
      ts: timestamp,
      as_user: flag.optional(),
      file_ids: nested(z.array(z.string())).optional(),
      reply_broadcast: flag.optional(),
      metadata: metadata.optional(),
    },
  },
  (context, args) => {
    const message = ownMessage(context, args.channel, args.ts, "cant_update_message");
    if (message.channel.archived) throw new Refusal("is_archived");
    // "chat.update", errors: texts over 4 000 characters are refused, where posting cuts them.
    if ((args.text?.length ?? 0) > UPDATE_TEXT) throw new Refusal("msg_too_long");
    const next = contentOf(context, args);
    context.world.messages.change(message, context.team.bot.userId, {
      text: next.text,
      // "chat.update": without new blocks the old ones stay, unless only a text is given.
      ...(args.blocks !== undefined || args.text !== undefined ? { blocks: next.blocks } : {}),
      ...(args.attachments !== undefined ? { attachments: next.attachments } : {}),
      metadata: checkedMetadata(args.metadata),
    });
    return {
      channel: args.channel,
      ts: message.ts,
      text: message.text,
      message: messageJson(message, context.world.messages.replies(message)),
    };
  },
);

const postEphemeral = method(
  "chat.postEphemeral",
  {
    pace: 4,
    scopes: ["chat:write"],
    args: {
      ...content,
      channel: z.string(),
      user: z.string(),
      thread_ts: timestamp.optional(),
    },
  },
  (context, args) => {
    const { world, team } = context;
    const channel = placeToPost(context, args.channel);
    const reader = world.state.member(args.user);
    if (reader === undefined || reader.deactivated || !channel.members.has(args.user)) {
      throw new Refusal("user_not_in_channel");
    }
    const whisper = world.messages.whisper({
      ...contentOf(context, args),
      channel,
      to: args.user,
      team,
      from: "app",
      threadTs: args.thread_ts,
    });
    return { message_ts: whisper.ts };
  },
);

const remove = method(
  "chat.delete",
  {
    pace: 3,
    scopes: ["chat:write"],
    args: { channel: z.string(), ts: timestamp, as_user: flag.optional() },
  },
  (context, args) => {
    const message = ownMessage(context, args.channel, args.ts, "cant_delete_message");
    context.world.messages.remove(message);
    return { channel: args.channel, ts: args.ts };
  },
);

const getPermalink = method(
  "chat.getPermalink",
  { pace: "special", args: { channel: z.string(), message_ts: timestamp } },
  ({ world, team }, args) => {
    const channel = world.state.channel(team, args.channel);
    const message = world.state.message(channel, args.message_ts);
    if (message === undefined) throw new Refusal("message_not_found");
    const path = `archives/${channel.id}/p${message.ts.replace(".", "")}`;
    const query =
      message.threadTs === undefined ? "" : `?thread_ts=${message.threadTs}&cid=${channel.id}`;
    return { channel: channel.id, permalink: `${team.url}${path}${query}` };
  },
);

export const chatMethods: readonly Method[] = [
  postMessage,
  update,
  postEphemeral,
  remove,
  getPermalink,
];
