/** What whoever closed a chat, or wants its customer asked, is told about what was planned. */
import type { Engine, Work } from "../engine.ts";
import { languageOf } from "../language-of.ts";
import { type Language, textsFor } from "../locales/index.ts";
import { lineReply } from "../messages.ts";
import type { Reply } from "../platform.ts";
import { type Decision, MIN_CHARACTERS, MIN_MESSAGES } from "../scheduling/gates/gates.ts";
import type { Connection } from "../store/connections.ts";
import type { Person } from "../store/people.ts";
import { sayWhen } from "../surveys/when.ts";
import type { Plan } from "./plan.ts";
import { mayAskNow } from "./who-may.ts";

/** What will happen and why, with a button for whoever need not wait. */
export function planReply(
  engine: Engine,
  work: Work,
  connection: Connection,
  by: Person,
  plan: Plan,
): Reply {
  const language = languageOf(connection, by);
  const texts = textsFor(language);
  if (plan.kind === "there") return { kind: "nothing" };
  if (plan.kind === "nobody") return lineReply(language, texts.text(plan.why));
  const { decision, dueAt, invitationId } = plan;
  const person = plan.customer.name;
  if (decision.verdict === "suppress") return willNotAsk(language, person, decision);
  const when = sayWhen(dueAt, work.now, language, connection.workspace.timeZone);
  const text =
    decision.verdict === "ask"
      ? texts.text("plan.will-ask", { person, when })
      : texts.text("plan.will-ask-deferred", {
          person,
          when,
          reason: reasonText(language, decision),
        });
  if (!mayAskNow(connection, by)) return lineReply(language, text);
  const workspaceId = connection.workspace.id;
  const token = engine.tokens.sign({ workspaceId, invitationId, verb: "ask-now" });
  return {
    kind: "message",
    message: {
      summary: text,
      parts: [
        { kind: "text", text },
        { kind: "actions", options: [{ label: texts.text("plan.ask-now"), token }] },
      ],
      locale: language,
    },
  };
}

/** Why somebody will not be asked. */
export function willNotAsk(
  language: Language,
  person: string,
  decision: Exclude<Decision, { verdict: "ask" }>,
): Reply {
  const reason = reasonText(language, decision);
  return lineReply(language, textsFor(language).text("plan.will-not-ask", { person, reason }));
}

/** The reason of a gate in plain words. */
export function reasonText(
  language: Language,
  decision: Exclude<Decision, { verdict: "ask" }>,
): string {
  return textsFor(language).text(`gate.reason.${decision.reason}`, {
    messages: MIN_MESSAGES,
    characters: MIN_CHARACTERS,
  });
}
