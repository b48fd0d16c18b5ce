/** "Ask now": a planned question does not wait. */
import type { Engine, Work } from "../engine.ts";
import { type Language, textsFor } from "../locales/index.ts";
import { lineMessage, lineReply } from "../messages.ts";
import type { Reply } from "../platform.ts";
import { askOrWait } from "../scheduling/ask/ask.ts";
import { audit } from "../store/audit.ts";
import type { Connection } from "../store/connections.ts";
import { lockInvitation } from "../store/invitations.ts";
import { type Person, readPerson } from "../store/people.ts";
import { reasonText } from "./plan-reply.ts";
import { mayAskNow } from "./who-may.ts";

/** A lead (in a rehearsal anybody) wants a planned question asked now. */
export async function askNow(
  engine: Engine,
  work: Work,
  connection: Connection,
  about: { person: Person; unsure: boolean; invitationId: string; language: Language },
): Promise<Reply> {
  const { person, unsure, invitationId, language } = about;
  const workspaceId = connection.workspace.id;
  if (!mayAskNow(connection, person))
    return lineReply(
      language,
      textsFor(language).text(unsure ? "roles.unsure" : "plan.not-allowed"),
    );
  const invitation = await lockInvitation(work.transaction, workspaceId, invitationId);
  if (invitation?.state !== "planned") {
    return {
      kind: "update",
      message: lineMessage(language, textsFor(language).text("plan.not-planned")),
    };
  }
  await audit(work.transaction, workspaceId, work.now, {
    actor: person.id,
    action: "invitation.ask-now",
    target: invitationId,
  });
  const decision = await askOrWait(engine, work, workspaceId, invitation, { impatient: true });
  const customer = await readPerson(work.transaction, workspaceId, invitation.personId);
  const name = customer?.name ?? "";
  const text =
    decision.verdict === "ask"
      ? textsFor(language).text("plan.asked-now", { person: name })
      : textsFor(language).text("plan.will-not-ask", {
          person: name,
          reason: reasonText(language, decision),
        });
  return { kind: "update", message: lineMessage(language, text) };
}
