/** `aftertalk response|frt|contacts|churn|journey|cx|drivers PERIOD …`: what the commands of that name say. */

import type { Reader } from "../commands/command.ts";
import { answerDrivers } from "../commands/drivers.ts";
import { churn } from "../commands/operations/churn.ts";
import { contacts } from "../commands/operations/contacts.ts";
import { cx } from "../commands/operations/cx.ts";
import { firstReply } from "../commands/operations/first-reply.ts";
import { journey } from "../commands/operations/journey.ts";
import { response } from "../commands/operations/response.ts";
import type { Workspace } from "../store/workspaces.ts";
import { NO_INVITATION } from "../surveys/tokens.ts";
import type { CliContext } from "./context.ts";
import { exitCodes } from "./exit-codes.ts";
import { messageText } from "./message-text.ts";
import { withDatabase } from "./with-database.ts";

const operations = {
  ...{ response, frt: firstReply, contacts, churn, journey, cx },
  drivers: { answer: answerDrivers },
} as const;

export type OperationName = keyof typeof operations;

/** `words`: "last", "month", "by", "team". Nothing is this week, of everybody. */
export function showOperation(
  context: CliContext,
  name: OperationName,
  words: readonly string[],
): Promise<number> {
  const { out, clock } = context;
  const operation: { readonly answer: typeof answerDrivers } = operations[name];
  return withDatabase(context, async ({ db, patiently }, workspace) => {
    const asked = { text: words.join(" "), pictures: false };
    const answered = await operation.answer({ db, clock, patiently }, operator(workspace), asked);
    if (!answered.ok) {
      const text = messageText(answered.refusal);
      out.note(text);
      out.result({ error: { code: "usage", message: text } });
      return exitCodes.usage.code;
    }
    out.line(messageText(answered.message));
    out.result(answered.json);
    return exitCodes.ok.code;
  });
}

/** Whoever runs the service sees what an admin sees; the command line speaks English. */
function operator(workspace: Workspace): Reader {
  const person = { id: NO_INVITATION, name: "operator", role: "admin" } as const;
  return { workspace, person, language: "en" };
}
