import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { AppError } from "../../../src/errors.ts";
import type { Reply } from "../../../src/platform.ts";
import { card, form, lastSeen, message, openDesk, update } from "./listen-support.ts";
import { until } from "./stage.ts";

const CALLBACK = "POST /interactions/:interaction/:token/callback";

const EDIT = "PATCH /webhooks/:application/:token/messages/:message";

type Desk = Awaited<ReturnType<typeof openDesk>>;
let desk: Desk;

beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());
beforeEach(() => {
  desk.events.length = 0;
  desk.desk.reply = async () => ({ kind: "nothing" });
  desk.hurries(false);
});

function replies(reply: Reply): void {
  desk.desk.reply = async () => reply;
}

/** The core's answer comes when it is let, and that is too late. */
function held(reply: Reply): () => void {
  desk.hurries(true);
  const { promise, resolve } = Promise.withResolvers<Reply>();
  desk.desk.reply = () => promise;
  return () => resolve(reply);
}

const nine = { label: "9", token: "tok.nine" };
const write = { label: "Write", token: "tok.write", opens: "form" } as const;

describe("in time", () => {
  test("a message is for one pair of eyes where others are about, and stays where nobody is", async () => {
    const dana = desk.customer();
    const open = await desk.shows(card("Feedback for Dana", nine), desk.help);
    replies(message("How likely are you to recommend us?"));
    expect(await dana.presses(open, "9")).toMatchObject({ outcome: "message", ephemeral: true });
    expect(lastSeen(desk.agent, desk.help)?.words).not.toContain("recommend");
    const direct = await desk.shows(card("?", nine), dana);
    expect(await dana.presses(direct, "9")).toMatchObject({ outcome: "message", ephemeral: false });
  });

  test("an update replaces what was pressed, for everybody who sees it", async () => {
    const alert = await desk.shows(
      card("A low score", { label: "Claim", token: "tok.claim" }),
      desk.lounge,
    );
    replies(update("Kim looks at it"));
    expect(await desk.agent.presses(alert, "Claim")).toEqual({ outcome: "updated" });
    expect(lastSeen(desk.agent, desk.lounge)?.words).toContain("Kim looks at it");
  });

  test("an update of what was typed is a message", async () => {
    replies(update("Set up"));
    const answer = await desk.agent.types(desk.lounge, "/aftertalk help");
    expect(answer).toMatchObject({ outcome: "message", ephemeral: true });
  });

  test("nothing to say: a press leaves all as it is, a command hears a word", async () => {
    const dana = desk.customer("zh-CN");
    const question = await desk.shows(card("?", nine), dana);
    expect(await dana.presses(question, "9")).toEqual({ outcome: "update deferred" });
    expect(lastSeen(dana, "dm")?.id).toBe(question.id);
    await dana.types(desk.lounge, "/aftertalk help");
    expect(lastSeen(dana, desk.lounge)?.words).toBe("好了。");
  });

  test("a form cannot answer a form: a message has the button that opens it as it was written", async () => {
    const dana = desk.customer();
    const question = await desk.shows(card("?", write), dana);
    replies({ kind: "form", form });
    await dana.presses(question, "Write");
    const fields = form.fields.map((each) => ({ ...each, value: "…", problem: "Say more." }));
    replies({ kind: "form", form: { ...form, fields } });
    expect(await dana.submits({ "Your words": "…" })).toMatchObject({ outcome: "message" });
    const again = lastSeen(dana, "dm");
    if (again === undefined) throw new Error("nothing was said");
    expect(again.buttons).toEqual(["Write"]);
    // The core does not know what was written.
    replies({ kind: "form", form });
    expect(await dana.presses(again, "Write")).toMatchObject({ outcome: "modal" });
    expect(JSON.stringify(dana.modal())).toContain('"value":"…"');
    expect(dana.modal()?.words).toContain("⚠️ Say more.");
    replies(message("Thank you"));
    await dana.submits({ "Your words": "It was slow" });
    replies({ kind: "form", form });
    await dana.presses(again, "Write");
    expect(JSON.stringify(dana.modal())).not.toContain('"value":"…"');
  });

  test("a picture comes with it, and its message is replaced without it", async () => {
    const png = new Uint8Array([137, 80, 78, 71]);
    const picture = { png, width: 10, height: 10, alt: "a curve" };
    const shown = card("NPS +12", { label: "Share", token: "tok.share" });
    const parts = [{ kind: "picture", picture } as const, ...shown.parts];
    replies({ kind: "message", message: { ...shown, parts } });
    await desk.agent.types(desk.lounge, "/nps", { period: "week" });
    const seen = lastSeen(desk.agent, desk.lounge);
    if (seen === undefined) throw new Error("nothing was said");
    expect(seen.files).toMatchObject([{ description: "a curve" }]);
    replies(update("Shared"));
    await desk.agent.presses(seen, "Share");
    expect(lastSeen(desk.agent, desk.lounge)).toMatchObject({ words: "Shared", files: [] });
  });

  test("a failure is said in a friendly word, in their language", async () => {
    desk.desk.reply = async () => {
      throw new AppError("database-away", "the database cannot be reached");
    };
    const dana = desk.customer("ru");
    const question = await desk.shows(card("?", nine), dana);
    await dana.presses(question, "9");
    expect(lastSeen(dana, "dm")?.words).toContain("Попробуйте ещё раз");
  });
});

