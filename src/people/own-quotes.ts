/** What somebody lets us quote, for their own eyes, each with a button to take it back. */
import { sayMoment } from "../commands/moment.ts";
import { type Language, textsFor } from "../locales/index.ts";
import type { Part } from "../platform.ts";
import { ownQuotes } from "../store/quotes.ts";
import type { Db } from "../store/schema.ts";
import type { Workspace } from "../store/workspaces.ts";
import type { Tokens } from "../surveys/tokens.ts";
import { withdrawToken } from "./press-quote.ts";

/** For their own page, and for "my data". */
export async function ownQuoteParts(
  { db, tokens }: { readonly db: Db; readonly tokens: Tokens },
  {
    workspace,
    person,
    language,
  }: {
    readonly workspace: Workspace;
    readonly person: { readonly id: string };
    readonly language: Language;
  },
): Promise<Part[]> {
  const texts = textsFor(language);
  const quotes = await ownQuotes(db, workspace.id, person.id);
  return quotes.flatMap(({ text, named, decidedAt, invitationId }): Part[] => {
    const day = sayMoment(decidedAt ?? new Date(0), "day", language, workspace.timeZone);
    const about = { company: workspace.name, named: String(named === true), day };
    const token = withdrawToken(tokens, workspace.id, invitationId);
    return [
      { kind: "text", text: texts.text("quote.own", about) },
      { kind: "quote", text },
      { kind: "actions", options: [{ label: texts.text("quote.withdraw"), token }] },
    ];
  });
}
