/** Events of whoever asked to be forgotten: nothing of them is kept, unless they come back by themselves. */
import type { Engine, Work } from "../engine.ts";
import { AppError } from "../errors.ts";
import { languageOf } from "../language-of.ts";
import { type Language, textsFor } from "../locales/index.ts";
import { lineReply } from "../messages.ts";
import { changeConsent } from "../people/consent.ts";
import { identityKeysOf, isForgotten } from "../people/forget.ts";
import { meetPerson } from "../people/meet.ts";
import type { PlatformEvent, PlatformUser, Reply } from "../platform.ts";
import type { Connection } from "../store/connections.ts";
import {
  keepForgotten,
  liftForgotten,
  lockForErasure,
  lockForEvent,
  readForgotten,
} from "../store/forgotten.ts";
import type { Db } from "../store/schema.ts";
import { rightsIn, rightTyped } from "../surveys/rights.ts";
import type { Tokens } from "../surveys/tokens.ts";

/** What becomes of an event of somebody who is in the ledger. */
export type Verdict =
  /** It came late, or is only told to others: as if it had never been. */
  | "drop"
  /** They are talking to us: they are told why nothing happens. */
  | "tell"
  /** They want to be asked again: a new consent. */
  | "resume"
  /** One of the team at work: met anew, and never asked. */
  | "staff";

/** What is known of such an event. */
export interface Late {
  readonly kind: PlatformEvent["kind"];
  readonly role: PlatformUser["role"];
  /** By the platform's clock. */
  readonly at: Date;
  readonly forgottenAt: Date;
  /** The words or the button say "ask me again". */
  readonly resumes: boolean;
}

const team: readonly PlatformUser["role"][] = ["agent", "lead", "admin"];
/** Said or pressed to us: whoever does that waits for an answer. */
const toUs: readonly PlatformEvent["kind"][] = [
  "direct-message",
  "command",
  "action",
  "chat-command",
];

/** Decides. Pure. */
export function judge({ kind, role, at, forgottenAt, resumes }: Late): Verdict {
  if (at <= forgottenAt) return "drop";
  if (resumes) return "resume";
  if (team.includes(role)) return "staff";
  return toUs.includes(kind) ? "tell" : "drop";
}

/**
 * Before anything is made of an event. Holds off erasures until the transaction ends. Gives the reply
 * to an event that ends here; undefined for all others.
 */
export async function stopForgotten(
  engine: Engine,
  work: Work,
  connection: Connection,
  event: PlatformEvent,
): Promise<Reply | undefined> {
  const { transaction } = work;
  const workspaceId = connection.workspace.id;
  // Two who had the event's lock and waited for the erasure's would wait for one another.
  const lock = erases(engine.tokens, event) ? lockForErasure : lockForEvent;
  await lock(transaction, workspaceId);
  const user = userOf(event);
  if (user === undefined) return undefined;
  const hashes = identityKeysOf(connection.ref.platform, user).map((key) =>
    engine.ledger.hash(workspaceId, key),
  );
  const chat = chatHashOf(engine, connection, event);
  const found = await readForgotten(transaction, workspaceId, [...hashes, ...chat]);
  const [forgottenAt] = hashes
    .flatMap((hash) => found.get(hash) ?? [])
    .sort((a, b) => b.getTime() - a.getTime());
  const inTheirChat = chat.some((hash) => found.has(hash));
  if (forgottenAt === undefined) {
    if (!inTheirChat) return undefined;
    if (user.role !== "customer" || user.bot === true) return nothing;
    // It is theirs now: they came back, or somebody else asks there.
    await liftForgotten(transaction, workspaceId, chat, event.at);
    return undefined;
  }
  const language = languageOf(connection, user);
  const resumes = saysResume(engine.tokens, event, language);
  const { kind, at } = event;
  const verdict = judge({ kind, at, forgottenAt, role: user.role, resumes });
  switch (verdict) {
    case "drop":
      if (at > forgottenAt) await forgetChat(transaction, workspaceId, chat, at);
      return nothing;
    case "tell": {
      const texts = textsFor(language);
      const resume = texts.text("talk.word.resume");
      return lineReply(language, texts.text("forgotten.notice", { resume }));
    }
    case "resume":
    case "staff":
      if (inTheirChat) return nothing;
      await liftForgotten(transaction, workspaceId, hashes, at);
      return comeBack(work, connection, { event, user, consent: consentOf(verdict), language });
  }
}

const nothing: Reply = { kind: "nothing" };

/** Only a message makes a chat known. */
function chatHashOf(
  { ledger }: Engine,
  { id, workspace }: Connection,
  event: PlatformEvent,
): string[] {
  if (event.kind !== "chat-message") return [];
  const { externalId } = event.chat;
  return [ledger.hash(workspace.id, { kind: "chat", connectionId: id, externalId })];
}

/** What they begin from now on is not known by what the team says in it either. */
function forgetChat(
  transaction: Db,
  workspaceId: number,
  hashes: readonly string[],
  forgottenAt: Date,
): Promise<void> {
  const entries = hashes.map((hash) => ({ hash, forgottenAt, liftedAt: null }));
  return keepForgotten(transaction, workspaceId, entries);
}

function consentOf(verdict: "resume" | "staff"): "open" | "never" {
  return verdict === "resume" ? "open" : "never";
}

/** They are met anew. What they said is answered here; what they typed or pressed goes on. */
async function comeBack(
  work: Work,
  connection: Connection,
  back: {
    readonly event: PlatformEvent;
    readonly user: PlatformUser;
    readonly consent: "open" | "never";
    readonly language: Language;
  },
): Promise<Reply | undefined> {
  const { event, user, consent, language } = back;
  const workspaceId = connection.workspace.id;
  const person = await meetPerson(work, workspaceId, connection.id, user);
  await changeConsent(work, workspaceId, person, consent);
  return consent === "open" && event.kind === "direct-message"
    ? lineReply(language, textsFor(language).text("talk.notice.resumed"))
    : undefined;
}

/**
 * The same where somebody is met outside of the transaction of their event: they were let through, and
 * forgotten at the same instant. `temporary`: once more, and they are told.
 */
export async function refuseForgotten(
  engine: Pick<Engine, "ledger">,
  transaction: Db,
  connection: Connection,
  user: PlatformUser,
): Promise<void> {
  const workspaceId = connection.workspace.id;
  await lockForEvent(transaction, workspaceId);
  const keys = identityKeysOf(connection.ref.platform, user);
  if (await isForgotten(transaction, engine.ledger, workspaceId, keys))
    throw new AppError("temporary", "somebody was forgotten at this instant");
}

function userOf(event: PlatformEvent): PlatformUser | undefined {
  if ("from" in event) return event.from;
  return "by" in event ? event.by : undefined;
}

/** Whether somebody's yes to being forgotten is in it: then its transaction is an erasure. */
function erases(tokens: Tokens, event: PlatformEvent): boolean {
  const content = event.kind === "action" ? tokens.verify(event.token) : undefined;
  return content?.verb === "rights" && content.value === "forget-sure";
}

function saysResume(tokens: Tokens, event: PlatformEvent, language: Language): boolean {
  switch (event.kind) {
    case "direct-message":
      return rightsIn(event.text, language).includes("resume");
    case "command":
      return rightTyped(event.text.replace(/^\s*feedback\b/iu, ""), language).includes("resume");
    case "action": {
      const content = tokens.verify(event.token);
      return content?.verb === "consent" && content.value === "resume";
    }
    default:
      return false;
  }
}
