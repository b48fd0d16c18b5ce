import { REST, RESTEvents } from "discord.js";
import { describe, expect, test } from "vitest";
import { createBudget } from "../../../../adapters/discord/send/budget.ts";
import { hasCode } from "../../../../src/errors.ts";
import { createTestClock } from "../../../support/clock.ts";

const TEN_MINUTES = 600_000;

/** The counter of a REST client to which Discord answers what the test says. */
function createCounted() {
  const clock = createTestClock();
  const rest = new REST({ hashSweepInterval: 0, handlerSweepInterval: 0 });
  const budget = createBudget(rest, () => clock.now().getTime());
  const answer = (
    status: number,
    { scope, auth = true }: { scope?: string; auth?: boolean } = {},
  ) =>
    rest.emit(
      RESTEvents.Response,
      {
        ...{ method: "POST", path: "/channels/1/messages", route: "", retries: 0, options: {} },
        data: { auth, body: undefined, files: undefined, signal: undefined },
      },
      new Response(null, { status, headers: scope ? { "x-ratelimit-scope": scope } : {} }),
    );
  /** Sends so often, each refused; how many went out, and why the last one did not. */
  const refuse = (times: number, weighty: boolean) => {
    let sent = 0;
    for (let count = 0; count < times; count += 1) {
      clock.advance(1);
      try {
        budget.check(weighty);
        answer(403);
        sent += 1;
      } catch (error) {
        if (!hasCode(error, "rate-limited")) throw error;
      }
    }
    return sent;
  };
  return { clock, budget, answer, refuse };
}

describe("F4 the budget of invalid requests", () => {
  test("20 000 refusals: 500 go out, of what leads have to hear 5000, which is half of what is allowed", () => {
    const { refuse } = createCounted();
    expect(refuse(20_000, false)).toBe(500);
    expect(refuse(20_000, true)).toBe(4500);
  });

  test("in any ten minutes there are never more", () => {
    const { clock, refuse } = createCounted();
    const inWindow: { at: number; sent: number }[] = [];
    for (let minute = 0; minute < 45; minute += 1) {
      const at = clock.now().getTime();
      inWindow.push({ at, sent: refuse(1500, true) });
      clock.advance(58_500);
      const recent = inWindow.filter((each) => each.at > at - TEN_MINUTES + 60_000);
      expect(recent.reduce((sum, { sent }) => sum + sent, 0)).toBeLessThanOrEqual(5000);
    }
  });

  test("401, 403 and 429 count, shared limits and everything else do not", () => {
    const { budget, answer } = createCounted();
    const check = () => budget.check(false);
    for (let count = 0; count < 600; count += 1) {
      for (const status of [200, 204, 400, 404, 500]) answer(status);
      answer(429, { scope: "shared" });
    }
    check();
    for (let count = 0; count < 250; count += 1) {
      answer(403);
      answer(429, { scope: "user" });
    }
    expect(check).toThrow("refused too many");
  });
});

test("F6 a token that was refused is known from whatever was asked, a webhook's is another one", () => {
  const { budget, answer } = createCounted();
  answer(401, { auth: false });
  expect(budget.refused()).toBe(false);
  answer(401);
  expect(budget.refused()).toBe(true);
});
