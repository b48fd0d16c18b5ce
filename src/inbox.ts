/**
 * The one way in. An event, the state it leads to, the answers in it and the jobs it causes commit
 * together or not at all, and only then is it acknowledged. The same event a second time has no
 * second effect.
 */
import { isRunHere, runButton } from "./commands/buttons.ts";
import { showChatScores } from "./commands/chat-scores.ts";
import { runCommand } from "./commands/run.ts";
import { doWork, type Engine, type Work } from "./engine.ts";
import { askByHand } from "./inbox/by-hand.ts";
import { onChatClosed, onChatMessage, onChatReopened } from "./inbox/chat-events.ts";
import { cleanEvent } from "./inbox/clean.ts";
import { onCommand } from "./inbox/command-contact.ts";
import { notHere, type Opening, onConnectionOpened } from "./inbox/connection-opened.ts";
import { stopForgotten } from "./inbox/forgotten.ts";
import { onAction, onDirectMessage, onRepeatedAction } from "./inbox/replies.ts";
import type { ConnectionRef, Inbox, PlatformEvent, Reply } from "./platform.ts";
import { keepBookmark } from "./store/bookmarks.ts";
import { type Connection, findConnection } from "./store/connections.ts";
import { liftClosed } from "./store/holds.ts";
import { noteEvent } from "./store/inbox.ts";

/**
 * The inbox on an engine. Events of a connection that is not set up here are refused; with `opening`
 * its platform may set up more.
 */
export function createInbox(engine: Engine, opening?: Opening): Inbox {
  return {
    async receive(received) {
      const event = cleanEvent(received);
      if (event.kind === "connection-opened") {
        await onConnectionOpened(engine, opening, event);
        return nothing;
      }
      const connection = await connectionOf(engine, event.connection);
      if (runsOutside(engine, event)) {
        const stopped = await doWork(engine, (work) =>
          stopForgotten(engine, work, connection, event),
        );
        if (stopped !== undefined) return stopped;
      }
      // A command reads; what it changes it changes in transactions of its own.
      if (event.kind === "command") {
        const reply = await runCommand(engine, connection, event);
        await onCommand(engine, connection, event);
        return reply;
      }
      if (event.kind === "chat-command" && event.name === "scores")
        return showChatScores(engine, connection, event);
      if (event.kind === "action") {
        const reply = await runButton(engine, connection, event);
        if (reply !== undefined) return reply;
      }
      const reply = await doWork(engine, async (work) => {
        const { workspace, id } = connection;
        const { transaction, now } = work;
        const stopped = await stopForgotten(engine, work, connection, event);
        const fresh = await noteEvent(transaction, workspace.id, id, event.id, event.kind);
        if (stopped !== undefined) return stopped;
        if (fresh && event.bookmark !== undefined)
          await keepBookmark(transaction, workspace.id, id, event.bookmark, now);
        const reply = fresh
          ? await handle(engine, work, connection, event)
          : await handleAgain(engine, work, connection, event);
        engine.reach("inbox.before_commit");
        return reply;
      });
      engine.reach("inbox.after_commit");
      return onPage(engine, connection, event, reply);
    },
  };
}

/** Commands and some buttons have transactions of their own. */
function runsOutside(engine: Engine, event: PlatformEvent): boolean {
  switch (event.kind) {
    case "command":
      return true;
    case "chat-command":
      return event.name === "scores";
    case "action":
      return isRunHere(engine, event);
    default:
      return false;
  }
}

/** What is answered on somebody's own page is shown there with all the rest, and what comes next. */
async function onPage(
  engine: Engine,
  connection: Connection,
  event: PlatformEvent,
  reply: Reply,
): Promise<Reply> {
  if (event.kind !== "action" || event.page === undefined || reply.kind !== "update") return reply;
  const { id, at, from } = event;
  const opened = { kind: "command", name: event.page, text: "" } as const;
  const page = await runCommand(engine, connection, {
    ...opened,
    id,
    at,
    from,
    connection: event.connection,
  });
  return page.kind === "message" ? { kind: "update", message: page.message } : reply;
}

async function connectionOf(engine: Engine, ref: ConnectionRef): Promise<Connection> {
  const connection = await findConnection(engine.db, ref);
  if (connection === undefined) throw notHere(ref.platform);
  return connection;
}

const nothing: Reply = { kind: "nothing" };

async function handleAgain(
  engine: Engine,
  work: Work,
  connection: Connection,
  event: PlatformEvent,
): Promise<Reply> {
  return event.kind === "action" ? onRepeatedAction(engine, work, connection, event) : nothing;
}

async function handle(
  engine: Engine,
  work: Work,
  connection: Connection,
  event: Exclude<PlatformEvent, { kind: "command" | "connection-opened" }>,
): Promise<Reply> {
  switch (event.kind) {
    case "chat-message":
      return onChatMessage(engine, work, connection, event);
    case "chat-closed":
      return onChatClosed(engine, work, connection, event);
    case "chat-reopened":
      return onChatReopened(work, connection, event);
    case "chat-command":
      return askByHand(engine, work, connection, event);
    case "place-opened":
      await liftClosed(work.transaction, connection.workspace.id, connection.id, event.place);
      return nothing;
    case "action":
      return onAction(engine, work, connection, event);
    case "direct-message":
      return onDirectMessage(engine, work, connection, event);
  }
}
