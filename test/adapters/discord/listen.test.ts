import { GatewayDispatchEvents, Routes } from "discord.js";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createWho } from "../../../adapters/discord/listen/who.ts";
import {
  type PressInteraction,
  readInteraction,
} from "../../../adapters/discord/receive/interactions.ts";
import type { PlatformEvent, Reply } from "../../../src/platform.ts";
import { card, form, lastSeen, message, openDesk, update } from "./listen-support.ts";

type Desk = Awaited<ReturnType<typeof openDesk>>;
let desk: Desk;

beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());
beforeEach(() => {
  desk.events.length = 0;
  desk.desk.reply = async () => ({ kind: "nothing" });
});

function replies(reply: Reply): void {
  desk.desk.reply = async () => reply;
}

const nine = { label: "9", token: "tok.nine" };
const write = { label: "Write", token: "tok.write", opens: "form" } as const;

function only(): PlatformEvent {
  const [event, ...more] = desk.events;
  if (event === undefined || more.length > 0) throw new Error(`${desk.events.length} events`);
  return event;
}

describe("what is handed in", () => {
  test("a button in a direct message: who, from which guild, in their language", async () => {
    const dana = desk.customer("zh-TW");
    const question = await desk.shows(card("How likely?", nine), dana);
    replies(update("You answered 9"));
    expect(await dana.presses(question, "9")).toEqual({ outcome: "updated" });
    expect(only()).toMatchObject({
      kind: "action",
      connection: desk.ref,
      token: "tok.nine",
      from: { externalId: dana.id, name: "Dana", role: "customer", locale: "zh-Hant" },
      place: { kind: "direct", userId: dana.id },
    });
    expect(lastSeen(dana, "dm")?.words).toContain("You answered 9");
    expect(desk.discord.problems).toEqual([]);
  });

  test("T10 the role is that of this very moment", async () => {
    replies(message("NPS"));
    await desk.agent.types(desk.lounge, "/nps", { period: "week" });
    expect(only()).toMatchObject({
      kind: "command",
      name: "nps",
      text: "week",
      from: { role: "lead" },
      place: { kind: "channel", channelId: desk.lounge.id },
    });
  });

  test("T10 whose role Discord does not tell in time has none for certain", async () => {
    const lee = { id: "123456789012345678", username: "lee" };
    const who = createWho(
      { all: () => [], find: () => ({ ref: desk.ref, name: "Acme" }) },
      {
        member: () => new Promise(() => {}),
        userOf: async (_, { user }) => ({ externalId: user.id, role: "customer" }),
      },
    );
    const pressed = { guildId: desk.ref.externalId, token: "tok.nine", opensForm: false };
    const press: PressInteraction = {
      ...{
        kind: "press" as const,
        id: "1",
        applicationId: "2",
        token: "3",
        channelId: "4",
        pressed,
      },
      ...{ guildId: undefined, channel: undefined, user: lee, member: undefined },
      ...{ locale: undefined, onMessage: true },
    };
    expect((await who.find(press))?.from).toMatchObject({ role: "customer", roleUnsure: true });
  });

  test("an event is named after its interaction, and dated by it", async () => {
    await desk.agent.types(desk.lounge, "/aftertalk help");
    expect(only().id).toMatch(/^i:\d+$/);
    const { at } = only();
    expect(Math.abs(at.getTime() - desk.stage.clock.now().getTime())).toBeLessThan(60_000);
  });

  test("a command in a direct message counts where both of us are", async () => {
    replies(message("Your data"));
    const dana = desk.customer();
    await dana.types("dm", "/aftertalk help");
    expect(only()).toMatchObject({
      kind: "command",
      name: "aftertalk",
      place: { kind: "direct", userId: dana.id },
    });
    expect(lastSeen(dana, "dm")).toMatchObject({ ephemeral: false, words: "Your data" });
  });

  test("a form: its fields by their names", async () => {
    const dana = desk.customer();
    const question = await desk.shows(card("What went wrong?", write), dana);
    replies({ kind: "form", form });
    expect(await dana.presses(question, "Write")).toMatchObject({ outcome: "modal" });
    expect(dana.modal()).toMatchObject({ title: "What went wrong?", labels: ["Your words"] });
    replies(update("Thank you"));
    desk.events.length = 0;
    expect(await dana.submits({ "Your words": "It took a week" })).toEqual({ outcome: "updated" });
    expect(only()).toMatchObject({
      kind: "action",
      token: "tok.comment",
      values: { comment: "It took a week" },
      connection: desk.ref,
    });
    expect(lastSeen(dana, "dm")?.words).toBe("Thank you");
    expect(desk.stage.logged.join("\n")).not.toContain("It took a week");
  });

  test("what was written before stands in the form", async () => {
    const dana = desk.customer();
    const question = await desk.shows(card("What went wrong?", write), dana);
    replies({ kind: "form", form });
    await dana.presses(question, "Write");
    desk.events.length = 0;
    await dana.submits();
    expect(only()).toMatchObject({ values: { comment: "as said before" } });
  });

  test("/close and the commands of a message are about the chat, and tell who did it", async () => {
    const dana = desk.customer();
    const thread = await dana.starts(desk.help, "My invoice is wrong", { text: "70 €" });
    replies(message("Dana is asked in 15 minutes."));
    await desk.agent.types(thread, "/close");
    expect(desk.events.at(-1)).toMatchObject({
      kind: "chat-closed",
      reason: "manual",
      chat: { externalId: thread.id, channel: "#help" },
      by: { externalId: desk.agent.id, role: "lead" },
    });
    expect(lastSeen(desk.agent, thread)).toMatchObject({
      ephemeral: true,
      words: "Dana is asked in 15 minutes.",
    });
    const first = await dana.posts(thread, "still wrong");
    await desk.agent.uses("Ask for feedback", thread, first);
    expect(desk.events.at(-1)).toMatchObject({ kind: "chat-command", name: "ask" });
    await desk.agent.uses("Show scores", thread, first);
    expect(desk.events.at(-1)).toMatchObject({ kind: "chat-command", name: "scores" });
    await desk.agent.uses("Close and ask for feedback", thread, first);
    expect(desk.events.at(-1)).toMatchObject({ kind: "chat-closed", by: { role: "lead" } });
  });

  test("a chat command elsewhere says where it works, and nothing is handed in", async () => {
    await desk.agent.types(desk.lounge, "/close");
    expect(lastSeen(desk.agent, desk.lounge)?.words).toMatch(/works in a support chat/);
    expect(desk.events).toEqual([]);
  });

  test("T2 a button that names a guild that is not served counts nowhere", async () => {
    const dana = desk.customer();
    const { channel } = await desk.shows(card("?", nine), dana);
    const foreign = BigInt(desk.discord.guild("Hooli").id).toString(36);
    const button = { type: 2, style: 2, label: "9", custom_id: `tok.nine@${foreign}` };
    await desk.client.rest.post(Routes.channelMessages(channel), {
      body: { content: "forged", components: [{ type: 1, components: [button] }] },
    });
    const forged = lastSeen(dana, "dm");
    if (forged === undefined) throw new Error("nothing was sent");
    await dana.presses(forged, "9");
    expect(lastSeen(dana, "dm")?.words).toMatch(/do not know which server/);
    expect(desk.events).toEqual([]);
  });

  test("T2 nothing of a guild that is not served is taken or answered", async () => {
    const other = desk.discord.guild("Umbrella");
    const dave = other.person("Dave");
    const ignored = dave.types(other.channel("help"), "/aftertalk help");
    desk.stage.clock.advance(3000);
    expect(await ignored).toEqual({ outcome: "timed out" });
    expect(desk.events).toEqual([]);
  });

  test("F7 an interaction that is told twice is taken and answered once", async () => {
    const dana = desk.customer();
    const question = await desk.shows(card("How likely?", nine), dana);
    const told: unknown[] = [];
    desk.client.ws.once(GatewayDispatchEvents.InteractionCreate, (data) => told.push(data));
    replies(message("Thank you"));
    await dana.presses(question, "9");
    desk.client.ws.emit(GatewayDispatchEvents.InteractionCreate, told[0], 0);
    await desk.agent.types(desk.lounge, "/aftertalk help");
    expect(desk.events.map(({ kind }) => kind)).toEqual(["action", "command"]);
    expect(dana.sees("dm").filter(({ words }) => words === "Thank you")).toHaveLength(1);
  });

  test("F7 a press while the line is broken is answered when the session is resumed", async () => {
    const dana = desk.customer();
    const question = await desk.shows(card("How likely?", nine), dana);
    replies(update("You answered 9"));
    desk.discord.gateway.cut();
    expect(await dana.presses(question, "9")).toEqual({ outcome: "updated" });
    expect(only()).toMatchObject({ kind: "action", token: "tok.nine" });
  });

  test("F19 whatever stands in it, reading an interaction ends nothing", () => {
    const base = { id: "1", application_id: "2", token: "t", channel_id: "3", user: { id: "4" } };
    const data = fc.oneof(
      fc.anything(),
      fc.record({ custom_id: fc.string(), components: fc.anything() }),
    );
    const type = fc.integer({ min: 0, max: 7 });
    fc.assert(
      fc.property(fc.anything(), data, type, (noise, inner, kind) => {
        readInteraction(noise);
        const read = readInteraction({ ...base, type: kind, data: inner });
        return read === undefined || read.id === "1";
      }),
    );
  });

  test("F19 N12 shapes that nobody knows, and names of prototypes, end nothing", async () => {
    const strange: unknown[] = [null, 7, "x", [], {}, { type: 3 }, { id: "1", type: 99 }];
    const base = {
      ...{ id: "1", application_id: "2", token: "t", channel_id: "3", user: { id: "4" } },
    };
    strange.push({ ...base, type: 3, data: null }, { ...base, type: 2, data: { name: 5 } });
    strange.push({ ...base, type: 5, data: { custom_id: "a", components: [{}, 5] } });
    for (const data of strange)
      desk.client.ws.emit(GatewayDispatchEvents.InteractionCreate, data, 0);
    const dana = desk.customer();
    const question = await desk.shows(card("?", write), dana);
    const [field] = form.fields;
    if (field === undefined) throw new Error("no field");
    replies({ kind: "form", form: { ...form, fields: [{ ...field, name: "__proto__" }] } });
    await dana.presses(question, "Write");
    desk.events.length = 0;
    await dana.submits({ "Your words": "polluted" });
    const event = only();
    if (event.kind !== "action") throw new Error(event.kind);
    expect(Object.entries(event.values ?? {})).toEqual([["__proto__", "polluted"]]);
    expect(Reflect.get({}, "x")).toBeUndefined();
  });
});

