import { expect, test } from "vitest";
import { recoveredBy, summariseRecovery } from "../../src/metrics/recovered.ts";

const answers = (right: number | null, score: number | null) =>
  recoveredBy({ right, metric: "nps", score });

test("recovered is who says yes and gives no low score beside it", () => {
  expect(answers(null, null)).toBeNull();
  expect(answers(null, 10)).toBeNull();
  expect(answers(2, null)).toBe(true);
  expect(answers(2, 7)).toBe(true);
  expect(answers(2, 6)).toBe(false);
  expect(answers(1, null)).toBe(false);
  expect(answers(1, 10)).toBe(false);
  expect(answers(0, 9)).toBe(false);
  expect(recoveredBy({ right: 2, metric: "csat", score: 2 })).toBe(false);
});

test("the rate has its range and follows the display ladder", () => {
  expect(summariseRecovery(0, 0)).toMatchObject({ n: 0, rate: null, range: null, shown: false });
  expect(summariseRecovery(2, 4)).toMatchObject({ rate: 50, shown: false });
  const six = summariseRecovery(4, 6);
  expect(six).toMatchObject({ shown: true, early: true });
  expect(six.rate).toBeCloseTo(66.667, 3);
  // Wilson's range of 4 of 6, computed by hand from the formula.
  expect(six.range?.[0]).toBeCloseTo(30, 0);
  expect(six.range?.[1]).toBeCloseTo(90.3, 1);
  expect(summariseRecovery(20, 30)).toMatchObject({ shown: true, early: false });
});
