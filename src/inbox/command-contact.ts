/** Whoever types a command or opens our page is there: what waited for a sign of life is asked. */
import type { Engine, Work } from "../engine.ts";
import type { PlatformEvent } from "../platform.ts";
import { onContact } from "../scheduling/contact.ts";
import type { Connection } from "../store/connections.ts";
import { ensurePerson } from "../store/people.ts";
import { inTransaction } from "../store/transaction.ts";

/** Never an error: the answer to the command is worth more, and the next sign of life will do. */
export async function onCommand(
  engine: Engine,
  connection: Connection,
  event: Extract<PlatformEvent, { kind: "command" }>,
): Promise<void> {
  // Nobody on our side is ever asked: their commands are not kept waiting for this.
  if (event.from.role !== "customer") return;
  try {
    const wake = await inTransaction(engine.db, async (transaction) => {
      const work: Work = { transaction, now: engine.clock.now(), wake: new Set() };
      const { workspace, id } = connection;
      const person = await ensurePerson(transaction, workspace.id, id, event.from);
      const userId = event.from.externalId;
      // Our own page opens in the conversation with us.
      const where =
        event.name === "home" || event.place?.kind === "direct" ? "direct" : "elsewhere";
      await onContact(engine, work, connection, { person, userId, where });
      return work.wake;
    });
    for (const name of wake) engine.jobs.wake(name);
  } catch (error) {
    engine.log.warn({ error }, "a sign of life could not be used");
  }
}
