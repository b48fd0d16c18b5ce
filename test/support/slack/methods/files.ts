/** files.*: ask for an address, upload, complete; sharing and processing end a little later. */
import { z } from "zod";
import { blocksArgument, count, nested, timestamp } from "../arguments.ts";
import { type Method, method } from "../method.ts";
import type { Team, UploadedFile } from "../model.ts";
import { Refusal } from "../refusal.ts";
import { fileJson } from "../wire.ts";
import type { World } from "../world.ts";

const getUploadUrl = method(
  "files.getUploadURLExternal",
  {
    pace: 4,
    scopes: ["files:write"],
    args: {
      filename: z.string().min(1),
      length: count,
      alt_txt: z.string().max(1000).optional(),
      alt_text: z.string().max(1000).optional(),
      snippet_type: z.string().optional(),
    },
  },
  ({ world, team }, args) => {
    if (args.length === 0) throw new Refusal("invalid_arguments");
    const file: UploadedFile = {
      id: world.ids.next("F"),
      team,
      name: args.filename,
      altText: args.alt_txt ?? args.alt_text,
      title: args.filename,
      length: args.length,
      bytes: undefined,
      state: "waiting",
      deleted: false,
      created: Math.floor(world.timeline.now() / 1000),
      shares: [],
    };
    world.files.set(file.id, file);
    return { upload_url: `${world.origin()}/upload/v1/${file.id}`, file_id: file.id };
  },
);

const complete = method(
  "files.completeUploadExternal",
  {
    pace: 4,
    scopes: ["files:write"],
    args: {
      files: nested(
        z.array(z.strictObject({ id: z.string(), title: z.string().optional() })).min(1),
      ),
      channel_id: z.string().optional(),
      channels: z.string().optional(),
      initial_comment: z.string().optional(),
      thread_ts: timestamp.optional(),
      blocks: blocksArgument.optional(),
    },
  },
  ({ world, team }, args) => {
    const uploaded = args.files.map(({ id, title }) => {
      const file = fileOf(world, team, id);
      if (file.state === "waiting") throw new Refusal("file_not_uploaded");
      if (file.state !== "uploaded") throw new Refusal("file_already_completed");
      file.title = title ?? file.name;
      return file;
    });
    for (const id of placesOf(args)) shareable(world, team, id);
    for (const file of uploaded) file.state = "completed";
    // As Slack answers at this moment: not looked into, and not shared anywhere yet.
    const answer = { files: uploaded.map(fileJson) };
    world.timeline.after(world.options.fileReadyMs, () => ready(world, team, uploaded, args));
    world.timeline.runDue();
    return answer;
  },
);

interface Sharing {
  readonly channel_id?: string | undefined;
  readonly channels?: string | undefined;
  readonly initial_comment?: string | undefined;
  readonly thread_ts?: string | undefined;
}

const placesOf = (args: Sharing) =>
  [args.channel_id, ...(args.channels ?? "").split(",")].filter(
    (id): id is string => id !== undefined && id !== "",
  );

function shareable(world: World, team: Team, id: string) {
  const channel = world.state.channel(team, id);
  if (!world.state.isMember(team, channel)) throw new Refusal("not_in_channel");
  if (channel.archived) throw new Refusal("is_archived");
  const person = [...channel.members].map(world.state.member).find((member) => member);
  if (channel.kind === "im" && (person?.deactivated || person?.dm !== "open")) {
    throw new Refusal("channel_not_found");
  }
  return channel;
}

/** Processed, then shared as a message of the bot with subtype file_share. */
function ready(world: World, team: Team, files: UploadedFile[], args: Sharing): void {
  for (const file of files) file.state = "ready";
  for (const id of placesOf(args)) {
    const channel = world.state.channel(team, id);
    world.messages.post(channel, {
      user: team.bot.userId,
      team,
      botId: team.bot.id,
      appId: world.app.id,
      text: args.initial_comment ?? "",
      subtype: "file_share",
      threadTs: args.thread_ts,
      files,
    });
  }
}

function fileOf(world: World, team: Team, id: string): UploadedFile {
  const file = world.files.get(id);
  if (file === undefined || file.team !== team) throw new Refusal("file_not_found");
  if (file.deleted) throw new Refusal("file_deleted");
  return file;
}

const info = method(
  "files.info",
  {
    pace: 4,
    scopes: ["files:read"],
    args: {
      file: z.string(),
      count: count.optional(),
      page: count.optional(),
      limit: count.optional(),
      cursor: z.string().optional(),
    },
  },
  ({ world, team }, args) => ({ file: fileJson(fileOf(world, team, args.file)), comments: [] }),
);

/** "files.delete": a bot's token deletes what the bot itself uploaded; its messages stay. */
const remove = method(
  "files.delete",
  { pace: 3, scopes: ["files:write"], args: { file: z.string() } },
  ({ world, team }, args) => {
    const file = fileOf(world, team, args.file);
    file.deleted = true;
    file.bytes = undefined;
    return {};
  },
);

export const fileMethods: readonly Method[] = [getUploadUrl, complete, info, remove];
