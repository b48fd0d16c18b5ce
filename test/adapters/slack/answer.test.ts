import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Reply } from "../../../src/platform.ts";
import { createTestClock, type TestClock } from "../../support/clock.ts";
import type { Person } from "../../support/slack/index.ts";
import {
  button,
  commentForm,
  message,
  openStage,
  type Stage,
  said,
  soon,
  updated,
  ways,
} from "./listen/setup.ts";

let clock: TestClock;
let stage: Stage;
let dana: Person;
beforeEach(async () => {
  clock = createTestClock();
  stage = await openStage({ clock });
  dana = stage.acme.person("Dana");
});
afterEach(() => stage.end());

const question = message("How was it?", button("Nine", "nine"));
const commented = message("Why?", button("Tell us", "tell", "form"));
const form: Reply = { kind: "form", form: commentForm };
const words = (place: { readonly id: string } | "dm") => dana.sees(place).map((seen) => seen.words);
const refused = { kind: "refused", error: "internal_error" } as const;

describe.each(ways)("%s", (way) => {
  test("the pressed message is replaced", async () => {
    const { inbox } = await stage.start(way);
    inbox.reply = () => updated("You answered 9.");
    const shown = await stage.shows(dana, question);
    expect(await dana.presses(shown, "Nine")).toMatchObject({ outcome: "acknowledged" });
    await soon(() => words("dm")).toEqual(["You answered 9."]);
    expect(inbox.events).toMatchObject([{ kind: "action", token: "nine" }]);
    expect(stage.slack.problems).toEqual([]);
  });

  test("F1 an answer that has to wait a second is not lost", async () => {
    const { inbox } = await stage.start(way);
    inbox.reply = () => ({ kind: "message", message: message("Here it is.") });
    stage.slack.fail("chat.postMessage", { kind: "rate-limited", retryAfter: 1 }, { times: 2 });
    await dana.writes("my data");
    await soon(() => words("dm").at(-1)).toBe("Here it is.");
    expect(words("dm")).toHaveLength(2);
    expect(stage.slack.problems).toEqual([]);
  });

  test("a message that only one person sees is replaced too", async () => {
    const help = stage.acme.channel("help");
    const { inbox } = await stage.start(way);
    inbox.reply = () => updated("You answered 9.");
    const shown = await stage.whispers(help, dana, question);
    await dana.presses(shown, "Nine");
    await soon(() => words(help)).toEqual(["You answered 9."]);
    expect(stage.slack.problems).toEqual([]);
  });

  test("a form opens empty at once, is filled, and its submission replaces the pressed message", async () => {
    const { inbox } = await stage.start(way);
    inbox.reply = (event) =>
      event.kind === "action" && event.values === undefined ? form : updated("Thank you.");
    const shown = await stage.shows(dana, commented);
    await dana.presses(shown, "Tell us");
    await soon(() => dana.modal()?.title).toBe("Tell us more");
    expect(await dana.submits({ "What happened?": "slow <!channel>" })).toMatchObject({
      outcome: "acknowledged",
    });
    expect(dana.modal()).toBeUndefined();
    await soon(() => words("dm")).toEqual(["Thank you."]);
    expect(inbox.events.at(-1)).toMatchObject({
      token: "submit-token",
      values: { comment: "slow <!channel>" },
    });
    expect(stage.slack.problems).toEqual([]);
  });
});

test("a form from a message that only one person sees finds it again", async () => {
  const help = stage.acme.channel("help");
  const { inbox } = await stage.start("HTTP");
  inbox.reply = (event) =>
    event.kind === "action" && event.values === undefined ? form : updated("Thank you.");
  await dana.presses(await stage.whispers(help, dana, commented), "Tell us");
  await soon(() => dana.modal()?.title).toBe("Tell us more");
  await dana.submits({ "What happened?": "slow" });
  await soon(() => words(help)).toEqual(["Thank you."]);
  expect(stage.slack.problems).toEqual([]);
});

