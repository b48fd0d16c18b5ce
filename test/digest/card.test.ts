import { describe, expect, test } from "vitest";
import { digestCard } from "../../src/digest/card.ts";
import { languages } from "../../src/locales/index.ts";
import { linesOf, loadedSummary, plain } from "../commands/summary-support.ts";
import { comment, emptyDigest, figures, fullDigest } from "./card-support.ts";

describe("a digest", () => {
  test("is the week in one card: scores, who answered, cases, words, and what comes next", () => {
    const card = digestCard(fullDigest(), "en");
    expect(linesOf(card)).toEqual([
      "Weekly digest · Oct 5 – 11, 2026",
      "NPS +31 (95 % range +9 to +50) · 52 answers · the week before +21 (n 47): no clear change",
      "No clear change against the week before: +9 (95 % range −21 to +40, p 0.56)",
      "CSAT satisfied 88% (95 % range 53% to 98%) · 8 answers · the week before: no answers",
      "An early signal: fewer than 30 answers.",
      "Response rate: 32% (48 of 150 whose time to answer ended that week)",
      "Coverage: 70% (63 of 90 closed chats worth asking about)",
      "Why people left: Too expensive 2 · Other 1",
      "Cases: 3 open, 1 overdue",
      "#17 Dana: overdue since Wed, Oct 14, 11:30 · 3/10 (NPS) · Acme Corp · Kim",
      "A comment worth reading",
      "> Still waiting for the refund (Dana · 3/10 (NPS)) https://chat.example/C1",
      "Coming up in the next seven days",
      "relationship: up to 12 people",
      "all-customers: Mon, Oct 19, 10:00",
      "onboarding: 1,000 people or more",
    ]);
    expect(plain(card.summary)).toBe(
      "Weekly digest · Oct 5 – 11, 2026 · NPS +31 (95 % range +9 to +50) · 52 answers · the week before +21 (n 47): no clear change · Cases: 3 open, 1 overdue",
    );
  });

  test.each(languages)("with nothing to say says so in one line (%s)", (language) => {
    const { summary, parts } = digestCard(emptyDigest(), language);
    expect(parts).toEqual([{ kind: "text", text: summary }]);
    expect(summary).not.toContain("\n");
  });

  test("says that nobody answered where there is something else to say", () => {
    const lines = linesOf(digestCard(fullDigest({ figures: [], comments: [] }), "en"));
    expect(lines[1]).toBe("Nobody answered in this week or the one before.");
  });

  test("below five answers has no score of them and no verdict", () => {
    const few = loadedSummary({
      ...{ metric: "nps", period: "last week" },
      histogram: [4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
      before: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 60],
    });
    const lines = linesOf(digestCard(fullDigest({ figures: [few] }), "en"));
    expect(lines[1]).toBe("NPS: too few to show a score: 4 answers, a score needs 5");
    expect(lines.join()).not.toContain("−100");
  });

  test("says under the promise of totals how answers are counted", () => {
    const digest = fullDigest({ promise: "totals", comments: [] });
    expect(linesOf(digestCard(digest, "en")).join()).toContain("only totals are seen");
  });

  test("says when its picture could not be drawn, and shows it when it could", () => {
    const picture = { png: new Uint8Array(), width: 1, height: 1, alt: "NPS by week" };
    expect(digestCard(fullDigest(), "en", picture).parts).toContainEqual({
      kind: "picture",
      picture,
    });
    const lines = linesOf(digestCard(fullDigest({ figures }), "en", "missing"));
    expect(lines).toContain("The picture could not be drawn this time.");
  });

  test.each(languages)("has all its words in %s, and nobody's words are changed", (language) => {
    const digest = fullDigest({ comments: [comment, comment, comment] });
    const card = digestCard(digest, language);
    expect(card.locale).toBe(language);
    const quotes = card.parts.filter(({ kind }) => kind === "quote");
    expect(quotes).toHaveLength(3);
    for (const quote of quotes) expect(quote).toMatchObject({ text: comment.text });
    expect(linesOf(card).join("\n")).not.toMatch(/\{|\}|digest\./);
  });
});
