import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createLog } from "../../../../src/log.ts";
import type { Reply } from "../../../../src/platform.ts";
import { createTestClock, type TestClock } from "../../../support/clock.ts";
import type { Person } from "../../../support/slack/index.ts";
import {
  button,
  commentForm,
  createStall,
  message,
  openStage,
  type Running,
  type Stage,
  said,
  soon,
  updated,
  type Way,
  ways,
} from "./setup.ts";

let clock: TestClock;
let stage: Stage;
let dana: Person;
beforeEach(async () => {
  clock = createTestClock();
  stage = await openStage({ clock });
  dana = stage.acme.person("Dana");
});
afterEach(() => stage.end());

/** As in production, only sooner. */
const deadlines = { acknowledge: 300, moment: 30, stop: 5000 };
const start = (way: Way): Promise<Running> => stage.start(way, { deadlines });
/** With no other deadline than that of "one moment". */
const startPatiently = (way: Way): Promise<Running> =>
  stage.start(way, { deadlines: { ...deadlines, acknowledge: 60_000 } });
const words = (place: { readonly id: string } | "dm") => dana.sees(place).map((seen) => seen.words);
const form: Reply = { kind: "form", form: commentForm };
const commented = message("Why?", button("Tell us", "tell", "form"));
/** Over HTTP our refusal ends a delivery, over a socket only Slack's patience does. */
const giveUp = (way: Way) => clock.advance(way === "HTTP" ? 0 : 3000);
const outcomes = () =>
  stage.slack.events.flatMap(({ attempts }) => attempts.map(({ outcome }) => outcome));
/** Until it is acknowledged, as Slack does. */
async function deliverAgain(): Promise<void> {
  const [delivery] = stage.slack.events;
  await soon(async () => (await stage.slack.redeliver(delivery?.eventId ?? "")).acknowledged).toBe(
    true,
  );
}
const notAcknowledged = (way: Way) =>
  way === "HTTP" ? { outcome: "failed", status: 503 } : { outcome: "timed out" };

describe.each(ways)("%s", (way) => {
  test("F13 an event that is not written in time is delivered again, and has one effect", async () => {
    const { inbox } = await start(way);
    const stall = createStall();
    inbox.hold = stall.held;
    inbox.reply = () => said("Thank you.");
    await dana.writes("7 – slow");
    giveUp(way);
    await soon(() => outcomes().length).toBeGreaterThan(1);
    expect(outcomes()).not.toContain("acknowledged");
    stall.end();
    await soon(() => words("dm").at(-1)).toBe("Thank you.");
    inbox.hold = undefined;
    await deliverAgain();
    expect(inbox.events).toHaveLength(1);
    expect(words("dm").filter((each) => each === "Thank you.")).toHaveLength(1);
  });

  test("F13 an event that cannot be written is not acknowledged", async () => {
    const { inbox } = await start(way);
    inbox.away = true;
    await dana.writes("7");
    giveUp(way);
    await soon(() => outcomes()[0]).toMatch(/failed|timed out/);
    inbox.away = false;
    await deliverAgain();
    expect(inbox.events).toHaveLength(1);
  });

  test("F13 an event at which a listener breaks unexpectedly is not acknowledged", async () => {
    const log = createLog("silent");
    const { inbox } = await stage.start(way, {
      ...{ log, deadlines: { ...deadlines, acknowledge: 60_000 } },
    });
    let broken = false;
    log.warn = () => {
      if (broken) return;
      broken = true;
      throw new Error("the disk is full");
    };
    // It cannot be written, and saying so fails too: nothing in the way in reckons with that.
    inbox.away = true;
    await dana.writes("7");
    await soon(() => broken).toBe(true);
    inbox.away = false;
    // What comes later is acknowledged later: an acknowledgement of the first would be here by then.
    await dana.writes("8");
    await soon(() => stage.slack.events[1]?.state).toBe("acknowledged");
    giveUp(way);
    await soon(() => outcomes()[0]).toBe(notAcknowledged(way).outcome);
    await deliverAgain();
    expect(inbox.events).toHaveLength(2);
  });

  test("F13 a command says 'one moment' and its answer follows in its place", async () => {
    const help = stage.acme.channel("help");
    const { inbox } = await startPatiently(way);
    const stall = createStall();
    inbox.hold = stall.held;
    inbox.reply = () => said("NPS +12");
    const answer = await dana.types(help, "/nps", "week");
    expect(answer).toMatchObject({ outcome: "acknowledged", payload: { text: "One moment…" } });
    expect(words(help)).toEqual(["One moment…"]);
    stall.end();
    await soon(() => words(help).at(-1)).toBe("NPS +12");
    expect(stage.slack.calls("response_url")[0]?.arguments).toMatchObject({
      replace_original: true,
      response_type: "ephemeral",
    });
  });

  test("F13 a command that fails says so, at once or after 'one moment'", async () => {
    const help = stage.acme.channel("help");
    const { inbox } = await start(way);
    inbox.away = true;
    await dana.types(help, "/nps", "week");
    await soon(() => words(help).at(-1)).toMatch(/did not work just now/);
    const stall = createStall();
    inbox.hold = stall.held;
    await dana.types(help, "/nps", "week");
    expect(words(help).at(-1)).toBe("One moment…");
    stall.end();
    await soon(() => words(help).at(-1)).toMatch(/did not work just now/);
    expect(stage.slack.problems).toEqual([]);
  });

  test("F13 a tap that is not written is not acknowledged; its late result is shown all the same", async () => {
    const { inbox } = await start(way);
    const stall = createStall();
    inbox.hold = stall.held;
    inbox.reply = () => updated("You answered 9.");
    const shown = await stage.shows(dana, message("How was it?", button("Nine", "nine")));
    const pressed = dana.presses(shown, "Nine");
    giveUp(way);
    expect(await pressed).toMatchObject(notAcknowledged(way));
    expect(words("dm")).toEqual([expect.stringContaining("How was it?")]);
    stall.end();
    await soon(() => words("dm")).toEqual(["You answered 9."]);
    expect(inbox.events).toHaveLength(1);
  });

  test("F13 a tap that cannot be written is not acknowledged and shows nothing", async () => {
    const { inbox, stop } = await start(way);
    inbox.away = true;
    const shown = await stage.shows(dana, message("How was it?", button("Nine", "nine")));
    const pressed = dana.presses(shown, "Nine");
    giveUp(way);
    expect(await pressed).toMatchObject(notAcknowledged(way));
    await stop();
    expect(words("dm")).toEqual([expect.stringContaining("How was it?")]);
  });
});

