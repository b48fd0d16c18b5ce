import { AuditLogEvent, ChannelType } from "discord.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type ChatChange,
  changeBetween,
  changeIn,
  explains,
  isNothing,
  turnOf,
} from "../../../adapters/discord/receive/changes.ts";
import {
  type ChannelLike,
  type ChatKind,
  createSupport,
  isClosedName,
  isNamed,
} from "../../../adapters/discord/receive/chat.ts";
import { auditEntry } from "../../../adapters/discord/receive/payloads.ts";
import { isCloseEmoji, isCloseTarget } from "../../../adapters/discord/receive/reactions.ts";
import { byAge, dateOf, idAt } from "../../../adapters/discord/receive/time.ts";
import { readPacket } from "../../../adapters/discord/receive.ts";
import type { PlatformUser } from "../../../src/platform.ts";

const kim: PlatformUser = { externalId: "1", name: "Kim", role: "agent" };
const dana: PlatformUser = { externalId: "2", name: "Dana", role: "customer" };
const bot: PlatformUser = { externalId: "3", name: "Bot", role: "customer", bot: true };

describe("what a change of a chat means", () => {
  it.each<[string, ChatKind, ChatChange, PlatformUser | undefined, string]>([
    ["archived by the team", "thread", { archived: true }, kim, "closed manual Kim"],
    ["locked by the team", "private", { locked: true }, kim, "closed manual Kim"],
    ["archived by its customer", "thread", { archived: true }, dana, "closed manual nobody"],
    ["archived by its author", "post", { archived: true }, dana, "closed manual nobody"],
    ["locked by whom Discord lets", "post", { locked: true }, dana, "closed manual nobody"],
    ["archived by a bot", "post", { archived: true }, bot, "closed inactivity nobody"],
    ["archived by nobody", "post", { archived: true }, undefined, "closed inactivity nobody"],
    ["locked by nobody", "thread", { locked: true }, undefined, "closed inactivity nobody"],
    ["tagged by the team", "post", { marked: true }, kim, "closed solved Kim"],
    ["tagged by its author", "post", { marked: true }, dana, "closed solved nobody"],
    [
      "tagged and archived by its author",
      "post",
      { marked: true, archived: true },
      dana,
      "closed solved nobody",
    ],
    ["its author takes the tag away", "post", { marked: false }, dana, "reopened Dana"],
    ["tagged by a bot", "post", { marked: true }, bot, "closed solved nobody"],
    ["tagged and archived", "post", { marked: true, archived: true }, bot, "closed solved nobody"],
    ["tagged and woken", "post", { marked: true, archived: false }, kim, "closed solved Kim"],
    ["tag taken away", "post", { marked: false }, kim, "reopened Kim"],
    ["tag taken away by a bot", "post", { marked: false }, bot, "reopened nobody"],
    ["renamed to closed", "ticket", { marked: true }, kim, "closed manual Kim"],
    ["renamed by whom Discord lets", "ticket", { marked: true }, dana, "closed manual nobody"],
    ["renamed by its bot", "ticket", { marked: true }, bot, "closed manual nobody"],
    ["renamed back", "ticket", { marked: false }, undefined, "reopened nobody"],
    ["woken by the team", "thread", { archived: false }, kim, "reopened Kim"],
    ["unlocked by the team", "thread", { locked: false }, kim, "reopened Kim"],
    ["woken by a customer", "thread", { archived: false }, dana, "reopened Dana"],
    ["woken by a bot", "thread", { archived: false }, bot, "nothing"],
    ["woken by a message, D12", "thread", { archived: false }, undefined, "nothing"],
    [
      "unlocked, then archived",
      "thread",
      { locked: false, archived: true },
      kim,
      "closed manual Kim",
    ],
    ["nothing that we know", "thread", {}, kim, "nothing"],
  ])("%s", (_name, kind, change, by, means) => {
    const turn = turnOf(kind, change, by);
    const words =
      turn === undefined
        ? "nothing"
        : [
            turn.kind.replace("chat-", ""),
            ...("reason" in turn ? [turn.reason] : []),
            turn.by?.name ?? "nobody",
          ].join(" ");
    expect(words).toBe(means);
  });

  const state = fc.record({ archived: fc.boolean(), locked: fc.boolean(), marked: fc.boolean() });

  it("never names a bot, and never asks for a thread that nobody is known to have put away", () => {
    const kinds = fc.constantFrom<ChatKind>("thread", "private", "post", "ticket");
    const actors = fc.constantFrom(kim, dana, bot, undefined);
    fc.assert(
      fc.property(state, state, kinds, actors, (before, after, kind, by) => {
        const change = changeBetween(before, after);
        const turn = turnOf(kind, change, by);
        expect(turn?.by?.bot).toBeUndefined();
        const asks = turn?.kind === "chat-closed" && ["solved", "manual"].includes(turn.reason);
        if (asks && change.marked === undefined) expect([kim, dana]).toContain(by);
        // The core would not let a customer close: whom Discord lets is not named.
        if (turn?.kind === "chat-closed") expect([kim, undefined]).toContain(turn.by);
        if (isNothing(change)) expect(turn).toBeUndefined();
      }),
    );
  });

  it("an entry of the audit log says what the states say", () => {
    const marks = {
      isSolved: (ids: readonly string[]) => ids.includes("9"),
      isClosedName: () => false,
    };
    fc.assert(
      fc.property(state, state, (before, after) => {
        const change = changeBetween(before, after);
        const entry = auditEntry.parse({
          id: "100000000000000001",
          action_type: AuditLogEvent.ThreadUpdate,
          changes: [
            { key: "archived", old_value: before.archived, new_value: after.archived },
            { key: "locked", old_value: before.locked, new_value: after.locked },
            {
              key: "applied_tags",
              old_value: before.marked ? ["7", "9"] : ["7"],
              new_value: after.marked ? ["9"] : [],
            },
            { key: "slow_mode", new_value: 5 },
          ],
        });
        expect(changeIn(entry, marks)).toEqual(change);
        expect(explains(changeIn(entry, marks), change)).toBe(!isNothing(change));
      }),
    );
  });
});

