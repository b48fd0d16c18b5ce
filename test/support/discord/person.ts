/** Acting and looking as a person. */
import { choose, press, submit } from "./acting.ts";
import { auditActions } from "./audit.ts";
import { type ChannelFace, channelFace } from "./channel-face.ts";
import { completeCommand, type OptionValues, typeCommand, useOnMessage } from "./commanding.ts";
import { emojiKey } from "./emoji.ts";
import type { Answer } from "./interactions.ts";
import { type Channel, isThread, type Message, type User } from "./model.ts";
import { noticeOfMember, noticeOfName, noticeOfStart } from "./notices.ts";
import { canSee, may, type PermissionName } from "./permissions.ts";
import { removeChannel, renameChannel } from "./routes/channels.ts";
import { type SeenMessage, type SeenModal, seenIn, seenModal } from "./seen.ts";
import type { ThreadChange } from "./threads.ts";
import type { World } from "./world.ts";

/** A channel or thread, or the direct message with the bot. */
export type Place = { readonly id: string } | "dm";
/** A message by where it is: one that somebody has seen, for example. */
export type Located = { readonly channel: string; readonly id: string };

export interface Person {
  readonly id: string;
  readonly name: string;
  /** Writes in a channel or thread; resolves to the message's id. */
  posts(place: Place, text: string, options?: { replyTo?: string }): Promise<string>;
  /** Writes to the bot in the direct message; resolves to the message's id. */
  writes(text: string): Promise<string>;
  edits(place: Place, id: string, text: string): Promise<void>;
  deletes(place: Place, id: string): Promise<void>;
  /** With an emoji of Unicode, or one of the guild ("<:done:123>"). */
  reacts(place: Place, id: string, emoji: string): Promise<void>;
  unreacts(place: Place, id: string, emoji: string): Promise<void>;
  /** Takes everybody's reactions away, all of them or those with one emoji. */
  clears(place: Place, id: string, emoji?: string): Promise<void>;
  /** Starts a thread: from a message (`from`), or alone with a first text. */
  starts(
    channel: Place,
    name: string,
    options?: { from?: string; private?: boolean; text?: string },
  ): Promise<ChannelFace>;
  /** Opens a post in a forum, with the names of its tags. */
  opens(
    forum: Place,
    title: string,
    text: string,
    options?: { tags?: readonly string[] },
  ): Promise<ChannelFace>;
  archives(thread: Place): Promise<void>;
  unarchives(thread: Place): Promise<void>;
  locks(thread: Place): Promise<void>;
  unlocks(thread: Place): Promise<void>;
  /** The tags of a post are these, by name. */
  tags(thread: Place, ...names: readonly string[]): Promise<void>;
  adds(thread: Place, whom: { readonly id: string }): Promise<void>;
  renames(channel: Place, name: string): Promise<void>;
  removes(channel: Place): Promise<void>;
  /** Types a slash command: `types(help, "/nps", { period: "week" })`, "/aftertalk setup". */
  types(place: Place, command: string, options?: OptionValues): Promise<Answer>;
  /** What the app offers while this person types in the option `focused`. */
  completes(place: Place, command: string, options: OptionValues, focused: string): Promise<Answer>;
  /** Uses a message command, by its name. */
  uses(name: string, place: Place, id: string): Promise<Answer>;
  /** Presses a button, by its label, emoji or custom_id. */
  presses(message: Located, what: string): Promise<Answer>;
  /** Chooses from a menu, by label or value; `menu`: its placeholder or custom_id. */
  chooses(message: Located, what: string | readonly string[], menu?: string): Promise<Answer>;
  /** Fills in and submits the open modal; fields by label or custom_id. */
  submits(values?: Readonly<Record<string, string | readonly string[] | boolean>>): Promise<Answer>;
  /** Leaves the modal; the app hears nothing of it. */
  dismisses(): void;
  modal(): SeenModal | undefined;
  /** Messages at a place, oldest first, ephemeral ones of this person among them. */
  sees(place: Place): SeenMessage[];
  /** Starts Discord anew: ephemeral messages are gone. */
  reloads(): void;
  changes(change: Partial<Pick<User, "locale" | "dm">>): void;
}

