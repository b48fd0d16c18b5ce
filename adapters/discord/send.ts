/**
 * The way out: one call is one POST, failures are AppErrors, and a message carries its delivery's key
 * as the nonce by which Discord keeps a repeated message away (D4, D6).
 */
import { type Client, RESTJSONErrorCodes as Codes } from "discord.js";
import { AppError, hasCode } from "../../src/errors.ts";
import type { Address, ChatPlatform, ConnectionRef, Receipt } from "../../src/platform.ts";
import { createPacing } from "../common/pacing.ts";
import { createFacts } from "./directory/facts.ts";
import { createLeadsChannels } from "./directory/leads.ts";
import {
  type Attempt,
  discordError,
  isRefusal,
  stopped,
  tokenRefused,
  unknownGuild,
} from "./errors.ts";
import type { DiscordGuild, Guilds } from "./guilds.ts";
import { type MessagePlace, messageId, readMessageId } from "./ids.ts";
import type { DiscordOptions } from "./options.ts";
import { createBudget } from "./send/budget.ts";
import { deliver } from "./send/deliver.ts";
import { drawn } from "./send/draw.ts";
import { findMarked } from "./send/find.ts";
import { createLimits } from "./send/limits.ts";
import { createPlaces, type Placed } from "./send/places.ts";
import { edit } from "./send/post.ts";
import { createForgetting, removeMessage } from "./send/remove.ts";
import { createTell, type Tell } from "./send/tell.ts";

export type { Tell } from "./send/tell.ts";

export interface SenderOptions {
  readonly client: Client;
  readonly guilds: Guilds;
  readonly options: Pick<DiscordOptions, "leadsChannels" | "say" | "log" | "now">;
  /** The bot's user. */
  readonly botId: string;
  /** Pauses between the tries of `tell`, in milliseconds. */
  readonly tellPauses?: readonly number[];
  /** Between two requests while somebody is forgotten, in milliseconds. */
  readonly forgetPaceMs?: number;
}

export type Sender = Required<
  Pick<ChatPlatform, "send" | "update" | "find" | "remove" | "forget">
> & {
  readonly tell: Tell;
  /** Before something is read. @throws AppError when Discord has refused too much of what we asked. */
  mayAsk(): void;
  /** Why nothing goes out: the token was refused. */
  unready(): string | undefined;
  stop(): void;
};

/** So many messages may follow one another at a place: what Discord's headers have shown. */
const BURST = 5;
const FORGET_PACE_MS = 250;

export function createSender(given: SenderOptions): Sender {
  const { client, guilds, options, botId, tellPauses } = given;
  const { say, now = Date.now } = options;
  const budget = createBudget(client.rest, now);
  const limits = createLimits(now);
  const pacing = createPacing(BURST, now);
  const leads = createLeadsChannels(createFacts(client, now), options);
  const places = createPlaces({ client, leads, pacing, now });
  let running = true;

  /** @throws AppError when nothing at all may be asked now. */
  const mayAsk = (weighty = true) => {
    if (!running) throw stopped();
    if (budget.refused()) throw tokenRefused();
    budget.check(weighty);
  };
  const forgetDirect = createForgetting({
    ...{ client, botId, mayAsk, now },
    paceMs: given.forgetPaceMs ?? FORGET_PACE_MS,
  });
  /** @throws AppError when nothing may go out to there now. */
  const enter = (connection: ConnectionRef, to: Address): DiscordGuild => {
    mayAsk(to.kind === "leads" || to.kind === "thread");
    const guild = guilds.byRef(connection);
    if (guild === undefined) throw unknownGuild();
    limits.check(places.keyOf(guild, to));
    return guild;
  };
  /** What we refuse ourselves passes; what Discord refused may hold the place. */
  const failed = (guild: Placed, to: Address, error: unknown, attempt: Attempt) => {
    if (error instanceof AppError) return error;
    if (isRefusal(error, Codes.UnknownChannel)) places.forget(to);
    return limits.note(places.keyOf(guild, to), discordError(error, attempt));
  };
  const send: Sender["send"] = async (connection, to, message, key) => {
    const guild = enter(connection, to);
    pacing.take(places.keyOf(guild, to), key);
    try {
      const place = await deliver({ client, places, say }, { guild, to, message, key });
      return receiptOf(to, place);
    } catch (error) {
      throw failed(guild, to, error, "send");
    }
  };

  return {
    send,
    async update(connection, to, messageId, message) {
      const guild = enter(connection, to);
      try {
        await edit(client, readMessageId(messageId), drawn(say, guild, to, message));
      } catch (error) {
        throw failed(guild, to, error, "update");
      }
    },
    async find(connection, to, key) {
      const guild = enter(connection, to);
      try {
        const channels = await places.candidates(guild, to, key);
        for (const channelId of channels) {
          const place = await findMarked(client, channelId, botId, key).catch(notThere);
          if (place !== undefined) return receiptOf(to, place);
        }
      } catch (error) {
        notThere(error);
      }
      return undefined;
    },
    async remove(ref, to, messageId) {
      mayAsk();
      // Whether a server has let us go or not: Discord says what can be removed.
      limits.check(places.keyOf({ ref }, to));
      try {
        await removeMessage(client, messageId);
      } catch (error) {
        throw failed({ ref }, to, error, "remove");
      }
    },
    async forget(_connection, userId, until) {
      const open = () => places.directOf(userId, `f${userId}`);
      const forgotten = await forgetDirect(userId, until, open);
      places.forget({ kind: "direct", userId });
      return forgotten;
    },
    tell: createTell({
      ...{ send, running: () => running, log: options.log },
      ...(tellPauses === undefined ? {} : { pauses: tellPauses }),
    }),
    mayAsk,
    unready: () => (budget.refused() ? tokenRefused().message : undefined),
    stop() {
      running = false;
    },
  };
}

/** Where we may not even look, sending says why. @throws AppError for what may pass. */
function notThere(error: unknown): undefined {
  const known = discordError(error, "read");
  if (!hasCode(known, "unreachable")) throw known;
}

/** What is written there from this message on may be an answer to it. */
function receiptOf(to: Address, place: MessagePlace): Receipt {
  const { channelId, id } = place;
  const answerable = to.kind === "direct" || to.kind === "chat";
  return {
    messageId: messageId(place),
    // Nobody knows who looks into a thread.
    reached: to.kind !== "whisper",
    ...(answerable ? { bookmark: { place: channelId, position: id } } : {}),
  };
}
