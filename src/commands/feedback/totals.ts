/** A page of words of people whom nobody may see alone: whole batches, so that a page never parts one. */
import { textsFor } from "../../locales/index.ts";
import { metricNames } from "../../metrics/metric.ts";
import { readTotalWords } from "../../store/totals.ts";
import type { CommandContext, Reader } from "../command.ts";
import { shortened } from "../comment-quote.ts";
import type { View } from "../view.ts";
import type { Page } from "./named.ts";
import { asOfIn, type Turn } from "./turn.ts";
import { isFound, termsOf } from "./words.ts";

/** Batches of five people on a page. */
const BATCHES = 2;

/** What is searched for is in one of the words of a batch; all of them are shown, or none. */
export async function totalsPage(
  { db, clock }: CommandContext,
  { workspace, language }: Reader,
  { period, filter, search, flags }: View,
  turn: Turn | undefined,
): Promise<Page> {
  const page = turn?.kind === "sorted" ? turn.page : 0;
  const now = asOfIn(flags) ?? clock.now();
  const about = { workspaceId: workspace.id, metrics: metricNames, period, filter, now };
  const terms = termsOf(search);
  const batches = (await readTotalWords(db, about)).filter((words) =>
    words.some((text) => isFound(text, terms)),
  );
  const from = page * BATCHES;
  const words = batches.slice(from, from + BATCHES).flat();
  const texts = textsFor(language);
  return {
    notes: [
      texts.text("feedback.totals"),
      ...(terms.length === 0 ? [] : [texts.text("feedback.totals.found")]),
    ],
    parts: words.map((text) => ({ kind: "quote", text: shortened(text) })),
    previous: page > 0 ? { kind: "sorted", page: page - 1 } : undefined,
    next: batches.length > from + BATCHES ? { kind: "sorted", page: page + 1 } : undefined,
  };
}
