/** A page of comments with who said them, beside which answer, and what is done about it. */
import { isTextKey, type Texts, textsFor } from "../../locales/index.ts";
import type { Level } from "../../metrics/metric.ts";
import { metrics } from "../../metrics/registry.ts";
import type { Part } from "../../platform.ts";
import {
  type Place,
  readBeside,
  type Said,
  type SaidAbout,
  type SaidBeside,
} from "../../store/comments-search.ts";
import type { CommandContext, Reader } from "../command.ts";
import { commentQuote } from "../comment-quote.ts";
import { sayMoment } from "../moment.ts";
import { namedAnswer } from "../summary/figures.ts";
import type { View } from "../view.ts";
import { findSaid, levelOf } from "./find.ts";
import { asOfIn, type Turn } from "./turn.ts";
import { termsOf } from "./words.ts";

const PAGE = 10;

/** So many of the newest are sorted by how good they are; what is older follows by its time. */
const SORTED = 200;

/** One page of what was written: its parts, what stands above them, and where its buttons lead. */
export interface Page {
  readonly notes: readonly string[];
  readonly parts: readonly Part[];
  readonly previous: Turn | undefined;
  readonly next: Turn | undefined;
}

/** The order that was asked for: of low or high ones only, of all, or low ones first. */
export function orderIn(flags: readonly string[]): "low" | "high" | "new" | "usual" {
  return (["low", "high", "new"] as const).find((flag) => flags.includes(flag)) ?? "usual";
}

/** With the page's turn, which is the first one's when it is undefined. */
export async function namedPage(
  context: CommandContext,
  reader: Reader,
  view: View,
  turn: Turn | undefined,
): Promise<Page> {
  const order = orderIn(view.flags);
  const isSorted = order === "usual" && (turn === undefined || turn.kind === "sorted");
  const first: Turn = isSorted ? { kind: "sorted", page: 0 } : { kind: "older", from: null };
  const shown = turn ?? first;
  const page =
    shown.kind === "sorted"
      ? await sortedPage(context, reader, view, shown.page)
      : await placedPage(context, reader, view, {
          level: order === "low" || order === "high" ? order : undefined,
          turn: shown,
        });
  const { said, until, ...turns } = page;
  const { workspace, language } = reader;
  const texts = textsFor(language);
  const beside = await readBeside(context.db, workspace.id, said);
  const day = until === null ? "" : sayMoment(until.at, "day", language, workspace.timeZone);
  return {
    ...turns,
    notes: [
      texts.text(`feedback.order.${order === "usual" && !isSorted ? "new" : order}`),
      ...(until === null ? [] : [texts.text("feedback.looked", { day })]),
    ],
    parts: said.map((each, i) => quoteOf(each, beside[i], reader, termsOf(view.search))),
  };
}

interface Listed extends Pick<Page, "previous" | "next"> {
  readonly said: readonly Said[];
  /** Where looking ended before everything was looked at. */
  readonly until: Place | null;
}

function aboutOf({ workspace }: Reader, { filter, period }: View): SaidAbout {
  return { workspaceId: workspace.id, period, filter };
}

/** Of the newest ones that were there when it was typed, the low ones first. */
async function sortedPage(
  { db }: CommandContext,
  reader: Reader,
  view: View,
  page: number,
): Promise<Listed> {
  const asOf = asOfIn(view.flags);
  const found = await findSaid(db, {
    ...aboutOf(reader, view),
    ...{ terms: termsOf(view.search), level: undefined, towards: "older", limit: SORTED },
    from: asOf === undefined ? null : { at: asOf, tie: "g" },
  });
  const rank = (said: Said) => Number(levelOf(said) !== "low");
  const sorted = found.said.toSorted((a, b) => rank(a) - rank(b));
  const from = page * PAGE;
  const isLast = sorted.length <= from + PAGE;
  const older: Turn | undefined =
    found.until === null ? undefined : { kind: "older", from: found.until };
  return {
    said: sorted.slice(from, from + PAGE),
    until: isLast && sorted.length < SORTED ? found.until : null,
    previous: page > 0 ? { kind: "sorted", page: page - 1 } : undefined,
    next: isLast ? older : { kind: "sorted", page: page + 1 },
  };
}

/** The newest first, from a place on or up to one. */
async function placedPage(
  { db }: CommandContext,
  reader: Reader,
  view: View,
  { level, turn }: { level: Level | undefined; turn: Exclude<Turn, { kind: "sorted" }> },
): Promise<Listed> {
  const towards = turn.kind;
  const found = await findSaid(db, {
    ...aboutOf(reader, view),
    ...{ terms: termsOf(view.search), level, towards, from: turn.from },
    // One more than is shown tells whether there is another page.
    limit: PAGE + 1,
  });
  const said = found.said.slice(0, PAGE);
  const isMore = found.said.length > PAGE;
  const far = isMore ? (said.at(-1) ?? null) : found.until;
  const beyond: Turn | undefined = far === null ? undefined : { kind: towards, from: far };
  const back: Turn | undefined =
    turn.from === null
      ? undefined
      : { kind: towards === "older" ? "newer" : "older", from: said[0] ?? turn.from };
  const until = isMore ? null : found.until;
  return towards === "older"
    ? { said, until, previous: back, next: beyond }
    : { said: said.toReversed(), until, previous: beyond, next: back };
}

/** The words, with everything that there is to be known of them. */
function quoteOf(
  said: Said,
  beside: SaidBeside | undefined,
  reader: Reader,
  terms: readonly string[],
): Part {
  const { workspace, language } = reader;
  const texts = textsFor(language);
  const { metric, score } = said;
  const answer =
    metric === null || score === null ? "" : namedAnswer(texts, metrics[metric], score);
  const parts = [
    answer,
    surveyName(beside, answer === "", texts),
    beside?.channel ?? "",
    beside?.team == null ? "" : texts.text("filter.team", { team: beside.team }),
    sayMoment(said.at, "moment", language, workspace.timeZone),
    caseText(beside?.case ?? null, texts),
  ];
  const about = parts.filter((part) => part !== "").join(" · ");
  const { person = null, chatUrl = null } = beside ?? {};
  return commentQuote(texts, about, { text: said.text, person, chatUrl }, terms);
}

/** Of a survey that nothing says of what it is: of one without a score first. */
function surveyName(beside: SaidBeside | undefined, isUnscored: boolean, texts: Texts): string {
  const kind = beside?.kind;
  if (kind !== "churn" && kind !== "exit" && kind !== "still-solved" && kind !== "recovery")
    return isUnscored ? texts.text("why.what.survey") : "";
  const key = `why.what.${kind}`;
  return isTextKey(key) ? texts.text(key) : "";
}

function caseText(found: SaidBeside["case"], texts: Texts): string {
  if (found === null) return "";
  const { number, state, owner } = found;
  const owned = owner === null ? "no" : "yes";
  return texts.text("feedback.case", { number: String(number), state, owner: owner ?? "", owned });
}
