/** Handing a payload to the inbox, and what is said when that fails. */
import type { Log } from "../../../src/log.ts";
import type { Inbox, Message, PlatformEvent, Reply } from "../../../src/platform.ts";
import type { Forms } from "../answer/forms.ts";
import type { Answers } from "../answer.ts";
import type { Incoming, Receive } from "../receive.ts";
import type { SlackOptions } from "../workspace.ts";
import type { Call } from "./acknowledge.ts";
import type { Ignored } from "./ignored.ts";

export interface FlowOptions {
  readonly receive: Receive;
  readonly inbox: Inbox;
  readonly say: SlackOptions["say"];
  readonly log: Log;
  readonly ignored: Ignored;
  readonly answers: Answers;
  readonly forms: Forms;
  /** After so many milliseconds a command is acknowledged with "one moment". */
  readonly momentMs: number;
}

/** What became of a payload: `ignored` is nothing for us, `failed` could not be written. */
export type Taken = { readonly event: PlatformEvent; readonly reply: Reply } | "ignored" | "failed";

/** Hands a payload to the inbox. Never rejects. */
export async function take(
  call: Call,
  kind: Incoming["kind"],
  options: FlowOptions,
  reading: Promise<PlatformEvent | undefined> = read(call, kind, options),
): Promise<Taken> {
  try {
    const event = await reading;
    if (event === undefined) {
      options.ignored.add(kind);
      return "ignored";
    }
    return { event, reply: await options.inbox.receive(event) };
  } catch (error) {
    options.log.warn({ error, kind }, "what Slack delivered could not be taken");
    return "failed";
  }
}

/** What a payload means; from then on the language of the actor is known. */
export async function read(
  call: Call,
  kind: Incoming["kind"],
  { receive }: FlowOptions,
): Promise<PlatformEvent | undefined> {
  const event = await receive({ kind, body: call.body, workspace: call.workspace });
  if (event !== undefined && "from" in event) call.locale = event.from.locale;
  if (event !== undefined && "by" in event) call.locale = event.by.locale;
  return event;
}

/** The reply; after a failure a friendly word instead. */
export function replyOf(taken: Taken, call: Call, options: FlowOptions): Reply {
  if (taken === "ignored") return { kind: "nothing" };
  if (taken !== "failed") return taken.reply;
  return { kind: "message", message: notice(call, "slack.failed", options) };
}

/** The message of a reply that has one. */
export function messageOf(reply: Reply): Message | undefined {
  return reply.kind === "message" || reply.kind === "update" ? reply.message : undefined;
}

/** One of our own few sentences as a message. */
export function notice(call: Call, key: string, { say }: FlowOptions): Message {
  const text = say(call.locale, key);
  return { summary: text, parts: [{ kind: "text", text }], locale: call.locale ?? "en" };
}
