import { expect, test } from "vitest";
import { createMemo } from "../../../adapters/common/memo.ts";

/** A memo of "name of KEY" on a clock that is moved by hand; what was loaded is counted. */
function stage(options: { readonly hold?: number; readonly max?: number } = {}) {
  const clock = { now: 0 };
  const loaded: string[] = [];
  const memo = createMemo({
    load: async (key) => {
      loaded.push(key);
      return `name of ${key}`;
    },
    ttl: () => 100,
    max: 10,
    now: () => clock.now,
    ...options,
  });
  return { clock, loaded, memo };
}

test("a value is asked for again when it is too old, and its last one stays known meanwhile", async () => {
  const { clock, loaded, memo } = stage();
  await memo.read("dana");
  clock.now = 100;
  expect(memo.fresh("dana")).toBeUndefined();
  expect(memo.last("dana")).toBe("name of dana");
  await memo.read("dana");
  expect(loaded).toEqual(["dana", "dana"]);
});

test("P1 what is forgotten is not known any more, nor what was on its way", async () => {
  const { memo } = stage();
  await memo.read("dana");
  memo.forget("dana");
  expect(memo.last("dana")).toBeUndefined();
  const underWay = memo.read("dana");
  memo.forget("dana");
  expect(await underWay).toBe("name of dana");
  expect(memo.last("dana")).toBeUndefined();
});

test("P1 nothing is held longer than it may be", async () => {
  const { clock, memo } = stage({ hold: 1000 });
  await memo.read("dana");
  clock.now = 999;
  expect(memo.last("dana")).toBe("name of dana");
  clock.now = 1000;
  expect(memo.last("dana")).toBeUndefined();
});

test("the oldest go when there are too many", async () => {
  const { memo } = stage({ max: 2 });
  for (const key of ["dana", "omar", "mei"]) await memo.read(key);
  expect(["dana", "omar", "mei"].map((key) => memo.last(key) !== undefined)).toEqual([
    ...[false, true, true],
  ]);
});
