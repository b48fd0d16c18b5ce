/** What the leads' channel of a new connection is told once, as long as nobody set anything up. */
import { inEachWorkspace, type Serves } from "../../digest/weekly.ts";
import { doWork, type Engine } from "../../engine.ts";
import { languageOf } from "../../language-of.ts";
import { textsFor } from "../../locales/index.ts";
import { lineMessage } from "../../messages.ts";
import { post } from "../../outbox/post.ts";
import { chatConnectionsOf } from "../../store/connections.ts";
import { connectionsSince, isSetUp } from "../../store/setup-facts.ts";

/** Older connections had their time; shorter than deliveries are kept, so that nobody is greeted twice. */
const NEW_MS = 2 * 24 * 60 * 60 * 1000;

/** Greets each of them, whatever instances there are; where things are only tried out the page itself says it. */
export async function greetNewConnections(
  engine: Engine,
  serves: Serves = () => true,
): Promise<void> {
  const since = new Date(engine.clock.now().getTime() - NEW_MS);
  await inEachWorkspace(engine, "nobody could be told of the setup", async ({ id }) => {
    const fresh = await connectionsSince(engine.db, id, since);
    if (fresh.length === 0 || (await isSetUp(engine.db, id))) return;
    const connections = (await chatConnectionsOf(engine.db, id)).filter(
      (each) => fresh.includes(each.id) && !each.settings.rehearsal && serves(each.ref.platform),
    );
    for (const connection of connections) {
      const language = languageOf(connection);
      const message = lineMessage(language, textsFor(language).text("setup.hello"));
      await doWork(engine, (work) =>
        post(engine, work, {
          ...{ message, workspaceId: id, connectionId: connection.id, purpose: "notice" },
          ...{ address: { kind: "leads" }, key: `setup:${connection.id}` },
          ...{ invitationId: null, personId: null },
        }),
      );
    }
  });
}
