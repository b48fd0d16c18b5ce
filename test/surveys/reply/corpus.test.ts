/** How well replies are understood, on replies as customers write them. docs/replies.md has the figures. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { languages } from "../../../src/locales/index.ts";
import { metricNames } from "../../../src/metrics/metric.ts";
import { type Understood, understandReply } from "../../../src/surveys/reply.ts";

const meaning = z.object({
  kind: z.enum(["score", "comment", "later", "pause", "decline", "stop", "unclear"]),
  score: z.union([z.int(), z.enum(["yes", "partly", "no"])]).optional(),
  comment: z.string().optional(),
  when: z.string().optional(),
});

const reply = z.object({
  metric: z.enum(metricNames),
  language: z.enum(languages),
  text: z.string(),
  expect: meaning,
  /** Other readings that are as good: "v2.3" is no score, whether it is a comment or not. */
  or: z.array(meaning).optional(),
});
type Reply = z.infer<typeof reply>;

function repliesOf(name: string): Reply[] {
  const url = new URL(`../../fixtures/replies/${name}.jsonl`, import.meta.url);
  return readFileSync(url, "utf8")
    .trim()
    .split("\n")
    .map((line) => reply.parse(JSON.parse(line)));
}

interface Judged extends Reply {
  readonly got: Understood;
  readonly understood: boolean;
  readonly wrongScore: boolean;
}

function judge(given: Reply): Judged {
  const got = understandReply(given);
  const wanted = [given.expect, ...(given.or ?? [])];
  const score = got.kind === "score" ? got.score : undefined;
  const when = got.kind === "later" ? got.when : undefined;
  const understood = wanted.some(
    (one) => one.kind === got.kind && one.score === score && one.when === when,
  );
  return { ...given, got, understood, wrongScore: got.kind === "score" && !understood };
}

/** The share that is pinned is what was reached when the file was last changed. */
const files = [
  { name: "tuned", share: 1 },
  { name: "held-out", share: 0.99 },
  { name: "fresh", share: 0.97 },
];

describe.each(files)("the $name replies", ({ name, share }) => {
  const judged = repliesOf(name).map(judge);

  it("N11 never become a wrong score", () => {
    expect(judged.filter(({ wrongScore }) => wrongScore)).toEqual([]);
  });

  it(`are understood in at least ${share * 100} of 100`, () => {
    const understood = judged.filter((one) => one.understood).length;
    expect(understood / judged.length).toBeGreaterThanOrEqual(share);
  });
});

it("keeps the words beside a score as the person wrote them", () => {
  const withComment = repliesOf("tuned")
    .map(judge)
    .filter(({ understood, got }) => understood && got.kind === "score");
  const differing = withComment.filter(({ expect: wanted, got }) => {
    return got.kind === "score" && got.comment !== wanted.comment;
  });
  expect(withComment.length).toBeGreaterThan(250);
  expect(differing.map(({ text, got }) => ({ text, got }))).toEqual([]);
});

it("has at least 300 replies and every language and metric in them, and prints the figures", () => {
  const judged = files.flatMap(({ name }) => repliesOf(name).map(judge));
  expect(judged.length).toBeGreaterThan(300);
  const row = (title: string, chosen: readonly Judged[]) => ({
    title,
    replies: chosen.length,
    understood: chosen.filter(({ understood }) => understood).length,
    "wrong scores": chosen.filter(({ wrongScore }) => wrongScore).length,
  });
  const byLanguage = languages.map((l) =>
    row(
      l,
      judged.filter((one) => one.language === l),
    ),
  );
  const byMetric = metricNames.map((m) =>
    row(
      m,
      judged.filter((one) => one.metric === m),
    ),
  );
  const byFile = files.map(({ name }) => row(name, repliesOf(name).map(judge)));
  expect([...byLanguage, ...byMetric].every(({ replies }) => replies >= 30)).toBe(true);
  console.table([...byFile, ...byLanguage, ...byMetric, row("all", judged)]);
});
