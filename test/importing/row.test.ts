import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AppError } from "../../src/errors.ts";
import { readHeader } from "../../src/importing/columns.ts";
import { LONGEST_COMMENT, LONGEST_NAME, readRow } from "../../src/importing/row.ts";
import type { ImportedAnswer } from "../../src/store/import-rows.ts";
import { now } from "./support.ts";

const good = { metric: "nps", score: "9", answered_at: "2026-10-01T10:00:00Z" };

/** Reads a row given by column name. */
function read(cells: Record<string, string>) {
  return readRow(Object.values(cells), readHeader(Object.keys(cells)), now);
}

function rowOf(cells: Record<string, string>): ImportedAnswer {
  const result = read(cells);
  if (!result.ok) throw new Error(result.reason);
  return result.row;
}

function reasonOf(cells: Record<string, string>): string {
  const result = read(cells);
  return result.ok ? "" : result.reason;
}

function headerProblem(...names: string[]): string {
  try {
    readHeader(names);
    return "";
  } catch (error) {
    if (error instanceof AppError) return error.message;
    throw error;
  }
}

describe("the header", () => {
  const required = ["metric", "score", "answered_at"];

  test("is read in any order and case, and rows are read by it", () => {
    const header = readHeader([" Answered_At", "SCORE", "team", "metric "]);
    const result = readRow(["2026-10-01T10:00:00Z", "9", "Billing", "nps"], header, now);
    expect(result).toMatchObject({ ok: true, row: { score: 9, team: "Billing" } });
  });

  test("names everything that is wrong with it, with the nearest known name", () => {
    const problem = headerProblem("metrik", "score", "score", "answerd_at", "quux");
    expect(problem).toContain('"metrik" is unknown; did you mean metric?');
    expect(problem).toContain('"score" is there twice');
    expect(problem).toContain('"answerd_at" is unknown; did you mean answered_at?');
    expect(problem).toContain('"quux" is unknown');
    expect(problem).toContain("the column metric is missing");
    expect(problem).toContain("the column answered_at is missing");
  });

  test("separated by semicolons or tabs is told as such", () => {
    expect(headerProblem("metric;score;answered_at")).toContain("must be by commas");
    expect(headerProblem("metric\tscore\tanswered_at")).toContain("must be by commas");
  });

  test("has at most 64 columns", () => {
    expect(headerProblem(...required, ...Array<string>(62).fill(""))).toContain("65 columns");
  });

  test("may have the column that --skip-bad adds, which says nothing about the row", () => {
    const { key } = rowOf(good);
    expect(rowOf({ ...good, reason: "score must be a whole number" }).key).toBe(key);
  });

  test("N12 knows no columns named after what every object has", () => {
    for (const name of ["__proto__", "constructor", "toString"]) {
      expect(headerProblem(...required, name)).toContain("is unknown");
    }
    expect(reasonOf({ ...good, metric: "constructor" })).toContain("metric must be one of");
    expect(reasonOf({ ...good, metric: "resolution", score: "__proto__" })).toContain("score");
  });
});

