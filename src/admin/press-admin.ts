/** A button or a form of an admin's card that is of no draft: who may, once; then its action decides. */
import { readerOf, refuse } from "../commands/reader.ts";
import { doWork, type Engine } from "../engine.ts";
import { textsFor } from "../locales/index.ts";
import { lineReply } from "../messages.ts";
import type { EventOf, Reply } from "../platform.ts";
import type { Connection } from "../store/connections.ts";
import { noteEvent } from "../store/inbox.ts";
import type { TokenContent } from "../surveys/tokens.ts";
import { adminActions } from "./admin-actions.ts";

export async function pressAdmin(
  engine: Engine,
  connection: Connection,
  event: EventOf<"action">,
  { question = "", value, invitationId: about }: TokenContent,
): Promise<Reply> {
  const { action, number } = actionOf(question);
  const reader = await readerOf(engine, connection, event.from);
  // A button of a program that was newer than this one.
  if (action === undefined)
    return lineReply(reader.language, textsFor(reader.language).text("admin.gone"));
  if (!action.roles.includes(reader.person.role))
    return refuse(engine, reader, action.roles, event.values);
  const { press } = action;
  const pressed = { value, values: event.values, event, about, ...number };
  if (press === undefined) {
    const now = engine.clock.now();
    const context = { engine, db: engine.db, now, reader, connection };
    return { kind: "update", message: await action.screen(context, pressed) };
  }
  return doWork(engine, async (work): Promise<Reply> => {
    const { transaction: db, now } = work;
    const { id, kind } = event;
    const fresh = await noteEvent(db, reader.workspace.id, connection.id, id, kind);
    const context = { engine, db, now, reader, connection, work };
    if (fresh) return press.call(action, context, pressed);
    // The same press once more: our answer to the first was lost.
    return { kind: "update", message: await action.screen(context, pressed) };
  });
}

/** By all of the question, or by what stands before the number at its end. */
function actionOf(question: string) {
  const action = adminActions.get(question);
  if (action !== undefined) return { action };
  const [, name = "", digits] = /^(.+)-(\d{1,6})$/u.exec(question) ?? [];
  return { action: adminActions.get(name), number: { number: Number(digits) } };
}
