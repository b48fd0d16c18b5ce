/** The picture of a summary that is cut. */
import type { CutPicture } from "../../charts/picture.ts";
import { type Language, textsFor } from "../../locales/index.ts";
import type { CutLine } from "../../metrics/cut-table.ts";
import { COMPARED_FROM } from "../../metrics/ladder.ts";
import { filterLabel } from "../view/filter.ts";
import { periodLabel } from "../view/period.ts";
import { targetScore } from "./change.ts";
import { rowName, shownRows } from "./cut.ts";
import type { LoadedCut } from "./cut-load.ts";
import { formatFor } from "./format.ts";
import { headline } from "./headline.ts";
import type { LoadedSummary } from "./load.ts";

/** A dot and its range for each row; undefined when there is none to show, and for scores. */
export function cutPicture(
  loaded: LoadedSummary & { readonly cut: LoadedCut },
  language: Language,
): CutPicture | undefined {
  const { metric, summary, cut } = loaded;
  const texts = textsFor(language);
  const format = formatFor(metric, language);
  const { ranked, early } = shownRows(cut, language);
  const lines = [...ranked, ...early];
  if (lines.length === 0) return undefined;
  const name = texts.text(`metric.${metric.name}.headline`);
  const whole = summary.shown && summary.score !== null ? summary.score : undefined;
  const target = targetScore({ loaded, format });
  const said = (line: CutLine) =>
    `${rowName(line, cut, texts)} ${format.score(line.score, line.n)}`;
  return {
    title: `${name} ${texts.text("summary.by", { by: cut.by })}`,
    subtitle: [
      loaded.workspace,
      filterLabel(loaded.filter ?? {}, language) ?? [],
      periodLabel(loaded.now.period, language),
    ]
      .flat()
      .join(" · "),
    language,
    unit: metric.unit,
    domain: metric.domain,
    rows: lines.map((line) => ({
      label: rowName(line, cut, texts),
      score: line.score,
      range: line.range,
      n: line.n,
      early: line.early,
    })),
    ...(whole === undefined
      ? {}
      : {
          whole: {
            value: whole,
            label: texts.text("summary.cut.whole", { score: format.score(whole, summary.n) }),
          },
        }),
    ...(target === undefined || summary.target === null
      ? {}
      : {
          target: {
            value: summary.target.value,
            label: texts.text("summary.target.line", { target }),
          },
        }),
    labels: {
      early: texts.text("summary.cut.not-ranked", { needed: COMPARED_FROM }),
      noData: texts.text("summary.no-data"),
    },
    alt: `${headline(loaded, language)}\n${lines.map(said).join(", ")}`,
  };
}
