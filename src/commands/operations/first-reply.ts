/** `/frt week by agent`: how long customers wait for the first reply of a human, by two clocks. */
import { type Arranged, arrange } from "../../metrics/arrange.ts";
import { filterNames } from "../../metrics/filter.ts";
import {
  type ClockSummary,
  createFirstReplyTally,
  type FirstReplyRules,
  type FirstReplySummary,
  type FirstReplyTally,
} from "../../metrics/first-reply.ts";
import { shorterFirst } from "../../metrics/waiting.ts";
import { workingClock } from "../../scheduling/gates/working-clock.ts";
import {
  type FirstRepliesAbout,
  type FirstReplyCut,
  firstReplyCuts,
  readUnitNames,
  readWaitingChats,
} from "../../store/first-replies.ts";
import type { Db } from "../../store/schema.ts";
import { readSettings, type WorkspaceSettings } from "../../store/settings.ts";
import type { ReadContext, Reader } from "../command.ts";
import type { View } from "../view.ts";
import { firstReplyCard } from "./first-reply-card.ts";
import { drawFirstReplies } from "./first-reply-picture.ts";
import { createOperation } from "./operation.ts";
import { periodJson } from "./words.ts";

/** A part of a cut. */
export interface FirstReplyPart extends FirstReplySummary {
  readonly value: string;
  readonly label: string;
}

export interface LoadedFirstReplies {
  readonly view: View;
  readonly workspace: string;
  /** What was promised, and when somebody works. */
  readonly promised: WorkspaceSettings["firstReply"];
  readonly hours: WorkspaceSettings["hours"];
  readonly whole: FirstReplySummary;
  readonly before: FirstReplySummary | null;
  readonly parts: Arranged<FirstReplyPart> | undefined;
}

/** Everything that the card of a view says. */
export async function loadFirstReplies(
  { db, clock }: ReadContext,
  { workspace }: Pick<Reader, "workspace">,
  view: View,
): Promise<LoadedFirstReplies> {
  const { hours, firstReply: promised } = await readSettings(db, workspace.id);
  const now = clock.now().getTime();
  const by = firstReplyCuts.find((cut) => cut === view.by);
  const about = { workspaceId: workspace.id, filter: view.filter };
  // Chats come in the order of time: nothing before the first of them has to be laid out.
  const rulesFrom = (start: number): FirstReplyRules => ({
    now,
    promised: { ms: promised.withinMinutes * 60_000, clock: promised.clock },
    worked: workingClock({ start, end: now }, hours, workspace.timeZone),
  });
  const cut = by === undefined ? {} : { by };
  const present = await count(db, { ...about, period: view.period, ...cut }, rulesFrom);
  const then = view.before && (await count(db, { ...about, period: view.before }, rulesFrom));
  return {
    ...{ view, workspace: workspace.name, promised, hours },
    whole: present.whole,
    before: then?.whole ?? null,
    parts:
      by &&
      arrangeParts(await partsOf(db, workspace.id, by, present.parts), present.whole, promised),
  };
}

interface Counted {
  readonly whole: FirstReplySummary;
  readonly parts: ReadonlyMap<string, FirstReplyTally>;
}

/** However many chats there are, no more of them are held than one batch. */
async function count(
  db: Db,
  about: FirstRepliesAbout,
  rulesFrom: (start: number) => FirstReplyRules,
): Promise<Counted> {
  let rules: FirstReplyRules | undefined;
  let whole: FirstReplyTally | undefined;
  const parts = new Map<string, FirstReplyTally>();
  for await (const batch of readWaitingChats(db, about)) {
    for (const chat of batch) {
      rules ??= rulesFrom(chat.cameAt);
      whole ??= createFirstReplyTally(rules);
      whole.add(chat);
      if (about.by === undefined) continue;
      const part = parts.get(chat.value) ?? createFirstReplyTally(rules);
      parts.set(chat.value, part);
      part.add(chat);
    }
  }
  whole ??= createFirstReplyTally(rulesFrom(about.period.end.getTime()));
  return { whole: whole.summary(), parts };
}

async function partsOf(
  db: Db,
  workspaceId: number,
  by: FirstReplyCut,
  tallies: Counted["parts"],
): Promise<FirstReplyPart[]> {
  const names = await readUnitNames(db, workspaceId, by, [...tallies.keys()]);
  return [...tallies].map(([value, tally]) => ({
    ...{ value, label: names.get(value) ?? value },
    ...tally.summary(),
  }));
}

/** The fastest first, by the clock that counts. */
function arrangeParts(
  parts: readonly FirstReplyPart[],
  whole: FirstReplySummary,
  { clock }: WorkspaceSettings["firstReply"],
): Arranged<FirstReplyPart> {
  const median = ({ clocks }: FirstReplyPart) => clocks[clock].median;
  return arrange(parts, whole.n, (a, b) => shorterFirst(median(a), median(b)));
}

function json({ view, promised, whole, before, parts }: LoadedFirstReplies) {
  return {
    period: periodJson(view.period),
    promised,
    ...figures(whole),
    previous: view.before && before && { period: periodJson(view.before), ...figures(before) },
    by: view.by ?? null,
    parts: parts && [...parts.ranked, ...parts.early].map(partJson),
    hidden: parts?.hidden.map(({ value, label }) => ({ value, label })),
  };
}

function partJson({ value, label, ...summary }: FirstReplyPart) {
  return { value, label, ...figures(summary) };
}

/** Times in seconds. */
function figures({ clocks, promise, ...counts }: FirstReplySummary) {
  return {
    ...counts,
    calendar: clockJson(clocks.calendar),
    working: clockJson(clocks.working),
    withinPromise: promise,
  };
}

function clockJson({ median, medianRange, p90 }: ClockSummary) {
  return { median, medianRange, p90 };
}

export const firstReply = createOperation<LoadedFirstReplies>({
  name: "frt",
  grammar: { cuts: firstReplyCuts, filters: filterNames, versus: true },
  load: loadFirstReplies,
  card: firstReplyCard,
  draw: drawFirstReplies,
  json,
});
