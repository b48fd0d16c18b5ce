import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { PlatformEvent } from "../../../src/platform.ts";
import { openStage, type Stage, said, soon, updated, ways } from "./listen/setup.ts";

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.end());

const kinds = (events: readonly PlatformEvent[]) => events.map(({ kind }) => kind);
const nothing = () => ({ kind: "nothing" }) as const;

describe.each(ways)("%s", (way) => {
  test("messages, reactions and words to us are written once, then acknowledged", async () => {
    const help = stage.acme.channel("help");
    const dana = stage.acme.person("Dana");
    const { inbox } = await stage.start(way);
    const ts = await dana.posts(help, "My invoice is wrong");
    await stage.slack.settled();
    await dana.writes("7 – slow");
    await stage.slack.settled();
    await dana.reacts(help, ts, "white_check_mark");
    await stage.slack.settled();
    expect(kinds(inbox.events)).toContain("chat-message");
    expect(kinds(inbox.events)).toContain("direct-message");
    expect(stage.slack.events.map(({ state }) => state)).not.toContain("given up");
    expect(stage.slack.events.flatMap(({ attempts }) => attempts)).toHaveLength(
      stage.slack.events.length,
    );
    expect(stage.slack.problems).toEqual([]);
  });

  test("a command is answered to the one who typed it, in the acknowledgement", async () => {
    const help = stage.acme.channel("help");
    const [dana, kim] = [stage.acme.person("Dana"), stage.acme.person("Kim")];
    const { inbox } = await stage.start(way);
    inbox.reply = (event) => (event.kind === "command" ? said(`NPS ${event.text}`) : nothing());
    await dana.types(help, "/nps", "week");
    expect(dana.sees(help).map(({ words, ephemeral }) => [words, ephemeral])).toEqual([
      ["NPS week", true],
    ]);
    expect(kim.sees(help)).toEqual([]);
    expect(stage.slack.calls("response_url")).toEqual([]);
    expect(stage.slack.problems).toEqual([]);
  });

  test("words to us are answered in the conversation with us", async () => {
    const dana = stage.acme.person("Dana");
    const { inbox } = await stage.start(way);
    inbox.reply = () => said("Thank you.");
    await dana.writes("7 – slow");
    await soon(() => dana.sees("dm").map(({ words }) => words)).toContain("Thank you.");
    const [answer] = dana.sees("dm").filter(({ words }) => words === "Thank you.");
    expect(answer).toMatchObject({
      ephemeral: false,
      metadata: { event_type: expect.any(String) },
    });
    expect(stage.slack.problems).toEqual([]);
  });

  test("what is said about a chat is shown in its thread, to the one who acted", async () => {
    const help = stage.acme.channel("help");
    const [dana, kim] = [stage.acme.person("Dana"), stage.acme.person("Kim")];
    const { inbox } = await stage.start(way, { team: [kim.id] });
    inbox.reply = (event) => (event.kind === "chat-closed" ? said("Asked later.") : nothing());
    const ts = await dana.posts(help, "My invoice is wrong");
    await kim.reacts(help, ts, "white_check_mark");
    await soon(() => kim.sees(help).map(({ words }) => words)).toContain("Asked later.");
    const told = kim.sees(help).find(({ words }) => words === "Asked later.");
    expect(told).toMatchObject({ ephemeral: true, threadTs: ts });
    expect(dana.sees(help).map(({ words }) => words)).not.toContain("Asked later.");
    expect(stage.slack.problems).toEqual([]);
  });

  test("a shortcut is answered to the one who used it", async () => {
    const help = stage.acme.channel("help");
    const [dana, kim] = [stage.acme.person("Dana"), stage.acme.person("Kim")];
    const { inbox } = await stage.start(way, { team: [kim.id] });
    inbox.reply = (event) => (event.kind === "chat-command" ? said("CSAT 4.5") : nothing());
    const ts = await dana.posts(help, "My invoice is wrong");
    expect(await kim.uses("show_scores", help, ts)).toMatchObject({ outcome: "acknowledged" });
    await soon(() => kim.sees(help).map(({ words }) => words)).toContain("CSAT 4.5");
    expect(dana.sees(help).map(({ words }) => words)).not.toContain("CSAT 4.5");
    expect(stage.slack.problems).toEqual([]);
  });

  test("our page shows what the core says when it is opened", async () => {
    const dana = stage.acme.person("Dana");
    const { inbox } = await stage.start(way);
    inbox.reply = (event) => (event.kind === "command" ? said(`Hello (${event.name})`) : nothing());
    await dana.opensHome();
    await soon(() => dana.home()?.words).toBe("Hello (home)");
    expect(stage.slack.problems).toEqual([]);
  });

  test("an update where nothing was pressed is told", async () => {
    const dana = stage.acme.person("Dana");
    const { inbox } = await stage.start(way);
    inbox.reply = () => updated("You answered 7.");
    await dana.writes("7");
    await soon(() => dana.sees("dm").map(({ words }) => words)).toContain("You answered 7.");
  });

  test("D12 what our own bot says has no effect, fifty times over", async () => {
    const help = stage.acme.channel("help");
    const { inbox } = await stage.start(way);
    inbox.reply = () => said("answering myself");
    for (let time = 0; time < 50; time += 1) await stage.shows(help, messageOf("solved"));
    await stage.slack.settled();
    expect(stage.slack.events.length).toBeGreaterThanOrEqual(50);
    expect(inbox.events).toEqual([]);
    expect(help.texts()).toHaveLength(50);
  });

  test("F18 a payload for a workspace that is not ours is acknowledged and has no effect", async () => {
    const other = stage.slack.workspace("Other");
    const [theirs, eve] = [other.channel("help"), other.person("Eve")];
    const { inbox } = await stage.start(way);
    await eve.posts(theirs, "Hello?");
    const answer = await eve.types(theirs, "/nps", "week");
    await stage.slack.settled();
    expect(answer.outcome).toBe("acknowledged");
    expect(stage.slack.events.map(({ state }) => state)).toEqual(["acknowledged"]);
    expect(inbox.events).toEqual([]);
  });

  test("D7 an event that is delivered ten times at once has one effect", async () => {
    const help = stage.acme.channel("help");
    const dana = stage.acme.person("Dana");
    const { inbox } = await stage.start(way);
    await dana.posts(help, "My invoice is wrong");
    await stage.slack.settled();
    const [{ eventId = "" } = {}] = stage.slack.events;
    const receipts = await Promise.all(
      Array.from({ length: 10 }, () => stage.slack.redeliver(eventId)),
    );
    expect(receipts.map(({ acknowledged }) => acknowledged)).toEqual(Array(10).fill(true));
    expect(inbox.events).toHaveLength(1);
    expect(inbox.repeated).toBe(10);
  });

  test("after the stop nothing is taken any more", async () => {
    const help = stage.acme.channel("help");
    const dana = stage.acme.person("Dana");
    const { inbox, stop } = await stage.start(way);
    await stop();
    await dana.posts(help, "Too late");
    await stage.slack.settled();
    expect(inbox.events).toEqual([]);
    expect(stage.slack.events[0]?.attempts[0]?.outcome).toBe("failed");
  });
});

function messageOf(text: string) {
  return { summary: text, parts: [{ kind: "text", text }], locale: "en" } as const;
}

test("W2 without a signing secret there is no way in over HTTP, an empty one counts as none", async () => {
  const socket = await stage.start("Socket Mode");
  expect(socket.listener.fetch).toBeUndefined();
  const empty = await stage.start("HTTP", { signingSecret: "" });
  expect(empty.listener.fetch).toBeUndefined();
});
