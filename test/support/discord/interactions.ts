/** Interactions under way: their deadlines, tokens and what the app answered ("Receiving and Responding"). */
import type { Timeline } from "../net/time.ts";
import type { Modal } from "./components/modal.ts";
import type { Events } from "./events.ts";
import type { Ids } from "./ids.ts";
import { FILE_BYTES, RESPOND_MS, TOKEN_MS } from "./limits.ts";
import type { Channel, Json, Message, User } from "./model.ts";
import { permissionsIn } from "./permissions.ts";
import { refused } from "./refusal.ts";
import type { State } from "./state.ts";
import { memberJson, placeJson, userJson } from "./wire.ts";
import { messageJson } from "./wire-message.ts";

/** "Interaction Type". */
export const interactionTypes = { command: 2, component: 3, autocomplete: 4, modal: 5 } as const;
type InteractionType = (typeof interactionTypes)[keyof typeof interactionTypes];

/** What a person's act brought back from the app. */
export type Answer =
  | { readonly outcome: "message"; readonly id: string; readonly ephemeral: boolean }
  /** "Aftertalk is thinking…", to be filled in within fifteen minutes. */
  | { readonly outcome: "deferred"; readonly id: string; readonly ephemeral: boolean }
  /** The message that was pressed has changed, or will. */
  | { readonly outcome: "updated" | "update deferred" }
  | { readonly outcome: "modal"; readonly title: string }
  | {
      readonly outcome: "choices";
      readonly choices: readonly { readonly name: string; readonly value: string | number }[];
    }
  /** "The application did not respond": nothing within three seconds. */
  | { readonly outcome: "timed out" };

export interface Interaction {
  readonly id: string;
  readonly token: string;
  readonly type: InteractionType;
  readonly at: number;
  readonly channel: Channel;
  readonly user: User;
  /** The message that the component is in. */
  readonly message: Message | undefined;
  readonly metadata: Json;
  answer: Answer | undefined;
  /** What `@original` is. */
  original: Message | undefined;
  modal: Modal | undefined;
  readonly settle: (answer: Answer) => void;
}

export interface NewInteraction {
  readonly type: InteractionType;
  readonly channel: Channel;
  readonly user: User;
  readonly data: Json;
  readonly message?: Message | undefined;
}

export interface Interactions {
  /** Sends it to the app; resolves once the app has answered or the three seconds are over. */
  send(interaction: NewInteraction): Promise<Answer>;
  /** For its first answer: 10062 when it is unknown or late, 40060 when it has been answered. */
  waiting(id: string, token: string): Interaction;
  /** For everything after: 10015 before the first answer, 50027 after fifteen minutes. */
  answered(token: string): Interaction;
  /** The modal that this person has open. */
  openModal(user: User): Interaction | undefined;
  closeModal(user: User): void;
  showModal(interaction: Interaction, modal: Modal): void;
  settled(): Promise<void>;
}

export function createInteractions(
  state: State,
  ids: Ids,
  timeline: Timeline,
  events: Events,
): Interactions {
  const byToken = new Map<string, Interaction>();
  const modals = new Map<string, Interaction>();
  const underWay = new Set<Promise<Answer>>();

  return {
    send({ type, channel, user, data, message }) {
      const { promise, resolve } = Promise.withResolvers<Answer>();
      const id = ids.snowflake();
      const interaction: Interaction = {
        id,
        token: `${ids.next("interaction")}-token`,
        type,
        at: timeline.now(),
        channel,
        user,
        message,
        metadata: { id, type, user: userJson(user), authorizing_integration_owners: {} },
        answer: undefined,
        original: undefined,
        modal: undefined,
        settle: resolve,
      };
      byToken.set(interaction.token, interaction);
      const forget = timeline.after(RESPOND_MS, () => resolve({ outcome: "timed out" }));
      const tracked = promise.finally(() => {
        forget();
        underWay.delete(tracked);
      });
      underWay.add(tracked);
      events.interaction(channel.guild, interactionJson(state, interaction, data));
      return tracked;
    },
    waiting(id, token) {
      const known = byToken.get(token);
      if (known === undefined || known.id !== id) throw refused("unknownInteraction");
      if (known.answer !== undefined) throw refused("acknowledged");
      if (timeline.now() - known.at >= RESPOND_MS) throw refused("unknownInteraction");
      return known;
    },
    answered(token) {
      const known = byToken.get(token);
      if (known?.answer === undefined) throw refused("unknownWebhook");
      if (timeline.now() - known.at >= TOKEN_MS) throw refused("invalidToken");
      return known;
    },
    openModal: (user) => modals.get(user.id),
    closeModal(user) {
      modals.delete(user.id);
    },
    showModal(interaction, modal) {
      interaction.modal = modal;
      modals.set(interaction.user.id, interaction);
    },
    async settled() {
      timeline.runDue();
      while (underWay.size > 0) await Promise.allSettled([...underWay]);
    },
  };
}

/** "Interaction Object". */
function interactionJson(state: State, interaction: Interaction, data: Json): Json {
  const { id, token, type, channel, user, message } = interaction;
  const { guild } = channel;
  const member = guild?.members.get(user.id);
  const permissions = String(permissionsIn(channel, user));
  return {
    id,
    application_id: state.bot.id,
    type,
    data,
    token,
    version: 1,
    channel_id: channel.id,
    channel: placeJson(channel, user),
    app_permissions: String(permissionsIn(channel, state.bot)),
    locale: user.locale,
    entitlements: [],
    authorizing_integration_owners: { 0: guild?.id ?? "0" },
    context: guild === undefined ? 1 : 0,
    attachment_size_limit: FILE_BYTES,
    ...(guild === undefined || member === undefined
      ? { user: userJson(user) }
      : {
          guild_id: guild.id,
          guild: { id: guild.id, locale: guild.locale, features: [] },
          guild_locale: guild.locale,
          member: { ...memberJson(member), permissions },
        }),
    ...(message === undefined ? {} : { message: messageJson(message, state.bot) }),
  };
}