test("the empty form speaks the language of the person", async () => {
  const mila = stage.acme.person("Mila", { locale: "ru-RU" });
  const { inbox } = await stage.start("HTTP");
  inbox.reply = () => form;
  let shown = "";
  stage.slack.fail("views.open", ({ arguments: sent }) => {
    shown = JSON.stringify(sent);
    return undefined;
  });
  await mila.presses(await stage.shows(mila, commented), "Tell us");
  await soon(() => mila.modal()?.title).toBe("Tell us more");
  expect(shown).toContain("Одну минуту…");
});

test("a tap that is answered with words is answered to the actor only, in a conversation openly", async () => {
  const help = stage.acme.channel("help");
  const kim = stage.acme.person("Kim");
  const { inbox } = await stage.start("HTTP");
  inbox.reply = () => said("This is not yours.");
  await dana.presses(await stage.shows(help, question), "Nine");
  await soon(() => words(help)).toHaveLength(2);
  expect(dana.sees(help).at(-1)).toMatchObject({ words: "This is not yours.", ephemeral: true });
  expect(kim.sees(help)).toHaveLength(1);
  await dana.presses(await stage.shows(dana, question), "Nine");
  await soon(() => words("dm")).toHaveLength(2);
  expect(dana.sees("dm").at(-1)).toMatchObject({ words: "This is not yours.", ephemeral: false });
  expect(stage.slack.problems).toEqual([]);
});

test("a form that turns out to be none says so in its modal, and in the message", async () => {
  const { inbox } = await stage.start("HTTP");
  inbox.reply = () => updated("This question is closed.");
  await dana.presses(await stage.shows(dana, commented), "Tell us");
  await soon(() => dana.modal()?.words).toContain("This question is closed.");
  await soon(() => words("dm")).toEqual(["This question is closed."]);
  inbox.reply = () => said("Not yours.");
  await dana.presses(await stage.shows(dana, commented), "Tell us");
  await soon(() => dana.modal()?.words).toContain("Not yours.");
  expect(stage.slack.problems).toEqual([]);
});

test("a form that was not announced is opened when the answer is there", async () => {
  const { inbox } = await stage.start("HTTP");
  inbox.reply = () => form;
  await dana.presses(await stage.shows(dana, question), "Nine");
  await soon(() => dana.modal()?.title).toBe("Tell us more");
  await dana.types("dm", "/feedback");
  await soon(() => stage.slack.calls("views.open").length).toBe(2);
  expect(stage.slack.problems).toEqual([]);
});

test("a submission is answered with words in its place, with another form, or closes", async () => {
  const { inbox } = await stage.start("HTTP");
  inbox.reply = () => form;
  await dana.presses(await stage.shows(dana, commented), "Tell us");
  await soon(() => dana.modal()?.title).toBe("Tell us more");
  const second = { ...commentForm, title: "And then?" };
  inbox.reply = () => ({ kind: "form", form: second });
  await dana.submits({ "What happened?": "slow" });
  expect(dana.modal()?.title).toBe("And then?");
  inbox.reply = () => said("This question is closed.");
  await dana.submits({ "What happened?": "slow" });
  expect(dana.modal()?.words).toContain("This question is closed.");
  expect(stage.slack.problems).toEqual([]);
});

test("on our own page a tap replaces the page, and words open beside it", async () => {
  const { inbox } = await stage.start("HTTP");
  const page: Reply = { kind: "message", message: message("Hello", button("Pause", "pause")) };
  inbox.reply = (event) => (event.kind === "command" ? page : updated("Paused."));
  await dana.opensHome();
  await soon(() => dana.home()?.buttons).toEqual(["Pause"]);
  inbox.reply = () => said("Nothing to pause.");
  await dana.presses("home", "Pause");
  await soon(() => dana.modal()?.words).toContain("Nothing to pause.");
  inbox.reply = () => updated("Paused.");
  await dana.presses("home", "Pause");
  await soon(() => dana.home()?.words).toBe("Paused.");
  expect(stage.slack.problems).toEqual([]);
});

test("a tap inside a modal changes the modal", async () => {
  const { inbox } = await stage.start("HTTP");
  inbox.reply = () => ({ kind: "message", message: message("Sure?", button("Yes", "yes")) });
  await dana.presses(await stage.shows(dana, commented), "Tell us");
  await soon(() => dana.modal()?.buttons).toEqual(["Yes"]);
  inbox.reply = () => updated("Done.");
  await dana.presses("modal", "Yes");
  await soon(() => dana.modal()?.words).toContain("Done.");
  expect(stage.slack.problems).toEqual([]);
});

