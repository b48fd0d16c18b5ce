/** The card of first replies. */
import { scoreText } from "../../charts/numbers.ts";
import { type Language, type Texts, textsFor } from "../../locales/index.ts";
import {
  type ClockName,
  clocks,
  type FirstReplySummary,
  type WithinPromise,
} from "../../metrics/first-reply.ts";
import { COMPARED_FROM, isShown } from "../../metrics/ladder.ts";
import type { Share } from "../../metrics/response.ts";
import type { WaitQuantile } from "../../metrics/waiting.ts";
import type { Message, Part } from "../../platform.ts";
import type { CardPicture } from "../summary/card.ts";
import { versusLabel } from "../view/period.ts";
import type { FirstReplyPart, LoadedFirstReplies } from "./first-reply.ts";
import { shareChange, shareText, tooFewText } from "./share-text.ts";
import {
  cutParts,
  facts,
  headingOf,
  note,
  pictureParts,
  type Row,
  sayLasted,
  text,
  withRange,
} from "./words.ts";

export function firstReplyCard(
  loaded: LoadedFirstReplies,
  language: Language,
  picture: CardPicture,
): Message {
  const texts = textsFor(language);
  const { view, whole, parts } = loaded;
  // A period that is over is not final while somebody who wrote in it still waits.
  const soFar = view.period.running || whole.waiting > 0;
  const heading = headingOf(texts, texts.text("frt.title"), view, soFar);
  const line = medianLine(texts, loaded, whole);
  return {
    summary: `${heading}: ${line}`,
    parts: [
      { kind: "heading", text: heading },
      text(line),
      ...(whole.early ? [note(texts.text("frt.early", { needed: COMPARED_FROM }))] : []),
      ...pictureParts(texts, picture),
      ...(whole.shown ? figureParts(texts, loaded) : []),
      ...beforeParts(texts, loaded),
      ...(parts === undefined || view.by === undefined
        ? []
        : [
            { kind: "heading", text: texts.text("operation.by", { by: view.by }) } as const,
            ...cutParts(texts, view.by, parts, (part) => partLine(texts, loaded, part)),
          ]),
      note(texts.text("frt.note")),
      ...(isByReplier(loaded) ? [note(texts.text("frt.note.agent"))] : []),
    ],
    locale: language,
  };
}

function isByReplier({ view }: LoadedFirstReplies): boolean {
  return view.by === "agent" || view.filter.agent !== undefined;
}

/** "Median 24 min in working hours (95 % range 18 min to 40 min) · 52 chats". */
export function medianLine(
  texts: Texts,
  loaded: LoadedFirstReplies,
  { n, shown, clocks: all }: FirstReplySummary,
): string {
  if (n === 0) return texts.text("frt.nobody");
  if (!shown) return tooFewText(texts, n);
  const { clock } = loaded.promised;
  const median = quantileText(texts, loaded, clock, all[clock].median);
  return texts.text("frt.median", {
    median: withMedianRange(texts, loaded, all, clock, median),
    clock,
    n,
  });
}

/** "≥ 3 h" where more than half still wait. */
export function quantileText(
  texts: Texts,
  { hours }: Pick<LoadedFirstReplies, "hours">,
  clock: ClockName,
  quantile: WaitQuantile | null,
): string {
  if (quantile === null) return texts.text("cases.none");
  const time = sayLasted(texts, quantile.value, clock, hours);
  return quantile.kind === "at-least" ? `≥ ${time}` : time;
}

/** The range only of a median that is known; its upper end may not be. */
function withMedianRange(
  texts: Texts,
  loaded: LoadedFirstReplies,
  all: FirstReplySummary["clocks"],
  clock: ClockName,
  median: string,
): string {
  const { median: quantile, medianRange: range } = all[clock];
  if (quantile?.kind !== "exactly" || range === null || range.low === null) return median;
  const say = (seconds: number) => sayLasted(texts, seconds, clock, loaded.hours);
  return range.high === null
    ? texts.text("frt.range.open", { value: median, low: say(range.low) })
    : withRange(texts, median, say(range.low), say(range.high));
}

function figureParts(texts: Texts, loaded: LoadedFirstReplies): Part[] {
  const { whole } = loaded;
  const byClock = clocks.flatMap((clock): Row[] => {
    const { median, p90 } = whole.clocks[clock];
    const said = quantileText(texts, loaded, clock, median);
    return [
      [
        texts.text("frt.facts.median", { clock }),
        withMedianRange(texts, loaded, whole.clocks, clock, said),
      ],
      [texts.text("frt.facts.p90", { clock }), quantileText(texts, loaded, clock, p90)],
    ];
  });
  return [
    ...facts(...byClock),
    ...facts(
      [withinLabel(texts, loaded), shareText(texts, shareWithin(whole.promise))],
      [texts.text("frt.facts.chats"), texts.text("frt.facts.chats.of", chatsOf(whole))],
    ),
  ];
}

function chatsOf({ n, answered, waiting, closedWithout }: FirstReplySummary) {
  return { n, answered, waiting, closedWithout };
}

function shareWithin({ within, n, rate, range }: WithinPromise): Share {
  return { hits: within, n, rate, range };
}

/** Both medians with their ranges, and whether the part within the promise clearly changed. */
function beforeParts(texts: Texts, loaded: LoadedFirstReplies): Part[] {
  const { view, whole, before } = loaded;
  if (before === null || !whole.shown) return [];
  const against = versusLabel(view, texts.language);
  const median = medianLine(texts, loaded, before);
  const line = texts.text("summary.before.beside", { before: against, line: median });
  const [now, then] = [shareWithin(whole.promise), shareWithin(before.promise)];
  if (!isShown(before.n)) return [note(line)];
  // Beside medians a change says of what it is.
  const changed = shareChange(texts, view, now, then).flatMap((part) =>
    part.kind === "text" ? facts([withinLabel(texts, loaded), part.text]) : [part],
  );
  return [note(line), ...changed];
}

/** "Within the promised 4 h, working hours". */
function withinLabel(texts: Texts, { promised, hours }: LoadedFirstReplies): string {
  const within = sayLasted(texts, 60 * promised.withinMinutes, promised.clock, hours);
  return texts.text("frt.facts.within", { within, clock: promised.clock });
}

/** "24 min · 82 % within 4 h · n 52". */
function partLine(texts: Texts, loaded: LoadedFirstReplies, part: FirstReplyPart): string {
  const { promised, hours } = loaded;
  const { clock } = promised;
  const said = quantileText(texts, loaded, clock, part.clocks[clock].median);
  const { rate, n } = part.promise;
  const within = sayLasted(texts, 60 * promised.withinMinutes, clock, hours);
  return [
    withMedianRange(texts, loaded, part.clocks, clock, said),
    ...(rate === null || !isShown(n)
      ? []
      : [
          texts.text("frt.part.within", {
            rate: scoreText(rate, "percent", n, texts.language),
            within,
          }),
        ]),
    texts.text("frt.part.n", { n: part.n, waiting: part.waiting }),
  ].join(" · ");
}
