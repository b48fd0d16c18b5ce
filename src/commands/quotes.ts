/** `/aftertalk quotes`: what customers let us quote, word for word, page by page. */
import type { Engine } from "../engine.ts";
import { textsFor } from "../locales/index.ts";
import { lineReply } from "../messages.ts";
import type { EventOf, Message, Part, Reply } from "../platform.ts";
import type { Connection } from "../store/connections.ts";
import { type ListedQuote, listQuotes } from "../store/quotes.ts";
import type { TokenContent } from "../surveys/tokens.ts";
import { type Command, type CommandContext, mayRead, type Reader, readerRoles } from "./command.ts";
import { sayMoment } from "./moment.ts";
import { pageButtons, pageIn } from "./pages.ts";
import { readerOf, refuse } from "./reader.ts";

const PAGE = 10;

export const quotesCommand: Command = {
  name: "quotes",
  roles: readerRoles,
  async run(context, request) {
    return { kind: "message", message: await quotesPage(context, request, 0) };
  },
};

/** "Next" or "Previous" was pressed. */
export async function turnQuotes(
  engine: Engine,
  connection: Connection,
  event: EventOf<"action">,
  content: TokenContent,
): Promise<Reply> {
  const reader = await readerOf(engine, connection, event.from);
  if (!mayRead(reader.person.role)) return refuse(engine, reader, readerRoles);
  const page = pageIn(content.question);
  if (page === undefined)
    return lineReply(reader.language, textsFor(reader.language).text("talk.notice.closed"));
  return { kind: "update", message: await quotesPage(engine, reader, page) };
}

async function quotesPage(
  { db, tokens }: CommandContext,
  reader: Reader,
  page: number,
): Promise<Message> {
  const { workspace, language } = reader;
  const texts = textsFor(language);
  const offset = page * PAGE;
  const { quotes, n } = await listQuotes(db, workspace.id, { limit: PAGE, offset });
  const range = { from: offset + 1, to: offset + quotes.length, n };
  const title = texts.text("quotes.title");
  return {
    summary: title,
    parts: [
      { kind: "heading", text: title },
      quotes.length === 0
        ? { kind: "text", text: texts.text("quotes.none") }
        : { kind: "note", text: texts.text("quotes.note", range) },
      ...quotes.map((quote) => listed(quote, reader)),
      ...pageButtons(tokens, reader, { verb: "quotes", page, more: range.to < n }),
    ],
    locale: language,
  };
}

/** The name stands there only where it may be quoted too. */
function listed(quote: ListedQuote, { workspace, language }: Reader): Part {
  const texts = textsFor(language);
  const day = sayMoment(quote.decidedAt, "day", language, workspace.timeZone);
  const by = [
    quote.person ?? texts.text("quotes.unnamed"),
    ...(quote.account === null ? [] : [quote.account]),
    texts.text("quotes.since", { day }),
  ].join(" · ");
  return { kind: "quote", text: quote.text, by };
}
