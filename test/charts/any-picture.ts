/** Any picture that types allow, with texts and numbers that nobody expects. */
import fc from "fast-check";
import type { PictureRequest } from "../../src/charts/compose.ts";
import type { Range } from "../../src/metrics/metric.ts";

const text = fc.oneof(
  fc.constantFrom(
    "",
    "Billing",
    "Рассмотрение обращений юридических лиц",
    "客户成功与支持服务团队（华东地区）",
    "超長的團隊名稱會被截斷或換行顯示",
    "Donaudampfschifffahrtsgesellschaftskapitän".repeat(3),
    "<b>A & B</b>",
    "Acme 🎉 שלום",
  ),
  fc.string({ unit: "grapheme", maxLength: 60 }),
);
const language = fc.constantFrom(
  "en" as const,
  "zh-Hans" as const,
  "zh-Hant" as const,
  "ru" as const,
);
const n = fc.oneof(fc.nat(50), fc.nat(9_999_999));
const card = { title: text, subtitle: text, language, alt: text };
const perhaps = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: undefined });

/** A measure with its unit and what it can be. */
const measures = fc.constantFrom(
  { unit: "points" as const, domain: [-100, 100] as Range },
  { unit: "percent" as const, domain: [0, 100] as Range },
);

/** A value from the domain with a range around it, from nothing to everything. */
function scored([low, high]: Range) {
  const value = fc.double({ min: low, max: high, noNaN: true });
  return fc.tuple(fc.option(value), fc.option(fc.tuple(value, value))).map(([score, ends]) => ({
    score,
    range:
      score === null || ends === null
        ? null
        : ([Math.min(score, ...ends), Math.max(score, ...ends)] as Range),
  }));
}

function periods(domain: Range) {
  const period = fc.record({
    shown: scored(domain),
    label: text,
    n,
    running: fc.boolean(),
    breakBefore: fc.option(text, { nil: undefined, freq: 4 }),
  });
  return fc.array(period, { maxLength: 14 }).map((all) =>
    all.map(({ shown, breakBefore, ...each }) => ({
      ...each,
      ...shown,
      ...given({ breakBefore }),
    })),
  );
}

/** Also one that cannot be reached. */
function reference([low, high]: Range) {
  const value = fc.double({ min: 2 * low - high, max: 2 * high - low, noNaN: true });
  return perhaps(fc.record({ value, label: text }));
}

/** Without the properties that are not there. */
function given<T extends object>(value: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return JSON.parse(JSON.stringify(value));
}

const summary = measures.chain(({ unit, domain }) =>
  fc
    .record({
      ...card,
      distribution: fc.array(
        fc.record({
          label: text,
          count: n,
          group: fc.constantFrom("low" as const, "middle" as const, "high" as const),
        }),
        { maxLength: 11 },
      ),
      trend: periods(domain),
      held: fc.record({ target: reference(domain), versus: reference(domain) }),
      labels: fc.record({ distribution: text, trend: text, answers: text, noData: text }),
    })
    .map(({ held, ...each }) => ({
      kind: "summary" as const,
      input: { ...each, unit, domain, ...given(held) },
    })),
);

const cut = measures.chain(({ unit, domain }) =>
  fc
    .record({
      ...card,
      rows: fc.array(
        fc
          .record({ shown: scored(domain), label: text, n, early: fc.boolean() })
          .map(({ shown, ...row }) => ({ ...row, ...shown })),
        { maxLength: 25 },
      ),
      held: fc.record({ target: reference(domain), whole: reference(domain) }),
      labels: fc.record({ early: text, noData: text }),
    })
    .map(({ held, ...each }) => ({
      kind: "cut" as const,
      input: { ...each, unit, domain, ...given(held) },
    })),
);

