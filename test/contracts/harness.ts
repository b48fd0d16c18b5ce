/** What the contract needs of a platform to look at it and to act on it. */
import type {
  Address,
  ChatPlatform,
  ConnectionRef,
  Message,
  PlatformEvent,
  Receipt,
  Reply,
} from "../../src/platform.ts";

/** A message as a person sees it: all its words, with labels, values and alternative texts. */
export interface SeenMessage {
  readonly id: string;
  readonly words: string;
}

/** A file as it is opened. */
export interface SeenFile {
  readonly name: string;
  readonly text: string;
}

/** One adapter, started, with a way to look at what arrives and to act as a person. */
export interface PlatformHarness {
  readonly platform: ChatPlatform;
  readonly connection: ConnectionRef;
  /** Places that exist, and one that does not. */
  readonly places: Readonly<Record<"direct" | "chat" | "leads" | "unknown" | "whisper", Address>>;
  /** True when the platform itself keeps the second message with the same key away. */
  readonly deduplicates: boolean;
  /**
   * Whether a whisper is seen by one person only, or stands there for all to see and is opened by
   * a button. Both are looked at by the one it is for.
   */
  readonly whispers: "privately" | "behind a button";
  /** True when what was missed while away is looked for by bookmarks. */
  readonly catchesUp: boolean;
  /** True when a whisper, once sent, cannot be taken back. */
  readonly keepsWhispers: boolean;
  /**
   * What is seen at a place now, oldest first; of a chat and its whispers without how it began, of
   * the leads' channel without what stands in its threads.
   */
  seen(to: Address): Promise<readonly SeenMessage[]>;
  /**
   * A button is pressed, by its label: by the customer of `direct` and `chat`, elsewhere by somebody
   * who sees it.
   */
  press(to: Address, label: string): Promise<void>;
  /** Whether a button there is shown as one that cannot be taken back. */
  looksDangerous(to: Address, label: string): Promise<boolean>;
  /**
   * The one who pressed fills in and sends the form that was opened, by the labels of its fields
   * and of what can be chosen; every other field stays as it is. Returns what they are told then.
   */
  submit(values: Readonly<Record<string, string | readonly string[]>>): Promise<string>;
  /** Opens the form once more, where it is gone when something was wrong in it. */
  reopen(): Promise<void>;
  /** Every file that can be had: by the one who presses, by somebody else who sees the same chat. */
  files(who: "presser" | "somebody else"): Promise<readonly SeenFile[]>;
  /** A customer writes to the bot. The same `delivery` again is the same event delivered again. */
  write(text: string, delivery: string): Promise<void>;
  /** A second goes by, where the platform's clock is moved by hand. */
  waits?(): void;
  close(): Promise<void>;
}

/** What the parts of the suite share: the adapter of the test that runs, and what came of it. */
export interface Scene {
  readonly harness: PlatformHarness;
  /** What reached the inbox, oldest first. */
  readonly events: readonly PlatformEvent[];
  /** What the inbox answers from now on; nothing until then. */
  answers(reply: Reply): void;
  send(to: Address, message: Message, key: string): Promise<Receipt>;
}
