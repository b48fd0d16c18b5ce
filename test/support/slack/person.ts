/** Acting and looking as a person. */
import { typeCommand } from "./commanding.ts";
import type { Answer } from "./deliveries.ts";
import { type Pressable, pressables } from "./elements.ts";
import { globalShortcut, messagePress, messageShortcut, viewPress } from "./interactions.ts";
import type { Channel, Json, Member, Message, View } from "./model.ts";
import { channelAt, installationFor, installationIn, type Place } from "./places.ts";
import { type SeenMessage, seenIn } from "./seen.ts";
import { type SeenView, seenView } from "./seen-view.ts";
import { closeModal, type Submitted, submitModal } from "./submitting.ts";
import { viewJson } from "./view-wire.ts";
import { typedBlocks, userJson } from "./wire.ts";
import type { World } from "./world.ts";

/** A message by where it is, or a view of this person. */
export type Pressed = { readonly channel: string; readonly ts: string } | "modal" | "home";

export interface Person {
  readonly id: string;
  readonly name: string;
  /** Posts in a channel; resolves to the message's ts. `markup`: the text is Slack's own markup. */
  posts(
    place: Place,
    text: string,
    options?: { thread?: string; markup?: boolean },
  ): Promise<string>;
  /** Writes to the bot in the direct message; resolves to the ts. */
  writes(text: string, options?: { thread?: string }): Promise<string>;
  edits(place: Place, ts: string, text: string): Promise<void>;
  deletes(place: Place, ts: string): Promise<void>;
  /** Emoji names without colons. */
  reacts(place: Place, ts: string, emoji: string): Promise<void>;
  unreacts(place: Place, ts: string, emoji: string): Promise<void>;
  joins(place: Place): Promise<void>;
  leaves(place: Place): Promise<void>;
  /** Types a slash command: `types(help, "/nps", "week")`. Resolves to what came back. */
  types(place: Place, command: string, text?: string): Promise<Answer>;
  /** Presses a button or chooses a menu entry, by its label, accessibility label or action_id. */
  presses(where: Pressed, what: string): Promise<Answer>;
  /** Uses a message shortcut, by its callback_id. */
  uses(callbackId: string, place: Place, ts: string): Promise<Answer>;
  /** Uses a global shortcut, by its callback_id. */
  usesGlobal(callbackId: string): Promise<Answer>;
  opensHome(tab?: "home" | "messages"): Promise<void>;
  /** Fills in and submits the modal on top; fields by label, action_id or block_id. */
  submits(values?: Readonly<Record<string, string>>): Promise<Submitted>;
  /** Cancels the modal on top; `all`: closes the whole stack. */
  closes(options?: { all?: boolean }): Promise<void>;
  /** Messages at a place, oldest first, ephemeral ones of this person among them. */
  sees(place: Place): SeenMessage[];
  /** Every file in the messages that this person can see, as it is opened, oldest first. */
  opensFiles(): { readonly name: string; readonly title: string; readonly bytes: Buffer }[];
  modal(): SeenView | undefined;
  home(): SeenView | undefined;
  /** Starts Slack anew: ephemeral messages are gone. */
  reloads(): void;
  /** Changes the account; the app hears of it as user_change. */
  changes(
    change: Partial<
      Pick<
        Member,
        | "name"
        | "locale"
        | "timeZone"
        | "email"
        | "emailConfirmed"
        | "admin"
        | "owner"
        | "deactivated"
        | "dm"
        | "quiet"
      >
    >,
  ): void;
}