describe("F13 when the database stalls", () => {
  test("a press says one moment, and then what it led to", async () => {
    const dana = desk.customer();
    const question = await desk.shows(card("How likely?", nine), dana);
    const release = held(update("You answered 9"));
    expect(await dana.presses(question, "9")).toEqual({ outcome: "update deferred" });
    await until(() => lastSeen(dana, "dm")?.words === "One moment…", "one moment is said");
    release();
    await until(() => lastSeen(dana, "dm")?.words === "You answered 9", "the answer is there");
    expect(dana.sees("dm").filter(({ words }) => words === "One moment…")).toEqual([]);
  });

  test("a press in a channel: only who pressed sees the moment and the message", async () => {
    const dana = desk.customer();
    const open = await desk.shows(card("Feedback for Dana", nine), desk.help);
    const release = held(message("How likely?"));
    await dana.presses(open, "9");
    await until(() => lastSeen(dana, desk.help)?.words === "One moment…", "one moment is said");
    release();
    await until(() => lastSeen(dana, desk.help)?.words === "How likely?", "the answer is there");
    expect(lastSeen(dana, desk.help)?.ephemeral).toBe(true);
    expect(lastSeen(desk.agent, desk.help)?.id).toBe(open.id);
  });

  test("a press that leads to nothing takes the moment away again", async () => {
    const dana = desk.customer();
    const question = await desk.shows(card("?", nine), dana);
    const release = held({ kind: "nothing" });
    await dana.presses(question, "9");
    await until(() => lastSeen(dana, "dm")?.words === "One moment…", "one moment is said");
    release();
    await until(() => lastSeen(dana, "dm")?.id === question.id, "the moment is gone");
  });

  test("a command thinks, and then has its answer, its failure or its word", async () => {
    const release = held(message("NPS +12"));
    const thinking = await desk.agent.types(desk.lounge, "/nps", { period: "week" });
    expect(thinking).toMatchObject({ outcome: "deferred", ephemeral: true });
    release();
    await until(() => lastSeen(desk.agent, desk.lounge)?.words === "NPS +12", "it is answered");
    const silent = held({ kind: "nothing" });
    await desk.agent.types(desk.lounge, "/nps", { period: "week" });
    silent();
    await until(() => lastSeen(desk.agent, desk.lounge)?.words === "Done.", "it has its word");
    const { promise, reject } = Promise.withResolvers<Reply>();
    desk.hurries(true);
    desk.desk.reply = () => promise;
    await desk.agent.types(desk.lounge, "/nps", { period: "week" });
    reject(new AppError("database-away", "the database cannot be reached"));
    await until(
      () => lastSeen(desk.agent, desk.lounge)?.words.includes("try again") === true,
      "it says that it failed",
    );
  });

  test("a form that comes too late is offered with a button, which opens it at once", async () => {
    const dana = desk.customer();
    const question = await desk.shows(card("?", write), dana);
    const release = held({ kind: "form", form });
    expect(await dana.presses(question, "Write")).toEqual({ outcome: "update deferred" });
    release();
    await until(
      () => lastSeen(dana, "dm")?.buttons[0] === "Write" && dana.sees("dm").length === 2,
      "offered",
    );
    const offered = lastSeen(dana, "dm");
    if (offered === undefined) throw new Error("nothing is offered");
    desk.hurries(false);
    replies({ kind: "form", form });
    expect(await dana.presses(offered, "Write")).toMatchObject({ outcome: "modal" });
    const late = held(update("Thank you"));
    expect(await dana.submits({ "Your words": "slow" })).toEqual({ outcome: "update deferred" });
    late();
    await until(() => dana.sees("dm").some(({ words }) => words === "Thank you"), "it is thanked");
  });

  test("what can be chosen is an empty list", async () => {
    const { promise } = Promise.withResolvers<never>();
    desk.hurries(true);
    const { suggest } = desk.core;
    Object.assign(desk.core, { suggest: () => promise });
    const answer = await desk.agent.completes(desk.lounge, "/nps", { period: "w" }, "period");
    Object.assign(desk.core, { suggest });
    expect(answer).toEqual({ outcome: "choices", choices: [] });
  });

  test("both of two presses are handed in, each with its own answer", async () => {
    const dana = desk.customer();
    const question = await desk.shows(card("?", nine), dana);
    const release = held(update("You answered 9"));
    await Promise.all([dana.presses(question, "9"), dana.presses(question, "9")]);
    release();
    const words = () => dana.sees("dm").map((seen) => seen.words);
    await until(() => words().join() === "You answered 9", "both are answered");
    expect(desk.events).toHaveLength(2);
  });
});

