/** Pressed on the card of a case, or sent with one of its forms. */
import type { Engine, Work } from "../engine.ts";
import { languageOf } from "../language-of.ts";
import { textsFor } from "../locales/index.ts";
import { lineReply } from "../messages.ts";
import type { EventOf, Reply } from "../platform.ts";
import type { Connection } from "../store/connections.ts";
import type { Person } from "../store/people.ts";
import type { TokenContent } from "../surveys/tokens.ts";

/** Who may, and what it does; a form comes back as `event.values`. */
export async function pressCase(
  _engine: Engine,
  _work: Work,
  connection: Connection,
  {
    person,
  }: {
    readonly person: Person;
    readonly caseId: string;
    readonly content: TokenContent;
    readonly event: EventOf<"action">;
  },
): Promise<Reply> {
  const language = languageOf(connection, person);
  return lineReply(language, textsFor(language).text("talk.notice.closed"));
}