test("F13 a shortcut says 'one moment', then its answer", async () => {
  const help = stage.acme.channel("help");
  const { inbox } = await startPatiently("HTTP");
  const ts = await dana.posts(help, "My invoice is wrong");
  await stage.slack.settled();
  const stall = createStall();
  inbox.hold = stall.held;
  inbox.reply = () => said("CSAT 4.5");
  expect(await dana.uses("show_scores", help, ts)).toMatchObject({ outcome: "acknowledged" });
  await soon(() => words(help).at(-1)).toBe("One moment…");
  stall.end();
  await soon(() => words(help).at(-1)).toBe("CSAT 4.5");
  inbox.away = true;
  inbox.hold = undefined;
  await dana.uses("show_scores", help, ts);
  await soon(() => words(help).at(-1)).toMatch(/did not work just now/);
});

test("F13 a form stands there before the answer is written, and is filled late", async () => {
  const { inbox } = await start("HTTP");
  const stall = createStall();
  inbox.hold = stall.held;
  inbox.reply = () => form;
  await dana.presses(await stage.shows(dana, commented), "Tell us");
  await soon(() => dana.modal()?.words).toContain("One moment…");
  stall.end();
  await soon(() => dana.modal()?.title).toBe("Tell us more");
});

test("F13 a form whose tap could not be written says so", async () => {
  const { inbox } = await start("HTTP");
  inbox.away = true;
  await dana.presses(await stage.shows(dana, commented), "Tell us");
  await soon(() => dana.modal()?.words).toContain("did not work just now");
});

test.each(ways)(
  "F13 %s: a submission that is not written leaves the form open with its words",
  async (way) => {
    const { inbox } = await start(way);
    inbox.reply = () => form;
    await dana.presses(await stage.shows(dana, commented), "Tell us");
    await soon(() => dana.modal()?.title).toBe("Tell us more");
    inbox.away = true;
    const unsaved = { comment: expect.stringMatching(/not saved yet/) };
    const submit = () => dana.submits({ "What happened?": "slow" });
    expect(await submit()).toEqual({ outcome: "not accepted", errors: unsaved });
    inbox.away = false;
    const stall = createStall();
    inbox.hold = stall.held;
    inbox.reply = () => updated("Thank you.");
    expect(await submit()).toEqual({ outcome: "not accepted", errors: unsaved });
    stall.end();
    await soon(() => words("dm")).toEqual(["Thank you."]);
    await soon(() => dana.modal()?.words).toContain("Thank you.");
    expect(inbox.events.filter(({ kind }) => kind === "action")).toHaveLength(2);
  },
);

test("a stop lets what is under way finish", async () => {
  const { inbox, stop } = await start("HTTP");
  const stall = createStall();
  inbox.hold = stall.held;
  inbox.reply = () => said("Thank you.");
  await dana.writes("7");
  await stage.slack.settled();
  const stopped = stop();
  stall.end();
  await stopped;
  expect(inbox.events).toHaveLength(1);
  expect(words("dm").at(-1)).toBe("Thank you.");
});
