import { expect, inject, test } from "vitest";
import { runBench } from "../../bench/summaries/bench.ts";
import { readOptions } from "../../bench/summaries/options.ts";
import { render, type Section } from "../../bench/summaries/report.ts";

const urlOf = (database: string) => {
  const url = new URL(inject("postgresUrl"));
  url.pathname = database;
  return url.href;
};

/** Names of the rows of the section whose title begins so. */
function rowsOf(sections: readonly Section[], title: string): readonly string[] {
  const section = sections.find((each) => each.title.startsWith(title));
  return section?.rows.map(([name = ""]) => name) ?? [];
}

test("the bench has every row, all designs come to the same figures, and no read is wrong", async () => {
  const options = readOptions(
    {
      ...{ BENCH_ANSWERS: "1000", BENCH_WORKSPACES: "3" },
      ...{ BENCH_ROUNDS: "1", BENCH_WRITE_SECONDS: "0.05" },
    },
    () => {},
  );
  const sections: Section[] = [];
  const { wrong } = await runBench(urlOf, options, (section) => sections.push(section));
  expect(wrong).toEqual([]);
  const summaries = rowsOf(sections, "Summaries");
  expect(summaries).toContain("select 1");
  for (const design of [
    ...["aftertalk: CSAT", "aftertalk: NPS, one answer a person", "aftertalk: CSAT by team"],
    ...["aftertalk: /cx", "flat table, covering index", "flat table, plain index", "Chatwoot"],
    ...["Formbricks Hub", "Formbricks core", "discord-tickets"],
  ])
    expect(summaries.some((name) => name.startsWith(design))).toBe(true);
  expect(rowsOf(sections, "Answers taken in")).toHaveLength(7);
  expect(rowsOf(sections, "The whole way in")).toHaveLength(3);
  expect(rowsOf(sections, "Kysely")).toHaveLength(4);
  expect(rowsOf(sections, "/nps week")).toHaveLength(3);
  expect(rowsOf(sections, "What else commands read")).toContain("/coverage by agent");
  expect(rowsOf(sections, "Figures while")).toContain("wrong reads");
  expect(rowsOf(sections, "Room taken")).toContain("Formbricks core");
  expect(sections.map(render).join("\n")).not.toMatch(/NaN|undefined/);
}, 240_000);

test("a setting that is none is named", () => {
  expect(() => readOptions({ BENCH_PARTS: "nothing" }, () => {})).toThrow(/BENCH_PARTS/);
});
