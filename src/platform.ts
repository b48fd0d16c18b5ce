/**
 * The port: everything the core knows of a chat platform, and all that an adapter may know of the
 * core. Messages are values; each adapter renders them with its platform's own best parts.
 *
 * Terminology: a *connection* is one Slack workspace, Discord guild or playground; a *user* is an
 * account of that platform; a *place* is somewhere a message can go; a *token* is an opaque string
 * of ours (at most {@link MAX_TOKEN_LENGTH} characters) that a button carries back to us.
 */
import type { Suggestion, SuggestRequest } from "./platform/commands.ts";
import type { Form, Message } from "./platform/message.ts";
import type { Outline } from "./platform/outline.ts";
import type { Granted, PlatformUser } from "./platform/people.ts";
import type { PlatformGroup, SupportPlace } from "./platform/places.ts";

export * from "./platform/commands.ts";
export type * from "./platform/message.ts";
export type * from "./platform/outline.ts";
export * from "./platform/people.ts";
export type * from "./platform/places.ts";

/**
 * Discord's custom_id holds 100 characters, and its adapter keeps 14 of them to say which guild a
 * button in a direct message belongs to; Slack's and the playground's hold more.
 */
export const MAX_TOKEN_LENGTH = 86;

/** One Slack workspace, Discord guild or playground, by the platform's own id. */
export interface ConnectionRef {
  readonly platform: string;
  readonly externalId: string;
}

/** A support conversation as the platform knows it. `team` and `touchpoint` are names. */
export interface ChatRef {
  readonly externalId: string;
  readonly channel: string;
  readonly team?: string;
  readonly touchpoint?: string;
  readonly tags?: readonly string[];
  /** Link that opens the chat, when the platform has one. */
  readonly url?: string;
}

/** Why a chat was closed. Only `solved` and `manual` closings ask; the others never do. */
export type CloseReason = "solved" | "manual" | "inactivity" | "spam";

/** Where a message can be sent. Plain data, because it is kept with the delivery. */
export type Address =
  | { readonly kind: "direct"; readonly userId: string }
  | { readonly kind: "chat"; readonly chatId: string }
  /** Where the chat is, seen by this user only. May be lost, so it is never known to have been seen. */
  | { readonly kind: "whisper"; readonly chatId: string; readonly userId: string }
  /** A channel as the platform names it: where a command was typed or a button pressed. */
  | { readonly kind: "channel"; readonly channelId: string }
  | { readonly kind: "leads" }
  /**
   * The thread beneath a message of ours in the leads' channel. `name`: what it is called where
   * threads have names and are begun with one, as "Case 17"; never somebody's name.
   */
  | { readonly kind: "thread"; readonly messageId: string; readonly name?: string };

interface EventBase {
  /** Unique within the connection and the same at every redelivery: the key of the dedupe. */
  readonly id: string;
  readonly connection: ConnectionRef;
  /** When it happened, by the platform's clock. */
  readonly at: Date;
  /** How far its place is read with this event: kept in the same transaction. */
  readonly bookmark?: Bookmark;
}

/** How far a place has been read. Both are the adapter's own words: ids, never a person's text. */
export interface Bookmark {
  readonly place: string;
  readonly position: string;
}

/** Everything that can come in. Texts are a person's own words: never instructions, never logged. */
export type PlatformEvent =
  | (EventBase & {
      readonly kind: "chat-message";
      readonly chat: ChatRef;
      readonly from: PlatformUser;
      readonly text: string;
      /** False for an internal note: it neither answers the customer nor counts as theirs. */
      readonly public: boolean;
      /** False when this message cannot begin a chat: it then belongs to a known chat or to none. */
      readonly opens?: boolean;
    })
  | (EventBase & {
      readonly kind: "chat-closed";
      readonly chat: ChatRef;
      /** Absent where the platform does not tell who it was; only somebody who may can have done it. */
      readonly by?: PlatformUser;
      readonly reason: CloseReason;
    })
  | (EventBase & {
      readonly kind: "chat-reopened";
      readonly chat: ChatRef;
      /** As with a closing. */
      readonly by?: PlatformUser;
    })
  /** Somebody asks something of a chat: to ask its customer for feedback now, or for its scores. */
  | (EventBase & {
      readonly kind: "chat-command";
      readonly name: "ask" | "scores";
      readonly chat: ChatRef;
      readonly from: PlatformUser;
    })
  /** We were let in while running: the connection is made, or what waited for it goes out. */
  | (EventBase & { readonly kind: "connection-opened"; readonly name: string })
  /** We can write to a place again: invited, unarchived. */
  | (EventBase & { readonly kind: "place-opened"; readonly place: Address })
  | (EventBase & {
      readonly kind: "direct-message";
      readonly from: PlatformUser;
      readonly text: string;
    })
  | (EventBase & {
      readonly kind: "action";
      readonly from: PlatformUser;
      readonly token: string;
      /** Values of a submitted form by field name. */
      readonly values?: Readonly<Record<string, string>>;
      /** Where it was pressed. */
      readonly place?: Address;
      /** It was pressed on our own page: an update replaces all of it. */
      readonly page?: "home";
      /** False when the answer to this event cannot show pictures: then none is drawn for it. */
      readonly pictures?: false;
    })
  | (EventBase & {
      readonly kind: "command";
      readonly from: PlatformUser;
      /** Without the slash: `nps`. `home` is also what an adapter sends when our own page is opened. */
      readonly name: string;
      /**
       * Whoever is mentioned in it stands there as `platform:userId`, a group or role as
       * `platform:group:groupId`.
       */
      readonly text: string;
      /** Where it was typed. */
      readonly place?: Address;
      /** False when the answer to this event cannot show pictures: then none is drawn for it. */
      readonly pictures?: false;
    });

