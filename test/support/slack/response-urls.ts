/** response_url: answers to an interaction without a token, five times in thirty minutes. */
import { z } from "zod";
import { blocksArgument } from "./arguments.ts";
import { type Content, checkedContent } from "./content.ts";
import type { Ids } from "./ids.ts";
import { RESPONSE_URL_MS, RESPONSE_URL_USES } from "./limits.ts";
import type { Messages } from "./messages.ts";
import type { Channel, Member, Message, Team, UploadedFile, Whisper } from "./model.ts";
import { checkPictures } from "./pictures.ts";
import { Refusal } from "./refusal.ts";
import type { Timeline } from "./time.ts";
import type { AppIdentity } from "./world.ts";

/** What the interaction began with: a message, an ephemeral message, or only a place. */
export interface Origin {
  readonly team: Team;
  readonly member: Member;
  readonly channel: Channel;
  readonly message?: Message;
  readonly whisper?: Whisper;
}

export interface Responses {
  /** Path of a new response URL. */
  create(origin: Origin): string;
  /** Path → whether it is one of ours. */
  knows(path: string): boolean;
  respond(path: string, body: unknown): void;
  /** What an acknowledgement's body (of a command) says, without using the URL up. */
  show(origin: Origin, body: unknown): void;
}

const bodySchema = z.strictObject({
  text: z.string().optional(),
  blocks: blocksArgument.optional(),
  attachments: blocksArgument.optional(),
  response_type: z.enum(["in_channel", "ephemeral"]).optional(),
  replace_original: z.boolean().optional(),
  delete_original: z.boolean().optional(),
  thread_ts: z.string().optional(),
  mrkdwn: z.boolean().optional(),
  unfurl_links: z.boolean().optional(),
  unfurl_media: z.boolean().optional(),
  metadata: z.unknown().optional(),
});
type Body = z.infer<typeof bodySchema>;

export function createResponses(
  app: AppIdentity,
  ids: Ids,
  timeline: Timeline,
  messages: Messages,
  files: ReadonlyMap<string, UploadedFile>,
): Responses {
  const entries = new Map<string, { origin: Origin; at: number; uses: number }>();

  /** False where there is nothing to replace (any more). */
  const replace = (origin: Origin, content: Content | undefined): boolean => {
    if (origin.whisper !== undefined) {
      const { whispers } = origin.channel;
      const index = whispers.indexOf(origin.whisper);
      if (index < 0) return false;
      if (content === undefined) whispers.splice(index, 1);
      else Object.assign(origin.whisper, content, { edited: true });
      return true;
    }
    if (origin.message === undefined || origin.message.deleted) return false;
    if (content === undefined) messages.remove(origin.message);
    else messages.change(origin.message, origin.team.bot.userId, { ...content });
    return true;
  };
  const say = (origin: Origin, body: Body, content: Content) => {
    const { channel, team, member } = origin;
    if (body.response_type === "in_channel") {
      messages.post(channel, {
        user: team.bot.userId,
        team,
        botId: team.bot.id,
        appId: app.id,
        threadTs: body.thread_ts,
        ...content,
      });
      return;
    }
    messages.whisper({
      channel,
      to: member.id,
      team,
      from: "app",
      threadTs: body.thread_ts ?? origin.message?.threadTs ?? origin.whisper?.threadTs,
      ...content,
    });
  };
  const act = (origin: Origin, input: unknown) => {
    const parsed = bodySchema.safeParse(input);
    if (!parsed.success) {
      const details = parsed.error.issues.map((issue) => `[ERROR] ${issue.message}`);
      throw new Refusal("invalid_arguments", { response_metadata: { messages: details } });
    }
    const body = parsed.data;
    if (body.delete_original === true) {
      replace(origin, undefined);
      return;
    }
    const content = checkedContent(body);
    checkPictures(files, origin.team, content.blocks);
    if (body.replace_original === true && replace(origin, content)) return;
    say(origin, body, content);
  };

  return {
    create(origin) {
      const path = `/actions/${origin.team.id}/${ids.next("")}/response`;
      entries.set(path, { origin, at: timeline.now(), uses: 0 });
      return path;
    },
    knows: (path) => entries.has(path),
    respond(path, body) {
      const entry = entries.get(path);
      if (entry === undefined) throw new Refusal("no_such_url");
      if (timeline.now() - entry.at > RESPONSE_URL_MS) throw new Refusal("expired_url");
      if (entry.uses >= RESPONSE_URL_USES) throw new Refusal("used_url");
      entry.uses += 1;
      act(entry.origin, body);
    },
    show: (origin, body) => act(origin, body),
  };
}
