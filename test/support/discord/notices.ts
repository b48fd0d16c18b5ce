/**
 * Messages that Discord itself writes beside what people do ("Message", section on types). People
 * see them as small grey lines; `sees` and `texts` leave them out, apps hear and read them.
 */
import {
  type Channel,
  channelTypes,
  isThread,
  type Message,
  messageTypes,
  type User,
} from "./model.ts";
import type { World } from "./world.ts";

export function noticeOfStart(
  world: World,
  thread: Channel,
  by: User,
  from: Message | undefined,
): void {
  const { parent } = thread;
  if (parent === undefined || thread.type !== channelTypes.publicThread) return;
  if (from !== undefined) {
    const reference = { channel: parent, message: from };
    world.messages.post(thread, {
      author: from.author,
      type: messageTypes.threadStarter,
      reference,
    });
  } else if (parent.type === channelTypes.text) {
    const reference = { channel: thread, message: undefined };
    const type = messageTypes.threadCreated;
    world.messages.post(parent, { author: by, type, content: thread.name, reference });
  }
}

export function noticeOfName(world: World, channel: Channel, by: User): void {
  // Channels are renamed without a word.
  if (!isThread(channel) || channel.thread.archived) return;
  const type = messageTypes.channelName;
  world.messages.post(channel, { author: by, type, content: channel.name });
}

/** Whoever writes joins a thread without a word; whoever is added is announced. */
export function noticeOfMember(world: World, thread: Channel, by: User, added: User): void {
  const mentions = [added.id];
  world.messages.post(thread, { author: by, type: messageTypes.recipientAdd, mentions });
}
