/** Pressed by anybody about themselves: what is kept, and forgetting it. */
import type { Engine, Work } from "../engine.ts";
import { languageOf } from "../language-of.ts";
import { textsFor } from "../locales/index.ts";
import { lineMessage, lineReply } from "../messages.ts";
import type { EventOf, Message, Reply } from "../platform.ts";
import type { Connection } from "../store/connections.ts";
import type { Person } from "../store/people.ts";
import type { TokenContent } from "../surveys/tokens.ts";
import { forgetHuman } from "./erase.ts";
import {
  forgetQuestion,
  forgottenMessage,
  isStillSure,
  ownData,
  rightsMenu,
  type Self,
} from "./rights.ts";

/** What was pressed by whom. */
interface Press {
  readonly person: Person;
  readonly content: TokenContent;
  readonly event: EventOf<"action">;
}

/** `content.value` says which right. Nobody exercises another's: it is about whoever presses. */
export async function pressRights(
  engine: Engine,
  work: Work,
  connection: Connection,
  press: Press,
): Promise<Reply> {
  const { person, content, event } = press;
  const language = languageOf(connection, person);
  const self: Self = { workspace: connection.workspace, person, language };
  const texts = textsFor(language);
  switch (content.value) {
    case "menu":
      return told(rightsMenu(engine, self));
    case "data":
      return told(await ownData(engine, work, self));
    case "forget":
      return told(forgetQuestion(engine, work, self));
    case "forget-sure":
      return forget(engine, work, self, press);
    case "keep":
      return inPlace(event, lineMessage(language, texts.text("rights.kept")));
    default:
      return lineReply(language, texts.text("talk.notice.closed"));
  }
}

/**
 * The yes of the one who was asked, as long as it can be meant. In the conversation with us the question
 * goes with all the rest; that it is done is said in a message of its own, which stays.
 */
async function forget(
  engine: Engine,
  work: Work,
  self: Self,
  { person, content, event }: Press,
): Promise<Reply> {
  const { language, workspace } = self;
  const texts = textsFor(language);
  if (content.invitationId !== person.id)
    return lineReply(language, texts.text("talk.notice.not-yours"));
  if (!isStillSure(content.question, work.now)) {
    const again = texts.text("rights.forget.again");
    return inPlace(event, forgetQuestion(engine, work, self, [again]));
  }
  await forgetHuman(engine, work, {
    workspaceId: workspace.id,
    personId: person.id,
    by: "person",
    at: event.at,
  });
  return event.place?.kind === "direct"
    ? told(forgottenMessage(language))
    : inPlace(event, forgottenMessage(language));
}

/** What is pressed on our own page is answered beside it: an update would show the page again. */
function inPlace(event: EventOf<"action">, message: Message): Reply {
  return event.page === undefined ? { kind: "update", message } : told(message);
}

function told(message: Message): Reply {
  return { kind: "message", message };
}