export function createPerson(world: World, user: User): Person {
  const at = (place: Place): Channel => {
    if (place === "dm") return world.state.openDirect(user);
    const channel = world.state.channels.get(place.id);
    if (channel === undefined || channel.deleted || !canSee(channel, user)) {
      throw new Error(`${user.name} sees no channel ${place.id}.`);
    }
    return channel;
  };
  const allowed = (channel: Channel, ...names: readonly PermissionName[]) => {
    const missing = names.filter((name) => !may(channel, user, name));
    if (channel.guild !== undefined && missing.length > 0) {
      throw new Error(`${user.name} may not: ${missing}.`);
    }
    return channel;
  };
  const message = (place: Place, id: string): Message => {
    const found = at(place).messages.find((one) => one.id === id);
    const visible = found?.whisperTo === undefined || found.whisperTo === user.id;
    if (found === undefined || !visible)
      throw new Error(`${user.name} sees no message ${id} there.`);
    return found;
  };
  const located = ({ channel, id }: Located) => message({ id: channel }, id);
  const own = (place: Place, id: string): Message => {
    const found = message(place, id);
    if (found.author !== user) throw new Error(`Message ${id} is not ${user.name}'s.`);
    return found;
  };
  const emojiIn = (channel: Channel, typed: string): string => {
    const key = emojiKey(typed, channel.guild);
    if (key === undefined) throw new Error(`There is no emoji ${typed}.`);
    return key;
  };
  const post = (channel: Channel, text: string, replyTo?: string) => {
    allowed(channel, isThread(channel) ? "SendMessagesInThreads" : "SendMessages");
    if (isThread(channel) && channel.thread.locked) allowed(channel, "ManageThreads");
    const to = replyTo === undefined ? undefined : message(channel, replyTo);
    return world.messages.post(channel, { author: user, content: text, replyTo: to }).id;
  };
  const changeThread = (place: Place, change: ThreadChange) => {
    const thread = at(place);
    if (!isThread(thread)) throw new Error(`${thread.name} is no thread.`);
    const locks =
      change.locked !== undefined || (thread.thread.locked && change.archived === false);
    if (thread.thread.ownerId !== user.id || locks) allowed(thread, "ManageThreads");
    world.threads.change(thread, user, change);
  };

  return {
    id: user.id,
    name: user.name,
    posts: async (place, text, { replyTo } = {}) => post(at(place), text, replyTo),
    writes: async (text) => post(at("dm"), text),
    edits: async (place, id, text) => world.messages.change(own(place, id), { content: text }),
    async deletes(place, id) {
      const found = message(place, id);
      const { guild } = found.channel;
      if (found.author !== user) {
        allowed(found.channel, "ManageMessages");
        if (guild !== undefined)
          world.audit.record(guild, user, found.author.id, auditActions.messageDelete);
      }
      world.messages.remove(found);
    },
    async reacts(place, id, emoji) {
      const found = message(place, id);
      if (isThread(found.channel) && found.channel.thread.archived)
        throw new Error("The thread is archived.");
      const key = emojiIn(found.channel, emoji);
      if (!found.reactions.has(key)) allowed(found.channel, "AddReactions");
      world.messages.react(found, user.id, key);
    },
    async unreacts(place, id, emoji) {
      const found = message(place, id);
      world.messages.unreact(found, user.id, emojiIn(found.channel, emoji));
    },
    async clears(place, id, emoji) {
      const found = message(place, id);
      allowed(found.channel, "ManageMessages");
      const key = emoji === undefined ? undefined : emojiIn(found.channel, emoji);
      world.messages.clear(found, key);
    },
    async starts(place, name, { from, private: hidden = false, text } = {}) {
      const parent = allowed(at(place), hidden ? "CreatePrivateThreads" : "CreatePublicThreads");
      const options = {
        name,
        owner: user,
        private: hidden,
        ...(from === undefined ? {} : { id: from }),
      };
      const source = from === undefined ? undefined : message(place, from);
      const thread = world.threads.start(parent, options);
      if (source !== undefined) source.thread = thread;
      noticeOfStart(world, thread, user, source);
      if (text !== undefined) post(thread, text);
      return channelFace(world, thread);
    },
    async opens(place, title, text, { tags = [] } = {}) {
      const forum = allowed(at(place), "SendMessages");
      if (forum.type !== 15) throw new Error(`${forum.name} is no forum.`);
      const thread = world.threads.start(forum, {
        name: title,
        owner: user,
        tags: tagIds(forum, tags),
      });
      world.messages.post(thread, { author: user, id: thread.id, content: text });
      return channelFace(world, thread);
    },
    archives: async (thread) => changeThread(thread, { archived: true }),
    unarchives: async (thread) => changeThread(thread, { archived: false }),
    locks: async (thread) => changeThread(thread, { locked: true }),
    unlocks: async (thread) => changeThread(thread, { locked: false }),
    tags: async (thread, ...names) =>
      changeThread(thread, { tags: tagIds(at(thread).parent, names) }),
    async adds(thread, whom) {
      const added = world.state.users.get(whom.id);
      if (added === undefined) throw new Error(`There is nobody ${whom.id}.`);
      world.threads.add(at(thread), added);
      noticeOfMember(world, at(thread), user, added);
    },
    renames: async (place, name) => {
      const channel = at(place);
      if (isThread(channel)) {
        changeThread(place, { name });
        return noticeOfName(world, channel, user);
      }
      renameChannel(world, allowed(channel, "ManageChannels"), user.id, name);
    },
    async removes(place) {
      const channel = at(place);
      removeChannel(
        world,
        allowed(channel, isThread(channel) ? "ManageThreads" : "ManageChannels"),
        user.id,
      );
    },
    types: async (place, command, options = {}) =>
      typeCommand(world, user, at(place), command, options),
    completes: async (place, command, options, focused) =>
      completeCommand(world, user, at(place), command, options, focused),
    uses: async (name, place, id) => useOnMessage(world, user, message(place, id), name),
    presses: async (where, what) => press(world, user, located(where), what),
    chooses: async (where, what, menu) => choose(world, user, located(where), [what].flat(), menu),
    submits: (values = {}) => submit(world, user, values),
    dismisses: () => world.interactions.closeModal(user),
    modal() {
      const modal = world.interactions.openModal(user)?.modal;
      return modal === undefined ? undefined : seenModal(modal);
    },
    sees: (place) => seenIn(at(place), user),
    reloads() {
      for (const { messages } of world.state.channels.values()) {
        const others = messages.filter(({ whisperTo }) => whisperTo !== user.id);
        messages.splice(0, messages.length, ...others);
      }
    },
    changes(change) {
      Object.assign(user, change);
    },
  };
}

function tagIds(forum: Channel | undefined, names: readonly string[]): string[] {
  return names.map((name) => {
    const tag = forum?.tags.find((known) => known.name === name);
    if (tag === undefined) throw new Error(`The forum has no tag "${name}".`);
    return tag.id;
  });
}