const seconds = fc.oneof(fc.nat(600), fc.nat(400_000), fc.nat(40_000_000));
const moment = perhaps(fc.record({ seconds, label: text }));
const curve = fc
  .record({
    label: text,
    times: fc.array(seconds, { maxLength: 40 }),
    until: seconds,
    marks: fc.record({ median: moment, p90: moment }),
  })
  .map(({ times, marks, ...each }) => ({
    ...each,
    ...given(marks),
    steps: times
      .toSorted((a, b) => a - b)
      .map((at, i) => ({ seconds: at, waiting: 1 - (i + 1) / times.length })),
  }));

const firstReply = fc
  .record({
    ...card,
    curves: fc.array(curve, { maxLength: 3 }),
    held: fc.record({ promised: moment }),
    labels: fc.record({ waiting: text, noData: text }),
  })
  .map(({ held, ...each }) => ({
    kind: "first-reply" as const,
    input: { ...each, ...given(held) },
  }));

const drivers = fc
  .record({
    ...card,
    rows: fc.array(
      fc
        .record({ shown: scored([-1, 1]), label: text, n })
        .map(({ shown: { score, range }, ...row }) => ({ ...row, correlation: score, range })),
      { maxLength: 25 },
    ),
    labels: fc.record({ negative: text, positive: text, noData: text }),
  })
  .map((input) => ({ kind: "drivers" as const, input }));

const barKinds = fc.constantFrom(
  { unit: "count" as const, domain: [0, 9_999_999] as Range },
  { unit: "count" as const, domain: [0, 3] as Range },
  { unit: "rate" as const, domain: [0, 20_000] as Range },
  { unit: "percent" as const, domain: [0, 100] as Range },
  { unit: "points" as const, domain: [-100, 100] as Range },
);

const bars = barKinds.chain(({ unit, domain }) =>
  fc
    .record({
      ...card,
      bars: fc.array(
        fc
          .record({
            shown: scored(domain),
            label: text,
            more: fc.record({ n: perhaps(n), early: perhaps(fc.boolean()) }),
          })
          .map(({ shown: { score, range }, more, label }) => ({
            label,
            value: score === null || unit !== "count" ? score : Math.round(score),
            range,
            ...given(more),
          })),
        { maxLength: 25 },
      ),
      held: fc.record({ target: reference(domain) }),
      labels: fc.record({ noData: text }),
    })
    .map(({ held, ...each }) => ({
      kind: "bars" as const,
      input: { ...each, unit, ...given(held) },
    })),
);

const metric = fc.constantFrom(null, [0, 100] as Range, [-100, 100] as Range).chain((domain) =>
  fc
    .record({
      name: text,
      score: text,
      range: text,
      change: text,
      trend: periods(domain ?? [0, 90_000]),
      held: fc.record({ target: reference(domain ?? [0, 90_000]) }),
    })
    .map(({ held, ...each }) => ({ ...each, domain, ...given(held) })),
);

const overview = fc
  .record({
    ...card,
    rows: fc.array(metric, { maxLength: 12 }),
    labels: fc.record({ noData: text }),
  })
  .map((input) => ({ kind: "overview" as const, input }));

const block = fc.oneof(
  fc.record({
    kind: fc.constant("text" as const),
    text,
    look: fc.constantFrom("heading", "bold", "plain", "small", "quote"),
  }),
  fc.record({ kind: fc.constant("buttons" as const), labels: fc.array(text, { maxLength: 12 }) }),
  fc.record({
    kind: fc.constant("list" as const),
    prompt: text,
    options: fc.array(text, { maxLength: 6 }),
  }),
);

const outlines = fc
  .record({
    ...card,
    cards: fc.array(
      fc.record({
        label: text,
        messages: fc.array(fc.array(block, { maxLength: 5 }), { maxLength: 3 }),
      }),
      { maxLength: 3 },
    ),
  })
  .map((input) => ({ kind: "outlines" as const, input }));

/** Each kind of picture. */
export const anyPicture: Readonly<Record<PictureRequest["kind"], fc.Arbitrary<PictureRequest>>> = {
  summary,
  cut,
  "first-reply": firstReply,
  drivers,
  bars,
  overview,
  outlines,
};
