/** The picture of first replies: how many still wait after which time, by both clocks. */
import { drawFirstReply, type FirstReplyPicture, type WaitingCurve } from "../../charts/picture.ts";
import { type Language, type Texts, textsFor } from "../../locales/index.ts";
import type { ClockName } from "../../metrics/first-reply.ts";
import type { WaitQuantile } from "../../metrics/waiting.ts";
import type { CurveStep } from "../../metrics/waiting-curve.ts";
import type { Picture } from "../../platform.ts";
import { periodLabel } from "../view/period.ts";
import type { LoadedFirstReplies } from "./first-reply.ts";
import { medianLine, quantileText } from "./first-reply-card.ts";
import { headingOf, sayLasted } from "./words.ts";

/** Finer steps than this nobody sees. */
const STEPS = 240;

export function drawFirstReplies(
  loaded: LoadedFirstReplies,
  language: Language,
): Promise<Picture> | undefined {
  return loaded.whole.shown ? drawFirstReply(firstReplyPicture(loaded, language)) : undefined;
}

function firstReplyPicture(loaded: LoadedFirstReplies, language: Language): FirstReplyPicture {
  const texts = textsFor(language);
  const { view, whole, promised, hours, workspace } = loaded;
  const other: ClockName = promised.clock === "working" ? "calendar" : "working";
  const within = 60 * promised.withinMinutes;
  const time = sayLasted(texts, within, promised.clock, hours);
  const curves = [promised.clock, other].map((clock) => curveOf(texts, loaded, clock));
  return {
    title: texts.text("frt.title"),
    subtitle: [workspace, periodLabel(view.period, language)].join(" · "),
    language,
    curves,
    promised: { seconds: within, label: texts.text("frt.promised", { time }) },
    labels: {
      waiting: texts.text("frt.waiting"),
      noData: texts.text("summary.no-data"),
    },
    alt: [
      headingOf(texts, texts.text("frt.title"), view),
      medianLine(texts, loaded, whole),
      ...curves.map(({ label, p90 }) => `${label}: ${p90?.label ?? texts.text("cases.none")}`),
    ].join("\n"),
  };
}

function curveOf(texts: Texts, loaded: LoadedFirstReplies, clock: ClockName): WaitingCurve {
  const { curve, median, p90, longest } = loaded.whole.clocks[clock];
  const moment = (key: "frt.mark.median" | "frt.mark.p90", quantile: WaitQuantile | null) =>
    quantile?.kind === "exactly"
      ? {
          seconds: quantile.value,
          label: texts.text(key, { time: quantileText(texts, loaded, clock, quantile) }),
        }
      : undefined;
  const [middle, most] = [moment("frt.mark.median", median), moment("frt.mark.p90", p90)];
  return {
    label: texts.text("frt.clock", { clock }),
    steps: thinned(curve).map(({ lasted, waiting }) => ({ seconds: lasted, waiting })),
    until: longest,
    ...(middle && { median: middle }),
    ...(most && { p90: most }),
  };
}

/** Without the steps that are too small to be seen; the last one stays. */
function thinned(curve: readonly CurveStep[]): CurveStep[] {
  let drawn = 1;
  return curve.filter(({ waiting }, i) => {
    const visible = drawn - waiting >= 1 / STEPS || i === curve.length - 1;
    if (visible) drawn = waiting;
    return visible;
  });
}