describe("what can be chosen while typing", () => {
  test("the core's suggestions, in its order", async () => {
    desk.core.offered.set("period", [
      { label: "this week", value: "week" },
      { label: "last month", value: "last month" },
    ]);
    const answer = await desk.agent.completes(desk.lounge, "/nps", { period: "la" }, "period");
    expect(answer).toEqual({
      outcome: "choices",
      choices: [
        { name: "this week", value: "week" },
        { name: "last month", value: "last month" },
      ],
    });
    expect(desk.core.suggestRequests.at(-1)).toMatchObject({
      connection: desk.ref,
      list: "period",
      typed: "la",
      from: { externalId: desk.agent.id, role: "lead" },
    });
    desk.core.offered.clear();
  });

  test("too many and too long ones are left out", async () => {
    const many = Array.from({ length: 40 }, (_, index) => ({
      label: `${"é".repeat(120)}${index}`,
      value: index === 0 ? "v".repeat(101) : `v${index}`,
    }));
    desk.core.offered.set("period", many);
    const answer = await desk.agent.completes(desk.lounge, "/nps", { period: "" }, "period");
    if (answer.outcome !== "choices") throw new Error(answer.outcome);
    expect(answer.choices).toHaveLength(25);
    expect(answer.choices[0]?.value).toBe("v1");
    expect(desk.discord.problems).toEqual([]);
    desk.core.offered.clear();
  });
});
