/** What a customer presses below a reply of the team. */
import type { Reply } from "../platform.ts";
import { findReply } from "../store/case-events.ts";
import { countGraphemes, MAX_TEXT_GRAPHEMES } from "../surveys/words.ts";
import { answerInCase } from "./answer.ts";
import { caseToken } from "./card-buttons.ts";
import { REOPENS_MS } from "./case.ts";
import type { Press } from "./press.ts";
import { say, textsOf } from "./press-common.ts";
import { TEXT_FIELD } from "./press-reply.ts";
import { replyMessage } from "./reply.ts";

/** A reply that only they may see, opened where others read along. */
export async function pressShow(press: Press): Promise<Reply> {
  const { engine, work, connection, workspaceId, person, c, mark = "" } = press;
  const reply = await findReply(work.transaction, workspaceId, c.id, mark);
  if (reply === undefined || reply.text === null) return say(press, "case.notice.gone");
  return {
    kind: "message",
    message: await replyMessage(engine, work, connection, {
      customer: person,
      ...{ reply, direct: false },
    }),
  };
}

/** The form of an answer, or what was written in it. */
export async function pressAnswer(press: Press): Promise<Reply> {
  const { engine, work, connection, person, c, values } = press;
  if (c.state === "closed" && work.now.getTime() - (c.closedAt ?? 0) >= REOPENS_MS) {
    return say(press, "case.notice.too-late");
  }
  if (values === undefined) return form(press);
  const text = values[TEXT_FIELD] ?? "";
  if (text.trim() === "") return say(press, "case.notice.empty");
  if (countGraphemes(text) > MAX_TEXT_GRAPHEMES) {
    return say(press, "talk.notice.too-long", { limit: MAX_TEXT_GRAPHEMES });
  }
  const said = await answerInCase(engine, work, connection, { person, caseId: c.id, text });
  return said ?? say(press, "case.notice.too-late");
}

function form(press: Press): Reply {
  const { engine, workspaceId, c } = press;
  const texts = textsOf(press);
  return {
    kind: "form",
    form: {
      title: texts.text("case.answer.title"),
      submit: {
        label: texts.text("case.reply.send"),
        token: caseToken(engine.tokens, workspaceId, c.id, "answer-sent"),
      },
      fields: [
        {
          name: TEXT_FIELD,
          label: texts.text("case.answer.label"),
          multiline: true,
          required: true,
          maxLength: MAX_TEXT_GRAPHEMES,
        },
      ],
    },
  };
}
