/** Chats that nobody writes in any more are over: closed by inactivity, which asks nobody. */
import { doWork, type Engine } from "../engine.ts";
import { lockChatById, silentChats } from "../store/chats.ts";
import { readConnection } from "../store/connections.ts";
import { closeAndPlan } from "./plan.ts";

const BATCH = 200;
const HOUR_MS = 60 * 60 * 1000;

/** Closes what has been silent for as long as its connection says; gives how many. */
export async function closeSilentChats(engine: Engine): Promise<number> {
  let closed = 0;
  for (;;) {
    const silent = await silentChats(engine.db, engine.clock.now(), BATCH);
    let now = 0;
    for (const chat of silent) {
      try {
        if (await closeSilent(engine, chat)) now += 1;
      } catch (error) {
        // One that cannot be closed keeps no other from it; the next tick tries again.
        engine.log.warn({ error, chat: chat.chatId }, "a silent chat could not be closed");
      }
    }
    closed += now;
    // None of a batch: whatever they are, looking at them again at once would not help.
    if (silent.length < BATCH || now === 0) break;
  }
  if (closed > 0) engine.log.info({ closed }, "silent chats were closed");
  return closed;
}

/** A message that comes at the same time decides: whoever has the chat's lock first is right. */
async function closeSilent(
  engine: Engine,
  {
    workspaceId,
    connectionId,
    chatId,
  }: { workspaceId: number; connectionId: string; chatId: string },
): Promise<boolean> {
  return doWork(engine, async (work) => {
    const { transaction } = work;
    const connection = await readConnection(transaction, workspaceId, connectionId);
    const hours = connection.settings.closeAfterHours;
    const chat = await lockChatById(transaction, workspaceId, chatId);
    const last = chat?.last_message_at?.getTime();
    if (hours === null || last === undefined || chat?.state !== "open") return false;
    if (last + hours * HOUR_MS > work.now.getTime()) return false;
    await closeAndPlan(engine, work, connection, chatId, { reason: "inactivity", at: work.now });
    return true;
  });
}
