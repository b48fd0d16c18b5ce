/** "Reply": a form, and what a lead wrote in it goes to the customer. */
import type { Reply } from "../platform.ts";
import { readToldAnswers } from "../store/case-card.ts";
import { addCaseEvent, findReply } from "../store/case-events.ts";
import { CONTACT } from "../surveys/parts.ts";
import { countGraphemes, MAX_TEXT_GRAPHEMES } from "../surveys/words.ts";
import { caseToken } from "./card-buttons.ts";
import type { Press } from "./press.ts";
import { changed, nameOf, say, textsOf } from "./press-common.ts";
import { newReplyMark, sendReply } from "./reply.ts";
import { tell } from "./thread.ts";

/** Name of the form's one field; of the customer's, too. */
export const TEXT_FIELD = "text";

/** The form; whatever comes out of it is one reply, however often it is sent. */
export async function pressReply(press: Press): Promise<Reply> {
  const { engine, workspaceId, c } = press;
  if (c.state === "closed") return say(press, "case.notice.closed");
  const texts = textsOf(press);
  const person = await nameOf(press, c.personId);
  const told = await readToldAnswers(press.work.transaction, workspaceId, c.id, CONTACT);
  const wish = told.findLast(({ contact }) => contact !== null)?.contact;
  const label = wish === "no" ? "case.reply.label.unasked" : "case.reply.label";
  return {
    kind: "form",
    form: {
      title: texts.text("case.reply.title"),
      submit: {
        label: texts.text("case.reply.send"),
        token: caseToken(engine.tokens, workspaceId, c.id, "reply-sent", newReplyMark()),
      },
      fields: [
        {
          name: TEXT_FIELD,
          label: texts.text(label, { person }),
          multiline: true,
          required: true,
          maxLength: MAX_TEXT_GRAPHEMES,
        },
      ],
    },
  };
}

/** Sends it, and tells the thread. Nothing is sent from a case that somebody closed meanwhile. */
export async function pressReplySent(press: Press): Promise<Reply> {
  const { engine, work, workspaceId, person, c, mark: ref = "" } = press;
  const { transaction, now } = work;
  const text = press.values?.[TEXT_FIELD] ?? "";
  if (text.trim() === "") return say(press, "case.notice.empty");
  if (countGraphemes(text) > MAX_TEXT_GRAPHEMES) {
    return say(press, "talk.notice.too-long", { limit: MAX_TEXT_GRAPHEMES });
  }
  if ((await findReply(transaction, workspaceId, c.id, ref)) !== undefined) {
    return { kind: "nothing" };
  }
  if (c.state === "closed") return unsent(press, text);
  const details = { ref };
  const kept = { kind: "replied", actorId: person.id, text, details } as const;
  const id = await addCaseEvent(transaction, workspaceId, c.id, now, kept);
  const claims = c.ownerId === null;
  await changed(press, {
    ...(claims && { ownerId: person.id, claimedAt: now }),
    ...(c.firstRepliedAt === null && { firstRepliedAt: now }),
    ...{ lastRepliedAt: now, waitingSince: null, state: "open", snoozedUntil: null },
  });
  await tell(engine, work, workspaceId, c, {
    key: "case.told.replied",
    params: { person: person.name },
    quote: { text, by: person.name },
  });
  const reply = { id, caseId: c.id, actorId: person.id, text, ref };
  await sendReply(engine, work, workspaceId, c, reply);
  return { kind: "nothing" };
}

/** Words are never lost: they come back to whoever wrote them. */
function unsent(press: Press, text: string): Reply {
  const texts = textsOf(press);
  const says = texts.text("case.notice.closed-unsent");
  return {
    kind: "message",
    message: {
      summary: says,
      parts: [
        { kind: "text", text: says },
        { kind: "quote", text },
      ],
      locale: texts.language,
    },
  };
}
