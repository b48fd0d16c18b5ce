/** Pressed below "may we quote you?". */
import type { Engine, Work } from "../engine.ts";
import { languageOf } from "../language-of.ts";
import { textsFor } from "../locales/index.ts";
import { lineReply } from "../messages.ts";
import type { Reply } from "../platform.ts";
import type { Connection } from "../store/connections.ts";
import type { Invitation } from "../store/invitations.ts";
import type { Person } from "../store/people.ts";
import type { TokenContent } from "../surveys/tokens.ts";

/** `content.value` says how; the invitation is locked, and may be somebody else's. */
export async function pressQuote(
  _engine: Engine,
  _work: Work,
  connection: Connection,
  {
    person,
  }: {
    readonly person: Person;
    readonly invitation: Invitation;
    readonly content: TokenContent;
  },
): Promise<Reply> {
  const language = languageOf(connection, person);
  return lineReply(language, textsFor(language).text("talk.notice.closed"));
}