/** Channels as they stand in discord.js's cache. */
function supportWith(
  channels: readonly ChannelLike[],
  supportChannels: readonly string[],
  leadsChannels: readonly string[] = [],
) {
  const cache = new Map(channels.map((channel) => [channel.id, channel]));
  return createSupport({
    client: { user: { id: "77" }, channels: { cache } },
    options: {
      ...{ supportChannels, leadsChannels },
      ...{ solvedTags: ["Solved", "решено"], closedNames: ["closed-"] },
    },
  });
}

const category = { id: "10", type: ChannelType.GuildCategory, guildId: "1", name: "Tickets" };
const text = { id: "11", type: ChannelType.GuildText, guildId: "1", name: "помощь" };
const forum = {
  ...{ id: "12", type: ChannelType.GuildForum, guildId: "1", name: "ask" },
  availableTags: [
    { id: "91", name: "Solved" },
    { id: "92", name: "billing" },
  ],
};
const ticket = { id: "13", type: ChannelType.GuildText, guildId: "1", parentId: "10", name: "t-1" };
const all = [category, text, forum, ticket];
const inside = (parent: { id: string }, type: number, more: object = {}): ChannelLike => ({
  ...{ id: "20", guildId: "1", parentId: parent.id, type, name: "it" },
  ...more,
});

describe("what a support chat is", () => {
  const support = supportWith(all, ["#ПОМОЩЬ", "12", "tickets"]);

  it.each<[string, ChannelLike, ChatKind | undefined]>([
    ["a thread of a support channel", inside(text, ChannelType.PublicThread), "thread"],
    ["a private thread", inside(text, ChannelType.PrivateThread), "private"],
    ["a post of a forum", inside(forum, ChannelType.PublicThread), "post"],
    ["a text channel under a category", inside(category, ChannelType.GuildText), "ticket"],
    ["a voice channel under it", inside(category, ChannelType.GuildVoice), undefined],
    ["a thread of a ticket", inside(ticket, ChannelType.PublicThread), undefined],
    ["the support channel itself", text, undefined],
    ["a thread of another channel", inside({ id: "99" }, ChannelType.PublicThread), undefined],
    ["a direct message", { id: "30", type: ChannelType.DM }, undefined],
  ])("%s", (_name, channel, kind) => {
    expect(support.find(channel)?.kind).toBe(kind);
  });

  it("a channel that is named itself is no ticket of its category", () => {
    const own = supportWith(all, ["tickets", "t-1"]);
    expect(own.find(ticket)).toBeUndefined();
    expect(own.find(inside(ticket, ChannelType.PublicThread))?.kind).toBe("thread");
  });

  it("is never the leads' channel, nor what stands beneath a card, wherever that channel is", () => {
    const near = supportWith(all, ["tickets", "помощь"], ["t-1", "помощь", "ask"]);
    expect(near.find(ticket)).toBeUndefined();
    expect(near.find(inside(text, ChannelType.PublicThread))).toBeUndefined();
    // Only text channels are the leads'.
    const forums = supportWith(all, ["ask"], ["ask"]);
    expect(forums.find(inside(forum, ChannelType.PublicThread))?.kind).toBe("post");
  });

  it("is never a thread that we started", () => {
    const thread = (ownerId: string) => inside(text, ChannelType.PublicThread, { ownerId });
    expect(support.find(thread("77"))).toBeUndefined();
    expect(support.find(thread("78"))?.kind).toBe("thread");
  });

  it("is found by the message that it was started from", () => {
    const thread = { ...inside(text, ChannelType.PublicThread), id: "21" };
    const with21 = supportWith([...all, thread], ["помощь"]);
    expect(with21.chatAt(text, "21")?.externalId).toBe("21");
    expect(with21.chatAt(thread, "22")?.externalId).toBe("21");
    expect(with21.chatAt(text, "22")).toBeUndefined();
    expect(with21.chatAt(null, "21")).toBeUndefined();
  });

  it("has the tags of a post but those that say how it stands", () => {
    const post = inside(forum, ChannelType.PublicThread, { appliedTags: ["91", "92", "93"] });
    expect(support.find(post)).toMatchObject({ marked: true, ref: { tags: ["billing"] } });
    expect(support.find(inside(forum, ChannelType.PublicThread))?.marked).toBe(false);
  });

  it("N12 is not confused by names that objects have by themselves", () => {
    const names = ["__proto__", "constructor", "toString", ""];
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.string(), (name, other) => {
        const channel = { ...text, name };
        expect(isNamed([name], channel)).toBe(true);
        const odd = supportWith([channel], [other]);
        const found = odd.find(inside(channel, ChannelType.PublicThread, { appliedTags: [name] }));
        expect(found === undefined).toBe(!isNamed([other], channel));
      }),
    );
  });

  it("names are compared as people mean them", () => {
    expect(isNamed(["#Help Desk"], { id: "1", name: "help desk" })).toBe(true);
    expect(isNamed(["1"], { id: "1", name: null })).toBe(true);
    expect(isNamed(["help"], { id: "1", name: "help-2" })).toBe(false);
    expect(isClosedName(["closed-"], "Closed-0001")).toBe(true);
    expect(isClosedName(["closed-"], "not-closed-0001")).toBe(false);
    expect(isClosedName([""], "ticket")).toBe(false);
  });
});

