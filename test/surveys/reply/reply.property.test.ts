import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { languages } from "../../../src/locales/index.ts";
import { metricNames } from "../../../src/metrics/metric.ts";
import { metrics } from "../../../src/metrics/registry.ts";
import { understandReply, understandWords, understandYesNo } from "../../../src/surveys/reply.ts";
import { answers, traps } from "./templates.ts";

const numeric = metricNames.filter((name) => name !== "resolution");
const language = fc.constantFrom(...languages);
const metric = fc.constantFrom(...numeric);

const inRange = metric.chain((name) => {
  const { min, max } = metrics[name].scale;
  return fc.record({ metric: fc.constant(name), score: fc.integer({ min, max }) });
});

/** Digits of a few scripts, zero first. */
const digits = ["0123456789", "０１２３４５６７８９", "٠١٢٣٤٥٦٧٨٩", "०१२३४५६७८९", "๐๑๒๓๔๕๖๗๘๙"];

function written(value: number, script: string): string {
  return String(value).replace(/\d/g, (digit) => script.charAt(Number(digit)));
}

describe("a number by itself", () => {
  it("N11 is always that score within the scale, in the digits of any script", () => {
    fc.assert(
      fc.property(inRange, language, fc.constantFrom(...digits), (given, hint, script) => {
        const text = written(given.score, script);
        const understood = understandReply({ metric: given.metric, text, language: hint });
        expect(understood).toEqual({ kind: "score", score: given.score });
      }),
    );
  });

  it("N11 is never a score outside of the scale", () => {
    fc.assert(
      fc.property(metric, fc.integer(), language, (name, value, hint) => {
        const { min, max } = metrics[name].scale;
        fc.pre(value < min || value > max);
        const understood = understandReply({ metric: name, text: `${value}`, language: hint });
        expect(understood).toEqual({ kind: "unclear" });
      }),
    );
  });

  it("N11 is never a score with a fraction, an exponent, a sign or a leading zero", () => {
    const disguises = [
      (n: number) => `${n}.0`,
      (n: number) => `${n},5`,
      (n: number) => `${n}e0`,
      (n: number) => `+${n}`,
      (n: number) => `-${n}`,
      (n: number) => `−${n}`,
      (n: number) => `0${n}`,
      (n: number) => `${n}½`,
      (n: number) => `${n}²`,
      (n: number) => `${n}%`,
      (n: number) => `#${n}`,
      (n: number) => `.${n}`,
      (n: number) => `${n}th`,
      (n: number) => `v${n}`,
      (n: number) => `${n}\u0336`,
    ];
    fc.assert(
      fc.property(inRange, fc.constantFrom(...disguises), language, (given, disguise, hint) => {
        const text = disguise(given.score);
        const understood = understandReply({ metric: given.metric, text, language: hint });
        expect(understood.kind).not.toBe("score");
      }),
    );
  });
});

describe("a number among words", () => {
  it("N11 is the score in every way that people give one", () => {
    fc.assert(
      fc.property(inRange, fc.constantFrom(...answers), (given, template) => {
        const { max } = metrics[given.metric].scale;
        const text = template.text.replace("{n}", `${given.score}`).replace("{max}", `${max}`);
        const understood = understandReply({
          metric: given.metric,
          text,
          language: template.language,
        });
        expect({ text, ...understood }).toMatchObject({ kind: "score", score: given.score });
      }),
      { numRuns: 1000 },
    );
  });

  it("N11 is no score where it counts, dates, doubts or wishes", () => {
    fc.assert(
      fc.property(inRange, fc.constantFrom(...traps), language, (given, template, hint) => {
        const text = template.replace("{n}", `${given.score}`);
        const understood = understandReply({ metric: given.metric, text, language: hint });
        expect({ text, kind: understood.kind }).not.toEqual({ text, kind: "score" });
      }),
      { numRuns: 1000 },
    );
  });

  it("N11 is no score beside another number", () => {
    const second = fc.integer({ min: 0, max: 99_999 });
    const between = fc.constantFrom(
      " ",
      ", ",
      " - ",
      "\n",
      " (",
      ". ",
      " или ",
      "，",
      " because of ",
    );
    fc.assert(
      fc.property(
        inRange,
        second,
        between,
        fc.boolean(),
        language,
        (given, other, gap, first, hint) => {
          fc.pre(other !== given.score);
          const text = first ? `${given.score}${gap}${other}` : `${other}${gap}${given.score}`;
          const understood = understandReply({ metric: given.metric, text, language: hint });
          expect(understood.kind).not.toBe("score");
        },
      ),
    );
  });
});

describe("any text at all", () => {
  const unit = fc.oneof(
    fc.constantFrom("grapheme" as const, "binary" as const, "grapheme-composite" as const),
  );
  const words = unit.chain((kind) => fc.string({ unit: kind, maxLength: 200 }));
  const raw = fc
    .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 200 })
    .map((units) => String.fromCharCode(...units));
  const text = fc.oneof(words, raw);

  it("N1 is understood without an error, and a score is one of the scale", () => {
    fc.assert(
      fc.property(fc.constantFrom(...metricNames), text, language, (name, given, hint) => {
        const understood = understandReply({ metric: name, text: given, language: hint });
        if (understood.kind === "score" && typeof understood.score === "number") {
          expect(understood.score).toBeGreaterThanOrEqual(metrics[name].scale.min);
          expect(understood.score).toBeLessThanOrEqual(metrics[name].scale.max);
        }
        const open = understandWords({ text: given, language: hint });
        const yesNo = understandYesNo({ text: given, language: hint });
        const comments = [understood, open, yesNo].flatMap((one) =>
          "comment" in one && one.comment !== undefined ? [one.comment] : [],
        );
        expect(comments.every((comment) => comment.isWellFormed())).toBe(true);
        expect(comments.join("")).not.toContain("\0");
      }),
      { numRuns: 400 },
    );
  });

  it("N10 returns for 40,000 characters of whatever is hard", () => {
    const hard = [
      "9 ",
      "9/",
      "1 out of ",
      "⭐",
      "e\u0301\u0316",
      "not ",
      "a.",
      "（",
      "十分",
      "-",
      "👩‍👩‍👧",
    ];
    for (const part of [...hard, "don't ask me ", "\u200d", "٩", "в 5 через 2 "]) {
      const long = part.repeat(Math.ceil(40_000 / part.length));
      for (const given of [long, long.slice(0, 2_000), `${long.slice(0, 1_990)} 9`]) {
        for (const name of ["nps", "csat", "resolution"] as const) {
          const understood = understandReply({ metric: name, text: given, language: "en" });
          expect(understood.kind).not.toBe("later");
        }
      }
    }
  });
});
