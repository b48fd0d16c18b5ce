/** Pressed on a customer's own page: not for a while, never, or again. */
import { doWork, type Engine } from "../engine.ts";
import { changeConsent } from "../people/consent.ts";
import type { EventOf, Reply } from "../platform.ts";
import type { Connection } from "../store/connections.ts";
import { noteEvent } from "../store/inbox.ts";
import type { TokenContent } from "../surveys/tokens.ts";
import { consentWishes, ownHome } from "./home-own.ts";
import { readerOf } from "./reader.ts";

const consents = { pause: "paused", never: "never", resume: "open" } as const;

/** Keeps the wish of whoever pressed, and shows their page as it is now. */
export async function keepConsentWish(
  engine: Engine,
  connection: Connection,
  event: EventOf<"action">,
  content: TokenContent,
): Promise<Reply> {
  const reader = await readerOf(engine, connection, event.from);
  const wish = consentWishes.find((each) => each === content.value);
  const workspaceId = connection.workspace.id;
  if (wish !== undefined) {
    await doWork(engine, async (work) => {
      const { id, kind } = event;
      if (!(await noteEvent(work.transaction, workspaceId, connection.id, id, kind))) return;
      await changeConsent(work, workspaceId, reader.person, consents[wish]);
    });
  }
  return { kind: "update", message: await ownHome(engine, reader) };
}
