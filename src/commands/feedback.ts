/**
 * `/feedback [low|high|new] [words] week team:Billing`: what customers wrote, searched and page by page;
 * a customer gets their own page. `/feedback pause 30d | never | resume | my data | forget me` is for
 * everybody, about themselves.
 */
import type { Engine } from "../engine.ts";
import { textsFor } from "../locales/index.ts";
import { lineReply } from "../messages.ts";
import { filterNames, isOfTeams } from "../metrics/filter.ts";
import { periodKey } from "../metrics/period-key.ts";
import { exerciseRights } from "../people/rights.ts";
import { type EventOf, type Message, type Option, type Reply, roles } from "../platform.ts";
import type { Connection } from "../store/connections.ts";
import { readSettings } from "../store/settings.ts";
import { inTransaction } from "../store/transaction.ts";
import { type Right, rightTyped } from "../surveys/rights.ts";
import type { TokenContent } from "../surveys/tokens.ts";
import {
  type Command,
  type CommandContext,
  type CommandRequest,
  mayRead,
  type Reader,
  readerRoles,
} from "./command.ts";
import { namedPage, orderIn, type Page } from "./feedback/named.ts";
import { totalsPage } from "./feedback/totals.ts";
import { asOfFlag, asOfIn, readTurn, type Turn, turnText } from "./feedback/turn.ts";
import { ownHome } from "./home-own.ts";
import { nearest } from "./nearest.ts";
import { readerOf, refuse } from "./reader.ts";
import { filterLabel } from "./view/filter.ts";
import { flagsOf } from "./view/flags.ts";
import { findView, keepView } from "./view/key.ts";
import { periodLabel } from "./view/period.ts";
import { type Grammar, readView, type View } from "./view.ts";

const grammar: Grammar = { filters: filterNames, flags: ["low", "high", "new"], search: true };

export const feedbackCommand: Command = {
  name: "feedback",
  roles,
  grammar,
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
    const read = await readView(context, request, text, grammar);
    if (!read.ok) return { kind: "message", message: read.refusal };
    return { kind: "message", message: await feedbackPage(context, request, read.view, undefined) };
  },
};

/** "Next" or "Previous" was pressed: another page takes the place of this one. */
export async function turnPage(
  engine: Engine,
  connection: Connection,
  event: EventOf<"action">,
  content: TokenContent,
): Promise<Reply> {
  const reader = await readerOf(engine, connection, event.from);
  const { person, language } = reader;
  if (!mayRead(person.role)) return refuse(engine, reader, readerRoles);
  const pressed = { key: content.invitationId, period: content.value ?? "" };
  const view = await findView(engine, reader, pressed);
  const turn = readTurn(content.question ?? "0");
  if (view === undefined || turn === undefined)
    return lineReply(language, textsFor(language).text("talk.notice.closed"));
  return { kind: "update", message: await feedbackPage(engine, reader, view, turn) };
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

async function feedbackPage(
  context: CommandContext,
  reader: Reader,
  view: View,
  turn: Turn | undefined,
): Promise<Message> {
  const { workspace, language } = reader;
  const texts = textsFor(language);
  const { promise } = await readSettings(context.db, workspace.id);
  const order = orderIn(view.flags);
  if (promise === "totals" && (order === "low" || order === "high"))
    return lineOf(texts.text("feedback.totals.no-scores"), language);
  if (promise === "totals" && !isOfTeams(view.filter))
    return lineOf(texts.text("summary.totals.filter"), language);
  const read = promise === "named" ? namedPage : totalsPage;
  const page = await read(context, reader, view, turn);
  const title = titleOf(view, reader);
  const options = await turnsOf(context, reader, view, page);
  return {
    summary: title,
    parts: [
      { kind: "heading", text: title },
      ...(page.parts.length === 0
        ? noneLines(view, page, reader).map((text) => ({ kind: "text", text }) as const)
        : page.notes.map((text) => ({ kind: "note", text }) as const)),
      ...page.parts,
      ...(options.length === 0 ? [] : [{ kind: "actions", options } as const]),
    ],
    locale: language,
  };
}

function lineOf(text: string, language: Reader["language"]): Message {
  return { summary: text, parts: [{ kind: "text", text }], locale: language };
}

/** "What customers wrote · “refund” · team Billing · this week". */
function titleOf({ period, filter, search }: View, { language }: Reader): string {
  const texts = textsFor(language);
  return [
    texts.text("feedback.title"),
    ...(search === "" ? [] : [texts.text("feedback.searched", { words: search })]),
    ...[filterLabel(filter, language) ?? []].flat(),
    periodLabel(period, language),
  ].join(" · ");
}

/** Where looking ended early it is said: there may be something further back. */
function noneLines({ search, flags, filter }: View, page: Page, { language }: Reader): string[] {
  const texts = textsFor(language);
  if (page.next !== undefined) return page.notes.slice(-1);
  const all = search === "" && orderIn(flags) === "usual" && Object.keys(filter).length === 0;
  const meant = meantIn(search);
  return [
    texts.text(all ? "feedback.none" : "feedback.none.found"),
    ...(meant === undefined ? [] : [texts.text("period.nearest", { nearest: meant })]),
  ];
}

/** "high", where "hihg" was searched for and found nowhere. */
function meantIn(search: string): string | undefined {
  // Below four letters nearly every word is one letter away from another.
  const words = search.split(/\s+/u).filter((word) => word.length > 3);
  const known = [...flagsOf(grammar).keys()];
  return words.flatMap((word) => nearest(word, known) ?? [])[0];
}

/** Buttons to where the page leads; what was typed is kept for them. */
async function turnsOf(
  { db, clock, tokens }: CommandContext,
  { workspace, language }: Reader,
  view: View,
  { previous, next }: Page,
): Promise<Option[]> {
  if (previous === undefined && next === undefined) return [];
  const asOf = asOfIn(view.flags) === undefined ? [asOfFlag(clock.now())] : [];
  const kept = { ...view, flags: [...view.flags, ...asOf] };
  const key = await keepView(db, workspace.id, kept, clock.now());
  const option = (label: "feedback.previous" | "feedback.next", turn: Turn | undefined) => {
    if (turn === undefined) return [];
    const content = { workspaceId: workspace.id, invitationId: key, verb: "comments" } as const;
    const where = { question: turnText(turn), value: periodKey(view.period) };
    const token = tokens.sign({ ...content, ...where });
    return [{ label: textsFor(language).text(label), token }];
  };
  return [...option("feedback.previous", previous), ...option("feedback.next", next)];
}
