/** Pressed below "may we quote you?", or beside what is quoted on one's own page. */
import type { Engine, Work } from "../engine.ts";
import { languageOf } from "../language-of.ts";
import { type Language, textsFor } from "../locales/index.ts";
import { lineMessage, lineReply } from "../messages.ts";
import type { Message, Reply } from "../platform.ts";
import { audit } from "../store/audit.ts";
import type { Connection } from "../store/connections.ts";
import type { Invitation } from "../store/invitations.ts";
import type { Person } from "../store/people.ts";
import { decideQuote, lockQuote, type Quote, withdrawQuote } from "../store/quotes.ts";
import { sameHuman } from "../store/same-human.ts";
import type { TokenContent, Tokens } from "../surveys/tokens.ts";

/** `content.value` says how; the invitation is locked, and may be somebody else's. */
export async function pressQuote(
  engine: Engine,
  work: Work,
  connection: Connection,
  about: {
    readonly person: Person;
    readonly invitation: Invitation;
    readonly content: TokenContent;
  },
): Promise<Reply> {
  const { person, invitation, content } = about;
  const { transaction, now } = work;
  const workspaceId = connection.workspace.id;
  const language = languageOf(connection, person);
  const texts = textsFor(language);
  const mine = await sameHuman(transaction, workspaceId, person.id);
  if (!mine.includes(invitation.personId))
    return lineReply(language, texts.text("talk.notice.not-yours"));
  const quote = await lockQuote(transaction, workspaceId, invitation.id);
  const next = quote && decisionOf(quote, content.value);
  if (quote === undefined || next === undefined)
    return lineReply(language, texts.text("talk.notice.closed"));
  if (next !== "as-it-is") {
    if (next.state === "withdrawn")
      await withdrawQuote(transaction, workspaceId, invitation.id, now);
    else await decideQuote(transaction, workspaceId, quote.id, { named: next.named, at: now });
    const line = { actor: person.id, action: `quote.${next.state}`, target: quote.id };
    await audit(transaction, workspaceId, now, line);
  }
  const stands = next === "as-it-is" ? quote : { ...quote, ...next };
  const asked = { workspaceId, tokens: engine.tokens, language, name: person.name };
  return { kind: "update", message: standing(stands, asked) };
}

type Decision = Pick<Quote, "state" | "named">;

/** What a press changes; the same press again changes nothing, and a no stays a no. */
function decisionOf(quote: Quote, value: string | undefined): Decision | "as-it-is" | undefined {
  switch (value) {
    case "named":
    case "unnamed": {
      const named = value === "named";
      if (quote.state === "asked") return { state: "allowed", named };
      return quote.state === "allowed" && quote.named === named ? "as-it-is" : undefined;
    }
    case "no":
      if (quote.state === "asked") return { state: "declined", named: null };
      return quote.state === "declined" ? "as-it-is" : undefined;
    case "withdraw":
      if (quote.state === "allowed") return { state: "withdrawn", named: quote.named };
      return quote.state === "withdrawn" ? "as-it-is" : undefined;
    default:
      return undefined;
  }
}

/** What stands in the place of the question from now on. */
function standing(
  { state, named, text, invitationId }: Quote,
  about: {
    readonly workspaceId: number;
    readonly tokens: Tokens;
    readonly language: Language;
    readonly name: string;
  },
): Message {
  const { workspaceId, tokens, language, name } = about;
  const texts = textsFor(language);
  if (state !== "allowed") {
    const key = state === "withdrawn" ? "quote.withdrawn" : "quote.declined";
    return lineMessage(language, texts.text(key));
  }
  const says = texts.text(named ? "quote.allowed.named" : "quote.allowed.unnamed");
  const token = withdrawToken(tokens, workspaceId, invitationId);
  return {
    summary: says,
    parts: [
      { kind: "text", text: says },
      { kind: "quote", text, ...(named ? { by: name } : {}) },
      { kind: "actions", options: [{ label: texts.text("quote.withdraw"), token }] },
    ],
    locale: language,
  };
}

/** Of the button that takes a quote back. */
export function withdrawToken(tokens: Tokens, workspaceId: number, invitationId: string): string {
  return tokens.sign({ workspaceId, invitationId, verb: "quote", value: "withdraw" });
}
