/**
 * `/feedback week`: what customers wrote, page by page; a customer gets their own page. `/feedback
 * pause 30d | never | resume | my data | forget me` is for everybody, about themselves.
 */
import type { Engine } from "../engine.ts";
import { textsFor } from "../locales/index.ts";
import { metricNames } from "../metrics/metric.ts";
import type { Period } from "../metrics/period.ts";
import { periodKey } from "../metrics/period-key.ts";
import { metrics } from "../metrics/registry.ts";
import { exerciseRights } from "../people/rights.ts";
import {
  type EventOf,
  type Message,
  type Option,
  type Part,
  type Reply,
  roles,
} from "../platform.ts";
import { readComments } from "../store/comments.ts";
import type { Connection } from "../store/connections.ts";
import { readSettings } from "../store/settings.ts";
import { readTotalWords } from "../store/totals.ts";
import { inTransaction } from "../store/transaction.ts";
import { type Right, rightTyped } from "../surveys/rights.ts";
import { NO_INVITATION, type TokenContent } from "../surveys/tokens.ts";
import {
  type Command,
  type CommandContext,
  type CommandRequest,
  mayRead,
  type Reader,
  readerRoles,
} from "./command.ts";
import { commentQuote, shortened } from "./comment-quote.ts";
import { ownHome } from "./home-own.ts";
import { firstPage, turnTo } from "./period-pages.ts";
import { refuse } from "./reader.ts";
import { namedAnswer } from "./summary-figures.ts";
import { periodLabel } from "./summary-period.ts";

const PAGE = 10;

/** Batches of five people on a page. */
const BATCHES = 2;

export const feedbackCommand: Command = {
  name: "feedback",
  roles,
  async run(context, request) {
    const { language, person, text } = request;
    const wanted = rightTyped(text, language);
    if (wanted.length > 0) {
      const message = await exerciseTyped(context, request, wanted);
      return { kind: "message", message };
    }
    if (person.role === "customer")
      return { kind: "message", message: await ownHome(context, request) };
    if (!mayRead(person.role)) return refuse(context, request, readerRoles);
    return firstPage(feedbackPage, context, request);
  },
};

/** "Next" or "Previous" was pressed: another page takes the place of this one. */
export function turnPage(
  engine: Engine,
  connection: Connection,
  event: EventOf<"action">,
  content: TokenContent,
): Promise<Reply> {
  return turnTo(feedbackPage, engine, connection, event, content);
}

/** A command changes what it changes in a transaction of its own. */
function exerciseTyped(
  { db, clock, tokens }: CommandContext,
  request: CommandRequest,
  wanted: readonly Right[],
): Promise<Message> {
  return inTransaction(db, (transaction) => {
    const work = { transaction, now: clock.now() };
    return exerciseRights({ tokens }, work, request, wanted, request.text);
  });
}

/** One page of what was written: its parts, what stands above them, and whether more follow. */
interface Page {
  readonly note: string;
  readonly parts: readonly Part[];
  readonly more: boolean;
}

/** Comments with their scores and who gave them. */
async function namedPage(
  { db }: CommandContext,
  { workspace, language }: Reader,
  period: Period,
  page: number,
): Promise<Page> {
  const texts = textsFor(language);
  const offset = page * PAGE;
  // One more than is shown tells whether there is another page.
  const limit = PAGE + 1;
  const about = { workspaceId: workspace.id, metrics: Object.values(metrics), period };
  const comments = await readComments(db, { ...about, limit, offset });
  const shown = comments.slice(0, PAGE);
  return {
    note: texts.text("feedback.order", { from: offset + 1, to: offset + shown.length }),
    parts: shown.map((comment) => {
      const { metric, score } = comment;
      return commentQuote(texts, namedAnswer(texts, metrics[metric], score), comment);
    }),
    more: comments.length > PAGE,
  };
}

/** Words of people whom nobody may see alone: whole batches, so that a page never parts one. */
async function totalsPage(
  { db, clock }: CommandContext,
  { workspace, language }: Reader,
  period: Period,
  page: number,
): Promise<Page> {
  const about = { workspaceId: workspace.id, metrics: metricNames, period, now: clock.now() };
  const batches = await readTotalWords(db, about);
  const from = page * BATCHES;
  const words = batches.slice(from, from + BATCHES).flat();
  return {
    note: textsFor(language).text("feedback.totals"),
    parts: words.map((text) => ({ kind: "quote", text: shortened(text) })),
    more: batches.length > from + BATCHES,
  };
}

async function feedbackPage(
  context: CommandContext,
  reader: Reader,
  period: Period,
  page: number,
): Promise<Message> {
  const { workspace, language } = reader;
  const { db, tokens } = context;
  const texts = textsFor(language);
  const { promise } = await readSettings(db, workspace.id);
  const read = promise === "named" ? namedPage : totalsPage;
  const { note, parts, more } = await read(context, reader, period, page);
  const title = `${texts.text("feedback.title")} · ${periodLabel(period, language)}`;
  const turn = (to: number, key: "feedback.next" | "feedback.previous"): Option => {
    const content = { workspaceId: workspace.id, invitationId: NO_INVITATION } as const;
    const where = { question: String(to), value: periodKey(period) };
    const token = tokens.sign({ ...content, ...where, verb: "comments" });
    return { label: texts.text(key), token };
  };
  const options = [
    ...(page > 0 ? [turn(page - 1, "feedback.previous")] : []),
    ...(more ? [turn(page + 1, "feedback.next")] : []),
  ];
  return {
    summary: title,
    parts: [
      { kind: "heading", text: title },
      parts.length === 0
        ? { kind: "text", text: texts.text("feedback.none") }
        : { kind: "note", text: note },
      ...parts,
      ...(options.length === 0 ? [] : [{ kind: "actions", options } as const]),
    ],
    locale: language,
  };
}