export function createPerson(world: World, member: Member): Person {
  const at = (place: Place) => channelAt(world, member, place);
  const post = (channel: Channel, text: string, thread?: string, markup = false) => {
    if (channel.archived) throw new Error(`${channel.name} is archived.`);
    channel.members.add(member.id);
    // What a person types is text: Slack escapes it before an app sees it.
    const encoded = markup ? text : escaped(text);
    return world.messages.post(channel, {
      user: member.id,
      team: member.team,
      text: encoded,
      blocks: typedBlocks(text),
      threadTs: thread,
    }).ts;
  };
  const message = (place: Place, ts: string): Message => {
    const found = world.state.message(at(place), ts);
    if (found === undefined) throw new Error(`${member.name} sees no message ${ts} there.`);
    return found;
  };
  const own = (place: Place, ts: string): Message => {
    const found = message(place, ts);
    if (found.user !== member.id) throw new Error(`Message ${ts} is not ${member.name}'s.`);
    return found;
  };

  return {
    id: member.id,
    name: member.name,
    posts: async (place, text, options = {}) =>
      post(at(place), text, options.thread, options.markup),
    writes: async (text, options = {}) => post(at("dm"), text, options.thread),
    async edits(place, ts, text) {
      const change = { text: escaped(text), blocks: typedBlocks(text) };
      world.messages.change(own(place, ts), member.id, change);
    },
    deletes: async (place, ts) => world.messages.remove(own(place, ts)),
    reacts: async (place, ts, emoji) => world.messages.react(message(place, ts), member.id, emoji),
    unreacts: async (place, ts, emoji) =>
      world.messages.unreact(message(place, ts), member.id, emoji),
    joins: async (place) => comeOrGo(world, member, at(place), true),
    leaves: async (place) => comeOrGo(world, member, at(place), false),
    types: (place, command, text = "") => typeCommand(world, member, at(place), command, text),
    presses: (where, what) => press(world, member, where, what),
    async uses(callbackId, place, ts) {
      declared(world, callbackId);
      const on = message(place, ts);
      const team = installationIn(world, on.channel, member);
      if (member.team !== team) throw new Error(`${member.name} is offered no shortcuts.`);
      const payload = messageShortcut(world, member, team, callbackId, on);
      return await world.deliveries.interact("interactive", payload);
    },
    async usesGlobal(callbackId) {
      declared(world, callbackId);
      const payload = globalShortcut(world, member, installationFor(world, member), callbackId);
      return await world.deliveries.interact("interactive", payload);
    },
    async opensHome(tab = "home") {
      const team = installationFor(world, member);
      world.events.inTeam(team, {
        type: "app_home_opened",
        user: member.id,
        channel: world.state.openDirect(team, member.id).id,
        tab,
        ...(member.home === undefined ? {} : { view: viewJson(world, member.home) }),
        event_ts: world.timeline.ts(),
      });
    },
    submits: (values = {}) => submitModal(world, member, values),
    closes: (options = {}) => closeModal(world, member, options.all ?? false),
    sees: (place) => seenIn(at(place), member),
    opensFiles: () => filesFor(world, member),
    modal() {
      const top = member.stack.at(-1);
      return top === undefined ? undefined : seenView(top);
    },
    home: () => (member.home === undefined ? undefined : seenView(member.home)),
    reloads() {
      for (const channel of world.state.channels.values()) {
        const others = channel.whispers.filter(({ to }) => to !== member.id);
        channel.whispers.splice(0, channel.whispers.length, ...others);
      }
    },
    changes(change) {
      Object.assign(member, change);
      const user = userJson(member, member.team, true);
      world.events.inTeam(member.team, {
        type: "user_change",
        user,
        cache_ts: Math.floor(world.timeline.now() / 1000),
        event_ts: world.timeline.ts(),
      });
    },
  };
}

/** A file is seen by whoever sees a message that it is in; in a public channel by the workspace. */
function filesFor(world: World, member: Member) {
  const places = [...world.state.channels.values()].filter(
    (channel) =>
      channel.members.has(member.id) ||
      (channel.kind === "public" && channel.teams.includes(member.team)),
  );
  const messages = places.flatMap((channel) => channel.messages.filter((one) => !one.deleted));
  return messages
    .flatMap((message) => message.files)
    .flatMap(({ name, title, bytes, state }) =>
      bytes !== undefined && state === "ready" ? [{ name, title, bytes }] : [],
    );
}

/** "Formatting text for app surfaces": the three characters that are escaped. */
const escaped = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

function declared(world: World, callbackId: string): void {
  if (world.app.declared?.shortcuts.has(callbackId) === false) {
    throw new Error(`The app's manifest declares no shortcut ${callbackId}.`);
  }
}

function comeOrGo(world: World, member: Member, channel: Channel, comes: boolean): void {
  const event = { user: member.id, channel: channel.id, team: member.team.id };
  if (comes) channel.members.add(member.id);
  world.events.inChannel(channel, member.id, {
    type: comes ? "member_joined_channel" : "member_left_channel",
    ...event,
    event_ts: world.timeline.ts(),
  });
  if (!comes) channel.members.delete(member.id);
}

async function press(world: World, member: Member, where: Pressed, what: string): Promise<Answer> {
  if (where === "modal" || where === "home") {
    const view = where === "home" ? member.home : member.stack.at(-1);
    if (view === undefined) throw new Error(`${member.name} has no ${where} open.`);
    const payload = viewPress(world, member, view, find(blocksOf(view), what));
    return await world.deliveries.interact("interactive", payload);
  }
  const channel = channelAt(world, member, where.channel);
  const message = world.state.message(channel, where.ts);
  const whisper = channel.whispers.find(({ ts, to }) => ts === where.ts && to === member.id);
  const blocks = message?.blocks ?? whisper?.blocks;
  if (blocks === undefined) throw new Error(`${member.name} sees nothing to press there.`);
  const team = message?.team ?? whisper?.team ?? installationIn(world, channel, member);
  const spot = {
    channel,
    ...(message === undefined ? {} : { message }),
    ...(whisper === undefined ? {} : { whisper }),
  };
  const payload = messagePress(world, member, team, spot, find(blocks, what));
  return await world.deliveries.interact("interactive", payload);
}

function blocksOf(view: View): Json[] {
  const blocks = view.content.blocks;
  return Array.isArray(blocks) ? blocks : [];
}

function find(blocks: readonly Json[], what: string): Pressable {
  const all = pressables(blocks);
  const found =
    all.find(({ label }) => label === what) ??
    all.find(({ actionId }) => actionId === what) ??
    all.find(({ accessibilityLabel }) => accessibilityLabel === what);
  if (found !== undefined) return found;
  const labels = all.map(({ label }) => label).join(" | ");
  throw new Error(`There is nothing to press called "${what}", only: ${labels}`);
}
