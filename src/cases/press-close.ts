/** "Close": with a reason, and a note for whoever reads it later. */
import type { Reply } from "../platform.ts";
import { startOfWorkAfter } from "../scheduling/gates/calendar.ts";
import { addCaseEvent } from "../store/case-events.ts";
import { readSettings } from "../store/settings.ts";
import { caseToken } from "./card-buttons.ts";
import { closeReasons } from "./case.ts";
import type { Press } from "./press.ts";
import { changed, channelTexts, say, textsOf } from "./press-common.ts";
import { tell } from "./thread.ts";

const REASON = "reason";
const NOTE = "note";
const MAX_NOTE = 1000;

/** The form of the reasons. */
export async function pressClose(press: Press): Promise<Reply> {
  const { engine, workspaceId, c } = press;
  if (c.state === "closed") return say(press, "case.notice.closed");
  const texts = textsOf(press);
  const choices = closeReasons.map((value) => ({
    value,
    label: texts.text(`case.reason.${value}`),
  }));
  const same = { required: false, multiline: false, maxLength: MAX_NOTE };
  return {
    kind: "form",
    form: {
      title: texts.text("case.close.title", { number: c.number }),
      submit: {
        label: texts.text("case.close.submit"),
        token: caseToken(engine.tokens, workspaceId, c.id, "close-sent", press.mark),
      },
      fields: [
        { ...same, name: REASON, label: texts.text("case.close.reason"), required: true, choices },
        { ...same, name: NOTE, label: texts.text("case.close.note"), multiline: true },
      ],
    },
  };
}

/** What was solved is asked about once more later, at a time when somebody works. */
export async function pressClosed(press: Press): Promise<Reply> {
  const { engine, work, workspaceId, person, c } = press;
  if (c.state === "closed") return say(press, "case.notice.closed");
  const reason = closeReasons.find((each) => each === press.values?.[REASON]);
  if (reason === undefined) return say(press, "case.notice.choose");
  const note = (press.values?.[NOTE] ?? "").slice(0, MAX_NOTE).toWellFormed();
  await addCaseEvent(work.transaction, workspaceId, c.id, work.now, {
    kind: "closed",
    actorId: person.id,
    text: note === "" ? null : note,
    details: { reason },
  });
  const reply = await changed(press, {
    state: "closed",
    closedAt: work.now,
    closedBy: person.id,
    closeReason: reason,
    snoozedUntil: null,
    waitingSince: null,
    ...(reason === "solved" && { recoveryAt: await recoveryAt(press) }),
  });
  await tell(engine, work, workspaceId, c, {
    key: "case.told.closed",
    params: { person: person.name, reason: channelTexts(press).text(`case.reason.${reason}`) },
    ...(note === "" ? {} : { quote: { text: note, by: person.name } }),
  });
  return reply;
}

async function recoveryAt({ work, workspaceId, connection }: Press): Promise<Date> {
  const { hours, cases } = await readSettings(work.transaction, workspaceId);
  const { timeZone } = connection.workspace;
  return startOfWorkAfter(work.now, cases.recoveryAfterDays, hours, timeZone);
}