/** The event of one kind. */
export type EventOf<K extends PlatformEvent["kind"]> = Extract<PlatformEvent, { kind: K }>;

/**
 * The answer to an event, returned so that the core holds no platform callback.
 * `update` replaces the message whose button was pressed; `message` is shown to the actor only.
 */
export type Reply =
  | { readonly kind: "nothing" }
  | { readonly kind: "message"; readonly message: Message }
  | { readonly kind: "update"; readonly message: Message }
  | { readonly kind: "form"; readonly form: Form };

/** The one way in. Resolves only after everything the event causes is committed. */
export interface Inbox {
  receive(event: PlatformEvent): Promise<Reply>;
}

/** Proof of a delivery: the platform's id of the message, and whether the person can have seen it. */
export interface Receipt {
  readonly messageId: string;
  readonly reached: boolean;
  /** Kept when its place has none yet: answers are looked for from here on. */
  readonly bookmark?: Bookmark;
}

/** What came of forgetting somebody on a platform. */
export interface Forgotten {
  /** Messages of ours that are gone. */
  readonly removed: number;
  /** Messages of ours that the platform does not let us remove, by reason: a short word of ours. */
  readonly remaining: Readonly<Record<string, number>>;
  /** Places of bookmarks that only this person has with us: their direct messages. */
  readonly places: readonly string[];
}

/** What an adapter may ask of the core, beside handing in what happened. */
export interface CoreServices {
  /** How far the places of a connection were read, the newest first; only those kept since then. */
  bookmarks(
    connection: ConnectionRef,
    since: Date,
  ): Promise<readonly (Bookmark & { readonly keptAt: Date })[]>;
  /** A note of this adapter's own that outlives a restart; undefined when there is none. */
  readNote(name: string): Promise<string | undefined>;
  /** At most 10 000 characters; nothing of a person's. */
  keepNote(name: string, value: string): Promise<void>;
  /** What can be chosen for an option of a command; nothing for whoever may not see it. */
  suggest(request: SuggestRequest): Promise<readonly Suggestion[]>;
  /** Who has a role of ours on a connection, by themselves or by a group; to be asked again soon. */
  granted(connection: ConnectionRef): Promise<Granted>;
}

/**
 * What an adapter implements: three required members; what a platform lacks is left out and the
 * core has the fallback. Failures are AppErrors: `unreachable` (nothing was sent, and nothing ever
 * will be there), `rate-limited` (nothing was sent), `revoked` (nothing was sent), `not-found` (by
 * update: the message is gone); anything else may have been sent, and is retried with back-off.
 */
export interface ChatPlatform {
  readonly name: string;
  start(inbox: Inbox, core: CoreServices): Promise<void>;
  /** Why nothing comes in or goes out just now, for operators; undefined when all is well. */
  unready?(): string | undefined;
  /**
   * One call is one attempt on the wire. `key` is the same at every retry of the same delivery, at
   * most 25 characters: a platform that can de-duplicates by it.
   */
  send(connection: ConnectionRef, to: Address, message: Message, key: string): Promise<Receipt>;
  /** Replaces an earlier message. Without it the core sends a new message instead. */
  update?(
    connection: ConnectionRef,
    to: Address,
    messageId: string,
    message: Message,
  ): Promise<void>;
  /** True when it has the address `thread`; without it the core writes to the leads' channel. */
  readonly threads?: boolean;
  /**
   * Removes a message of ours; one that is gone already is no failure. `unreachable`: the platform
   * does not let us, and never will.
   */
  remove?(connection: ConnectionRef, to: Address, messageId: string): Promise<void>;
  /**
   * Forgets somebody: removes all that we wrote to them directly before `until` (by the platform's
   * clock: when they asked, so that the answer to it stays), as far as the platform lets us, and whatever the adapter itself keeps of them. Doing it again finishes what was
   * begun. `unreachable`, or nothing removed while something remains: the core then tries `remove`
   * with each message that it knows of.
   */
  forget?(connection: ConnectionRef, userId: string, until: Date): Promise<Forgotten>;
  /**
   * Until when somebody does not want to be disturbed, where the platform tells; undefined: they may
   * be written to now. Asked right before a question is.
   */
  quietUntil?(connection: ConnectionRef, userId: string): Promise<Date | undefined>;
  /** Who has this id, met or not; undefined: nobody. @throws AppError when it cannot be asked now. */
  person?(connection: ConnectionRef, userId: string): Promise<PlatformUser | undefined>;
  /** Which user groups or roles there are, as people there know them. @throws as `person`. */
  groups?(connection: ConnectionRef): Promise<readonly PlatformGroup[]>;
  /** Where support chats are looked for, and what is in the way there. @throws as `person`. */
  supportPlaces?(connection: ConnectionRef): Promise<readonly SupportPlace[]>;
  /** Looks a delivery up by its key after an unclear failure, before anything is sent again. */
  find?(connection: ConnectionRef, to: Address, key: string): Promise<Receipt | undefined>;
  /**
   * How people will see a message, without sending it, out of what would be sent: for previews, and to
   * say before a survey is saved what does not fit. Without it nothing is said of this platform.
   */
  outline?(message: Message): Outline;
  /** Pages and hooks of this platform, mounted on the common port. */
  readonly web?: { readonly path: string; fetch(request: Request): Promise<Response> };
  stop(): Promise<void>;
}

/** What a check of a platform's settings found; `mend` says what to do about it. */
export type Finding =
  | { readonly check: string; readonly ok: true; readonly says: string }
  | { readonly check: string; readonly ok: false; readonly says: string; readonly mend: string };