test.each([
  ["expired", { kind: "refused", error: "expired_trigger_id" }],
  ["used already", { kind: "refused", error: "exchanged_trigger_id" }],
  ["lost on the way", { kind: "reset" }],
] as const)(
  "F12 the trigger is %s: the answer is stored and the person is told",
  async (_what, fault) => {
    const { inbox } = await stage.start("HTTP");
    inbox.reply = () => form;
    stage.slack.fail("views.open", fault);
    const answer = await dana.presses(await stage.shows(dana, commented), "Tell us");
    expect(answer).toMatchObject({ outcome: "acknowledged" });
    expect(inbox.events).toMatchObject([{ kind: "action", token: "tell" }]);
    await soon(() => words("dm").at(-1)).toMatch(/could not open in time/);
    expect(dana.modal()).toBeUndefined();
  },
);

test("F12 a trigger that is really too old: the answer is stored and the person is told", async () => {
  const help = stage.acme.channel("help");
  const { inbox } = await stage.start("HTTP");
  inbox.reply = () => {
    clock.advance(2900);
    return form;
  };
  clock.advance(0);
  const shown = await stage.shows(help, question);
  stage.slack.fail("views.open", () => {
    clock.advance(200);
    return undefined;
  });
  await dana.presses(shown, "Nine");
  await soon(() => words(help).at(-1)).toMatch(/could not open in time/);
  expect(dana.sees(help).at(-1)?.ephemeral).toBe(true);
  expect(inbox.events).toHaveLength(1);
});

test("F12 a form that was closed before it was filled loses nothing", async () => {
  const { inbox, stop } = await stage.start("HTTP");
  inbox.reply = () => form;
  stage.slack.fail("views.update", { kind: "refused", error: "not_found" });
  await dana.presses(await stage.shows(dana, commented), "Tell us");
  await soon(() => stage.slack.calls("views.update").length).toBe(1);
  await stop();
  expect(inbox.events).toMatchObject([{ kind: "action", token: "tell" }]);
});

test("what cannot be replaced by its response URL is edited, and what is gone is told", async () => {
  const { inbox } = await stage.start("HTTP");
  inbox.reply = () => updated("You answered 9.");
  const shown = await stage.shows(dana, question);
  stage.slack.fail("response_url", { kind: "status", status: 404 });
  await dana.presses(shown, "Nine");
  await soon(() => words("dm")).toEqual(["You answered 9."]);
  expect(stage.slack.calls("chat.update")).toHaveLength(1);
  const another = await stage.shows(dana, question);
  stage.slack.fail("response_url", { kind: "status", status: 404 });
  stage.slack.fail("chat.update", { kind: "refused", error: "message_not_found" });
  await dana.presses(another, "Nine");
  await soon(() => words("dm").at(-1)).toBe("You answered 9.");
});

test("an ephemeral answer finds another way: in the channel, then in the conversation with us", async () => {
  const help = stage.acme.channel("help");
  const { inbox } = await stage.start("HTTP");
  inbox.reply = () => said("Not yours.");
  const shown = await stage.shows(help, question);
  stage.slack.fail("response_url", { kind: "status", status: 404 });
  await dana.presses(shown, "Nine");
  await soon(() => words(help).at(-1)).toBe("Not yours.");
  stage.slack.fail("response_url", { kind: "reset" });
  stage.slack.fail("chat.postEphemeral", { kind: "refused", error: "user_not_in_channel" });
  await dana.presses(shown, "Nine");
  await soon(() => words("dm")).toEqual(["Not yours."]);
});

test("an answer that finds no way at all ends nothing: the next one works", async () => {
  const { inbox } = await stage.start("HTTP");
  inbox.reply = () => said("Thank you.");
  stage.slack.fail("chat.postMessage", refused);
  await dana.writes("7");
  await soon(() => stage.slack.calls("chat.postMessage").length).toBe(1);
  await dana.writes("8");
  await soon(() => words("dm").at(-1)).toBe("Thank you.");
  expect(inbox.events).toHaveLength(2);
});
