import fc from "fast-check";
import { expect, test } from "vitest";
import { markedRuns } from "../../adapters/common/marked-runs.ts";
import { marksIn } from "../../src/commands/feedback/marks.ts";
import { termsOf } from "../../src/commands/feedback/words.ts";

/** The text with what is marked in brackets. */
function marked(text: string, search: string): string {
  const runs = markedRuns(text, text, marksIn(text, termsOf(search)));
  return runs.map((run) => (run.marked ? `[${run.text}]` : run.text)).join("");
}

test.each([
  ["Two refunds, no REFUND", "refund", "Two [refund]s, no [REFUND]"],
  ["Ёлка и елка", "елка", "[Ёлка] и [елка]"],
  ["退款很慢，退款呢", "退款", "[退款]很慢，[退款]呢"],
  ["Café cafe\u0301!", "cafe", "[Café] [cafe\u0301]!"],
  ["late  delivery", '"late delivery"', "[late  delivery]"],
  ["abcd", "abc bcd", "[abcd]"],
  ["nothing", "else", "nothing"],
])("in “%s” %s is marked", (text, search, wanted) => {
  expect(marked(text, search)).toBe(wanted);
});

test("whatever is found is marked, and nothing of the text is lost", () => {
  const words = fc.string({ unit: "grapheme", maxLength: 20 });
  fc.assert(
    fc.property(words, words, words, (before, word, after) => {
      const text = before + word + after;
      const terms = termsOf(word);
      const marks = marksIn(text, terms);
      const runs = markedRuns(text, text, marks);
      expect(runs.map((run) => run.text).join("")).toBe(text);
      if (marks.length > 0) expect(runs.some((run) => run.marked)).toBe(true);
      for (const [from, to] of marks) {
        expect(from).toBeLessThan(to);
      }
    }),
  );
});

test("what is shown in another form than it was searched in has no marks behind the difference", () => {
  const runs = markedRuns("a refund…", "a refund and another refund", [
    [2, 8],
    [21, 27],
  ]);
  expect(runs).toEqual([
    { text: "a ", marked: false },
    { text: "refund", marked: true },
    { text: "…", marked: false },
  ]);
});
