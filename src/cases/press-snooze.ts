/** "Snooze": a case rests until a working morning. */
import type { Reply } from "../platform.ts";
import { startOfWorkAfter } from "../scheduling/gates/calendar.ts";
import { addCaseEvent } from "../store/case-events.ts";
import { readSettings } from "../store/settings.ts";
import { caseToken } from "./card-buttons.ts";
import { sayTime } from "./card-state.ts";
import type { Press } from "./press.ts";
import { changed, channelTexts, say, textsOf } from "./press-common.ts";
import { tell } from "./thread.ts";

const FIELD = "days";

/** Days that can be chosen: tomorrow, in three days, in a week, in two. */
const CHOICES = ["1", "3", "7", "14"];

/** The form, with the mornings that are meant. */
export async function pressSnooze(press: Press): Promise<Reply> {
  const { engine, workspaceId, c } = press;
  if (c.state === "closed") return say(press, "case.notice.closed");
  const texts = textsOf(press);
  const { timeZone } = press.connection.workspace;
  const choices = [];
  for (const value of CHOICES) {
    choices.push({ value, label: sayTime(await morning(press, value), texts, timeZone) });
  }
  return {
    kind: "form",
    form: {
      title: texts.text("case.snooze.title"),
      submit: {
        label: texts.text("case.do.snooze"),
        token: caseToken(engine.tokens, workspaceId, c.id, "snooze-sent", press.mark),
      },
      fields: [
        {
          name: FIELD,
          label: texts.text("case.snooze.until"),
          multiline: false,
          required: true,
          maxLength: 10,
          choices,
        },
      ],
    },
  };
}

/** Whoever puts a case off has it. */
export async function pressSnoozed(press: Press): Promise<Reply> {
  const { engine, work, workspaceId, person, c } = press;
  if (c.state === "closed") return say(press, "case.notice.closed");
  const chosen = CHOICES.find((value) => value === press.values?.[FIELD]);
  if (chosen === undefined) return say(press, "case.notice.choose");
  const until = await morning(press, chosen);
  await addCaseEvent(work.transaction, workspaceId, c.id, work.now, {
    kind: "snoozed",
    actorId: person.id,
    details: { until: until.toISOString() },
  });
  const reply = await changed(press, {
    state: "snoozed",
    snoozedUntil: until,
    ...(c.ownerId === null && { ownerId: person.id, claimedAt: work.now }),
  });
  const { timeZone } = press.connection.workspace;
  await tell(engine, work, workspaceId, c, {
    key: "case.told.snoozed",
    params: { person: person.name, when: sayTime(until, channelTexts(press), timeZone) },
  });
  return reply;
}

async function morning({ work, workspaceId, connection }: Press, days: string): Promise<Date> {
  const { hours } = await readSettings(work.transaction, workspaceId);
  return startOfWorkAfter(work.now, Number(days), hours, connection.workspace.timeZone);
}
