/** What goes together with a score, as a card. */
import type { DriversPicture } from "../charts/inputs.ts";
import { countText } from "../charts/numbers.ts";
import { type Language, type Texts, textsFor } from "../locales/index.ts";
import type { Driver, Drivers } from "../metrics/drivers.ts";
import { COMPARED_FROM } from "../metrics/ladder.ts";
import type { MetricName } from "../metrics/metric.ts";
import { roundHalfAway } from "../metrics/round.ts";
import type { Message, Part } from "../platform.ts";
import type { DriverName } from "../store/driver-facts.ts";
import type { CardPicture } from "./summary/card.ts";

/** So many are listed; all that are beyond chance are. */
const MOST = 12;
/** So many of those with too few answers are named. */
const MOST_UNKNOWN = 8;

/** Everything that the card shows. */
export interface LoadedDrivers extends Drivers<DriverName> {
  readonly metric: MetricName;
  /** "What goes together with NPS · last month". */
  readonly title: string;
  /** "What goes together with NPS", and of when: a picture has room for one of them in a line. */
  readonly name: string;
  readonly when: string;
  /** Answers that were looked at, and that there are. */
  readonly n: number;
  readonly total: number;
}

export function driversCard(
  loaded: LoadedDrivers,
  language: Language,
  picture?: CardPicture,
): Message {
  const { title, n, total, drivers } = loaded;
  const texts = textsFor(language);
  const clear = drivers.filter(({ beyondChance }) => beyondChance);
  const line = leadLine(loaded, clear, texts);
  const listed = listedOf(loaded);
  const rows = listed.map(
    (each) => [driverLabel(each.name, texts), valueText(each, texts)] as const,
  );
  return {
    summary: `${title}: ${line}`,
    parts: [
      { kind: "heading", text: title },
      { kind: "text", text: line },
      ...(picture === "missing" ? [note(texts.text("summary.picture.missing"))] : []),
      ...(typeof picture === "object" ? [{ kind: "picture", picture } as const] : []),
      ...(rows.length === 0 ? [] : [{ kind: "facts", rows } as const]),
      ...unknownParts(loaded, texts),
      ...(n < total ? [note(texts.text("drivers.sampled", { n, total }))] : []),
      ...(drivers.length === 0
        ? []
        : [
            note(texts.text("drivers.how", { n: drivers.length })),
            note(texts.text("drivers.not-why")),
          ]),
    ],
    locale: language,
  };
}

/** What the picture is drawn from; undefined where there is nothing to draw. */
export function driversPicture(
  loaded: LoadedDrivers,
  language: Language,
): DriversPicture | undefined {
  const texts = textsFor(language);
  const listed = listedOf(loaded);
  if (listed.length === 0) return undefined;
  const lines = listed.map((each) => `${driverLabel(each.name, texts)}: ${valueText(each, texts)}`);
  return {
    title: loaded.name,
    subtitle: [loaded.when, texts.text("summary.answers", { n: loaded.n })].join(" · "),
    language,
    alt: [loaded.title, ...lines].join("\n"),
    rows: listed.map(({ name, correlation, range, n }) => ({
      label: driverLabel(name, texts),
      ...{ correlation, range, n },
    })),
    labels: {
      negative: texts.text("drivers.lower"),
      positive: texts.text("drivers.higher"),
      noData: texts.text("drivers.none"),
    },
  };
}

function listedOf({ drivers }: LoadedDrivers): readonly Driver<DriverName>[] {
  return drivers.filter(({ beyondChance }, i) => beyondChance || i < MOST).slice(0, 2 * MOST - 4);
}

/** The one line that says it all. */
function leadLine(
  { n, drivers }: LoadedDrivers,
  clear: readonly Driver<DriverName>[],
  texts: Texts,
): string {
  if (n < COMPARED_FROM) return texts.text("drivers.too-few", { n, needed: COMPARED_FROM });
  if (drivers.length === 0) return texts.text("drivers.nothing-known");
  if (clear.length === 0) return texts.text("drivers.none");
  const list = new Intl.ListFormat(texts.language, { type: "conjunction" });
  const named = clear.slice(0, 3).map(({ name, correlation }) =>
    texts.text("drivers.named", {
      what: driverLabel(name, texts),
      direction: correlation < 0 ? "lower" : "higher",
    }),
  );
  return texts.text("drivers.clear", { what: list.format(named) });
}

function driverLabel(name: DriverName, texts: Texts): string {
  return name.kind === "tag"
    ? texts.text("drivers.tag", { tag: name.tag })
    : texts.text(`drivers.name.${name.kind}`);
}

/** "lower scores: −0.31 (95 % range −0.40 to −0.22), n 420". */
function valueText({ correlation, range, n, beyondChance }: Driver<DriverName>, texts: Texts) {
  const direction = beyondChance ? (correlation < 0 ? "lower" : "higher") : "unclear";
  const number = (value: number) => signed(value, texts.language);
  return texts.text("drivers.value", {
    direction,
    value: number(correlation),
    low: number(range[0]),
    high: number(range[1]),
    n: countText(n, texts.language),
  });
}

function signed(value: number, language: Language): string {
  return new Intl.NumberFormat(language, {
    ...{ minimumFractionDigits: 2, maximumFractionDigits: 2, signDisplay: "exceptZero" },
  })
    .format(roundHalfAway(value, 2))
    .replace("-", "−");
}

function unknownParts({ unknown, n }: LoadedDrivers, texts: Texts): Part[] {
  if (unknown.length === 0 || n < COMPARED_FROM) return [];
  const named = unknown.slice(0, MOST_UNKNOWN).map((name) => driverLabel(name, texts));
  const more = unknown.length - named.length;
  const what = named.join(" · ");
  return [note(texts.text("drivers.unknown", { what, more, needed: COMPARED_FROM }))];
}

function note(text: string): Part {
  return { kind: "note", text };
}