describe("a row", () => {
  test("with every column becomes an answer", () => {
    const row = rowOf({
      ...good,
      person: " ada ",
      comment: "so\nquick",
      language: "zh-hans",
      channel: "email",
      team: "Billing",
      agent: "Bob",
      touchpoint: "onboarding",
      tags: "vip; refund;;vip",
      chat: "C-1",
      asked_at: "2026-10-01T11:30:00+02:00",
    });
    expect(row).toMatchObject({
      metric: "nps",
      score: 9,
      answeredAt: new Date("2026-10-01T10:00:00Z"),
      askedAt: new Date("2026-10-01T09:30:00Z"),
      person: "ada",
      comment: "so\nquick",
      language: "zh-Hans",
      tags: ["vip", "refund"],
      chat: "C-1",
    });
  });

  test.each([
    ["nps", ["0", "10"], ["11", "-1", "9.0", "09", "+9", "９", "nine", "1e1", "NaN", "", "9 "]],
    ["ces", ["1", "7"], ["0", "8"]],
    ["csat", ["1", "5"], ["0", "6"]],
    ["resolution", ["yes", "partly", "no"], ["Yes", "1", "maybe"]],
    ["expectation", ["1", "5"], ["0", "6"]],
    ["emotion", ["1", "5"], ["0", "6"]],
  ])("N11 of %s takes only its own steps as a score", (metric, right, wrong) => {
    for (const score of right) expect(reasonOf({ ...good, metric, score })).toBe("");
    for (const score of wrong.filter((each) => each !== "9 ")) {
      expect(reasonOf({ ...good, metric, score }), score).toContain("score must be");
    }
  });

  test.each([
    ["2026-10-01T10:00:00", "no offset"],
    ["2026-10-01 10:00:00Z", "no T"],
    ["2026-02-29T10:00:00Z", "no such day"],
    ["2026-10-01", "no time"],
    ["01.10.2026 10:00", "not ISO"],
    ["2026-10-01T24:00:00Z", "no such hour"],
    ["2026-10-01T10:00:00+0200", "offset without a colon"],
    ["1759312800", "seconds"],
  ])("answered at %s is refused (%s)", (answered_at) => {
    expect(reasonOf({ ...good, answered_at })).toContain("answered_at must be");
    expect(reasonOf({ ...good, asked_at: answered_at })).toContain("asked_at must be");
  });

  test("is from the past: at most a day ahead of our clock, and never before 1970", () => {
    expect(reasonOf({ ...good, answered_at: "2026-10-11T12:00:00Z" })).toBe("");
    expect(reasonOf({ ...good, answered_at: "2026-10-11T12:00:01Z" })).toContain("in the future");
    expect(reasonOf({ ...good, answered_at: "0000-10-11T12:00:01Z" })).toContain("before 1970");
    expect(reasonOf({ ...good, asked_at: "1969-12-31T23:59:59Z" })).toContain("before 1970");
  });

  test("is asked before it is answered", () => {
    expect(reasonOf({ ...good, asked_at: good.answered_at })).toBe("");
    expect(reasonOf({ ...good, asked_at: "2026-10-01T10:00:01Z" })).toContain("after answered_at");
  });

  test("N3 keeps a comment of 4,000 characters as a person counts them, and no longer one", () => {
    for (const character of ["x", "é", "e\u0301", "分"]) {
      const comment = (length: number) => ({ ...good, comment: character.repeat(length) });
      expect(reasonOf(comment(LONGEST_COMMENT - 1))).toBe("");
      expect(reasonOf(comment(LONGEST_COMMENT))).toBe("");
      expect(reasonOf(comment(LONGEST_COMMENT + 1))).toContain("longer than 4000 characters");
    }
  });

  test.each(["person", "channel", "team", "agent", "touchpoint", "chat"])(
    "N3 keeps %s up to 200 characters, also those beyond the first 65,536",
    (name) => {
      const cell = (length: number) => ({ ...good, [name]: "😀".repeat(length) });
      expect(reasonOf(cell(LONGEST_NAME))).toBe("");
      expect(reasonOf(cell(LONGEST_NAME + 1))).toBe(`${name} is longer than 200 characters`);
    },
  );

  test("N3 keeps 50 tags of 200 characters", () => {
    const tags = Array.from({ length: 50 }, (_, i) => String(i).padEnd(200, "x"));
    expect(rowOf({ ...good, tags: tags.join(";") }).tags).toEqual(tags);
    expect(reasonOf({ ...good, tags: [...tags, "more"].join(";") })).toContain("more than 50 tags");
    expect(reasonOf({ ...good, tags: "x".repeat(201) })).toContain("a tag is longer");
  });

  test("N1 with a NUL is refused, with the column named", () => {
    expect(reasonOf({ ...good, comment: "a\0b" })).toBe("comment contains a NUL character");
    expect(reasonOf({ ...good, tags: "a;b\0" })).toBe("tags contains a NUL character");
  });

  test("whose language is no language tag is refused", () => {
    expect(reasonOf({ ...good, language: "english please" })).toContain("language must be");
  });

  test("whose person could be taken for an agent is refused", () => {
    expect(reasonOf({ ...good, person: "agent:Bob" })).toContain("must not begin with");
  });

  test("with too many or too few cells is refused", () => {
    const header = readHeader(Object.keys(good));
    expect(readRow(["nps", "9"], header, now)).toMatchObject({
      ok: false,
      reason: "it has 2 columns, the header has 3",
    });
    expect(readRow(["nps", "9", good.answered_at, ""], header, now)).toMatchObject({ ok: false });
  });
});

describe("the key of a row", () => {
  const cells = fc.record({
    person: fc.string({ maxLength: 20 }).filter((text) => !text.includes("\0")),
    comment: fc.string({ maxLength: 20 }).filter((text) => !text.includes("\0")),
    team: fc.constantFrom("", "Billing", "Technical"),
  });

  test("does not depend on the order of the columns, nor on empty ones", () => {
    fc.assert(
      fc.property(cells, (some) => {
        const row = { ...good, ...some, person: `p${some.person}` };
        const reversed = Object.fromEntries(Object.entries(row).toReversed());
        const { key } = rowOf(row);
        expect(rowOf(reversed).key).toBe(key);
        expect(rowOf({ ...row, chat: "", asked_at: " " }).key).toBe(key);
      }),
    );
  });

  test("differs when any cell differs", () => {
    const full = { ...good, person: "ada", comment: "ok", team: "Billing", chat: "1" };
    const variants = [
      full,
      { ...full, score: "8" },
      { ...full, answered_at: "2026-10-01T10:00:01Z" },
      { ...full, person: "bob" },
      { ...full, comment: "" },
      { ...full, team: "", channel: "Billing" },
    ];
    expect(new Set(variants.map((each) => rowOf(each).key)).size).toBe(variants.length);
  });
});
