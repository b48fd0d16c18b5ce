/**
 * The way out: one call is one POST, failures are AppErrors, and a message carries its delivery's
 * key as metadata, because Slack itself cannot tell a repeated message from a new one (D5, D6).
 */
import { type AppError, hasCode } from "../../src/errors.ts";
import type { Log } from "../../src/log.ts";
import type { Address, ChatPlatform, ConnectionRef, Message } from "../../src/platform.ts";
import { createPacing } from "../common/pacing.ts";
import type { Channels } from "./directory/channels.ts";
import { isRefusal, slackError, stopped, unknownWorkspace } from "./errors.ts";
import { renderMessage } from "./render.ts";
import { createAside } from "./send/aside.ts";
import { createFinder } from "./send/find.ts";
import { createForgetter } from "./send/forgetting.ts";
import type { Limits } from "./send/limits.ts";
import { createPictures } from "./send/pictures.ts";
import { createPlaces } from "./send/places.ts";
import { edit, post } from "./send/posting.ts";
import { removeById } from "./send/removing.ts";
import type { SlackWorkspace } from "./workspace.ts";
import type { Workspaces } from "./workspaces.ts";

export interface SenderOptions {
  readonly workspaces: Workspaces;
  readonly channels: Channels;
  readonly limits: Limits;
  readonly log: Log;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Pauses before each look whether a picture can be shown. */
  readonly picturePauses?: readonly number[];
}

type Way = "send" | "update" | "find" | "remove" | "forget";
export type Sender = Required<Pick<ChatPlatform, Way>> & { stop(): void };

/**
 * Short bursts are tolerated beyond a message a second and channel:
 * https://docs.slack.dev/apis/web-api/rate-limits#rate-limits__posting-messages
 */
const BURST = 2;

export function createSender(options: SenderOptions): Sender {
  const { workspaces, limits, log, now } = options;
  const pacing = createPacing(BURST, now);
  const places = createPlaces(options.channels, now);
  const pictures = createPictures(log, options.picturePauses);
  const finder = createFinder({ places, log, now });
  const removing = createAside("removing more", now);
  const forget = createForgetter({ aside: removing, directOf: places.directOf, now });
  let running = true;

  const enter = (connection: ConnectionRef, to: Address) => {
    if (!running) throw stopped();
    const workspace = workspaces.byRef(connection);
    if (workspace === undefined) throw unknownWorkspace();
    const place = places.keyOf(workspace, to);
    limits.check(workspace.ref.externalId, place);
    return { workspace, place };
  };
  const failed = (workspace: SlackWorkspace, to: Address, error: AppError): AppError => {
    if (hasCode(error, "unreachable")) places.forget(workspace, to);
    return limits.note(workspace.ref.externalId, places.keyOf(workspace, to), error);
  };
  const content = async (workspace: SlackWorkspace, message: Message) => {
    const pictureFile = await pictures.fileFor(workspace, message);
    return renderMessage(message, pictureFile === undefined ? {} : { pictureFile });
  };
  /** A picture that Slack would not show is left out at the next try: this one is over. */
  const wholly = async <T>(workspace: SlackWorkspace, message: Message, post: () => Promise<T>) => {
    try {
      return await post();
    } catch (error) {
      if (isRefusal(error, "invalid_blocks", "slack_file_not_found")) {
        pictures.spoil(workspace, message);
      }
      throw error;
    }
  };

  /** What is taken back has limits of its own: they hold up nothing that goes out. */
  const withoutHolding = async <T>(
    workspace: SlackWorkspace,
    to: Address,
    work: () => Promise<T>,
  ): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      const known = slackError(error);
      throw hasCode(known, "rate-limited") ? known : failed(workspace, to, known);
    }
  };

  return {
    async send(connection, to, message, key) {
      const { workspace, place } = enter(connection, to);
      pacing.take(paceKey(workspace, place), key);
      try {
        const target = await places.targetOf(workspace, to);
        const rendered = await content(workspace, message);
        return await wholly(workspace, message, () => post(workspace, target, rendered, key));
      } catch (error) {
        throw failed(workspace, to, slackError(error, "send"));
      }
    },
    async update(connection, to, messageId, message) {
      const { workspace } = enter(connection, to);
      try {
        const rendered = await content(workspace, message);
        await wholly(workspace, message, () => edit(workspace, to, messageId, rendered));
      } catch (error) {
        throw failed(workspace, to, slackError(error, "update"));
      }
    },
    async find(connection, to, key) {
      const { workspace } = enter(connection, to);
      return finder(workspace, to, key);
    },
    async remove(connection, to, id) {
      const { workspace } = enter(connection, to);
      await withoutHolding(workspace, to, () =>
        removing(workspace, () => removeById(workspace, id)),
      );
    },
    async forget(connection, userId, until) {
      const to = { kind: "direct", userId } as const;
      const { workspace, place } = enter(connection, to);
      const forgotten = await withoutHolding(workspace, to, () => forget(workspace, userId, until));
      places.forget(workspace, to);
      pacing.forget(paceKey(workspace, place));
      return forgotten;
    },
    stop() {
      running = false;
      pictures.stop();
    },
  };
}

function paceKey({ ref }: SlackWorkspace, place: string): string {
  return `${ref.externalId} ${place}`;
}