describe("marks", () => {
  it.each([
    [["✅"], { id: null, name: "✅" }, true],
    [["✔️"], { id: null, name: "✔" }, true],
    [[":done:"], { id: "5", name: "done" }, true],
    [["✅"], { id: null, name: "❌" }, false],
    [["✅"], { id: "5", name: null }, false],
  ])("%j and %j", (configured, emoji, closes) => {
    expect(isCloseEmoji(configured, emoji)).toBe(closes);
  });

  it.each<[ChatKind, string, string | undefined, boolean, boolean]>([
    ["post", "20", undefined, false, true],
    ["thread", "20", undefined, false, true],
    ["thread", "21", "21", false, true],
    ["thread", "22", "21", false, false],
    ["private", "22", undefined, false, true],
    ["ticket", "22", undefined, true, false],
  ])(
    "in a %s on message %s (first: %s; of the team: %s): %s",
    (kind, messageId, firstId, byTeam, is) => {
      expect(isCloseTarget(kind, { chatId: "20", messageId, firstId, byTeam })).toBe(is);
    },
  );
});

describe("ids tell the time", () => {
  it("to the millisecond, and their order", () => {
    const times = fc.integer({ min: 1_420_070_400_000, max: 4_000_000_000_000 });
    fc.assert(
      fc.property(times, times, (one, other) => {
        expect(dateOf(idAt(one)).getTime()).toBe(one);
        expect(Math.sign(byAge(idAt(one), idAt(other)))).toBe(Math.sign(one - other));
      }),
    );
  });
});

describe("packets", () => {
  const names = [
    ...["READY", "MESSAGE_CREATE", "THREAD_CREATE", "THREAD_UPDATE", "THREAD_DELETE"],
    ...["THREAD_LIST_SYNC", "CHANNEL_UPDATE", "CHANNEL_DELETE", "MESSAGE_REACTION_ADD"],
    ...["MESSAGE_REACTION_REMOVE_EMOJI", "GUILD_AUDIT_LOG_ENTRY_CREATE", "SOMETHING_NEW"],
  ];

  it("F19 of any shape break nothing", () => {
    const packets = fc.record({
      t: fc.oneof(fc.constantFrom(...names), fc.anything()),
      s: fc.oneof(fc.integer(), fc.anything()),
      d: fc.oneof(
        fc.anything(),
        fc.record({
          id: fc.constantFrom("100000000000000001", 5, null),
          channel_id: fc.anything(),
          author: fc.anything(),
          type: fc.anything(),
          changes: fc.anything(),
          thread_metadata: fc.anything(),
          emoji: fc.anything(),
        }),
      ),
    });
    fc.assert(fc.property(fc.oneof(packets, fc.anything()), (packet) => void readPacket(packet)));
  });

  it("F19 an unknown one is nothing, and a known one with more in it is what it was", () => {
    expect(readPacket({ t: "SOMETHING_NEW", s: 1, d: {} })).toBeUndefined();
    const happening = readPacket({
      t: "CHANNEL_DELETE",
      s: 7,
      d: { id: "100000000000000001", type: 0, guild_id: "100000000000000002", news: { of: "it" } },
    });
    expect(happening).toMatchObject({ kind: "channel-deleted", sequence: 7 });
  });
});
