/** Whoever types a command or opens our page is there: what waited for a sign of life is asked. */
import { doWork, type Engine } from "../engine.ts";
import { meetPerson } from "../people/meet.ts";
import type { EventOf } from "../platform.ts";
import { onContact } from "../scheduling/ask/contact.ts";
import type { Connection } from "../store/connections.ts";

/** Never an error: the answer to the command is worth more, and the next sign of life will do. */
export async function onCommand(
  engine: Engine,
  connection: Connection,
  event: EventOf<"command">,
): Promise<void> {
  // Nobody on our side is ever asked: their commands are not kept waiting for this.
  if (event.from.role !== "customer") return;
  try {
    await doWork(engine, async (work) => {
      const { workspace, id } = connection;
      const person = await meetPerson(work, workspace.id, id, event.from);
      const userId = event.from.externalId;
      // Our own page opens in the conversation with us.
      const where =
        event.name === "home" || event.place?.kind === "direct" ? "direct" : "elsewhere";
      await onContact(engine, work, connection, { person, userId, where });
    });
  } catch (error) {
    engine.log.warn({ error }, "a sign of life could not be used");
  }
}