describe("F12 when Discord does not take the answer", () => {
  const expired = { kind: "refused", status: 404, code: 10062 } as const;
  const acknowledged = { kind: "refused", status: 400, code: 40060 } as const;

  test("expired: it is stored, and told by a direct message", async () => {
    const dana = desk.customer();
    const question = await desk.shows(card("How likely?", nine), dana);
    replies(update("You answered 9"));
    desk.discord.fail(CALLBACK, expired);
    const pressing = dana.presses(question, "9");
    await until(() => lastSeen(dana, "dm")?.words === "You answered 9", "it is told");
    expect(desk.events).toHaveLength(1);
    expect(lastSeen(dana, "dm")?.id).not.toBe(question.id);
    desk.stage.clock.advance(3000);
    expect(await pressing).toEqual({ outcome: "timed out" });
  });

  test("expired in a channel: nobody else learns what was for one person", async () => {
    const dana = desk.customer();
    const open = await desk.shows(card("Feedback for Dana", nine), desk.help);
    replies(message("How likely are you to recommend us?"));
    desk.discord.fail(CALLBACK, expired);
    const pressing = dana.presses(open, "9");
    await until(() => lastSeen(dana, "dm")?.words.includes("recommend") === true, "it is told");
    expect(lastSeen(desk.agent, desk.help)?.id).toBe(open.id);
    desk.stage.clock.advance(3000);
    await pressing;
  });

  test("expired, and nothing worth a message: nothing is said", async () => {
    const dana = desk.customer();
    const question = await desk.shows(card("?", nine), dana);
    desk.discord.fail(CALLBACK, expired);
    const pressing = dana.presses(question, "9");
    await until(() => desk.events.length === 1, "it is stored");
    desk.stage.clock.advance(3000);
    await pressing;
    expect(lastSeen(dana, "dm")?.id).toBe(question.id);
  });

  test.each([
    ["acknowledged by somebody else", acknowledged],
    ["accepted, and the answer to that is lost", { kind: "reset", accepted: true }],
    ["accepted, with an error of Discord's", { kind: "status", status: 500, accepted: true }],
  ] as const)("%s: the press is answered all the same", async (_what, fault) => {
    const dana = desk.customer();
    const question = await desk.shows(card("How likely?", nine), dana);
    replies(update("You answered 9"));
    desk.discord.fail(CALLBACK, fault);
    const pressing = dana.presses(question, "9");
    await until(() => dana.sees("dm").some(({ words }) => words === "You answered 9"), "answered");
    desk.stage.clock.advance(3000);
    await pressing;
  });

  test("a word of waiting that is refused does not keep the answer away", async () => {
    const dana = desk.customer();
    const question = await desk.shows(card("How likely?", nine), dana);
    const release = held(update("You answered 9"));
    desk.discord.fail(CALLBACK, expired);
    const pressing = dana.presses(question, "9");
    await until(() => desk.stage.logged.some((line) => line.includes("10062")), "it is refused");
    release();
    await until(() => lastSeen(dana, "dm")?.words === "You answered 9", "it is told");
    desk.stage.clock.advance(3000);
    await pressing;
  });

  test("F3 limits that are over in a moment are waited for, where the answer belongs", async () => {
    const release = held(message("NPS +12"));
    await desk.agent.types(desk.lounge, "/nps", { period: "week" });
    desk.discord.fail(EDIT, { kind: "rate-limited", retryAfter: 0.05 });
    release();
    await until(() => lastSeen(desk.agent, desk.lounge)?.words === "NPS +12", "it is answered");
    expect(lastSeen(desk.agent, desk.lounge)?.ephemeral).toBe(true);
  });

  test("the token is only good for fifteen minutes: then by a direct message", async () => {
    const release = held(message("NPS +12"));
    await desk.agent.types(desk.lounge, "/nps", { period: "week" });
    desk.stage.clock.advance(15 * 60_000);
    release();
    await until(() => lastSeen(desk.agent, "dm")?.words === "NPS +12", "it is told");
  });

  test("no token of an interaction and no word of a person is ever logged", () => {
    const all = desk.stage.logged.join("\n");
    expect(all).toContain("10062");
    expect(all).not.toMatch(/-token|You answered|recommend|slow/);
  });
});
