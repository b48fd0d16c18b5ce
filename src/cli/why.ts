/** `aftertalk why PERSON`: everything that was decided about somebody, and what waits for them. */
import { textsFor } from "../locales/index.ts";
import { explainLog, explainWaiting, sayReason } from "../scheduling/why/explain.ts";
import { eventsOf } from "../scheduling/why/log-events.ts";
import { neverAsked } from "../scheduling/why/never-asked.ts";
import { type LogEntry, readDecisionLog, timeZoneOf } from "../store/decision-log.ts";
import { readSettings } from "../store/settings.ts";
import type { CliContext } from "./context.ts";
import { exitCodes } from "./exit-codes.ts";
import { findPerson } from "./find-person.ts";
import { withDatabase } from "./with-database.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

export interface WhyOptions {
  readonly days: number;
}

export function explainPerson(
  context: CliContext,
  text: string,
  { days }: WhyOptions,
): Promise<number> {
  return withDatabase(context, async ({ db }, workspace) => {
    const { humanId, people } = await findPerson(db, workspace.id, text);
    const now = context.clock.now();
    const since = new Date(now.getTime() - days * DAY_MS);
    const entries = await readDecisionLog(db, workspace.id, humanId, since);
    const timeZone = (await timeZoneOf(db, workspace.id, humanId)) ?? workspace.timeZone;
    const never = await neverAsked(db, workspace.id, humanId, now);
    const kept = (await readSettings(db, workspace.id)).retention.answersDays;
    const { out } = context;
    const texts = textsFor("en");
    const person = [...new Set(people.map(({ name }) => name))].join(", ");
    out.line(texts.text("why.heading", { person, days, timeZone }));
    if (kept < days) out.line(texts.text("why.kept", { days: kept }));
    const lines = explainLog(texts, entries, { timeZone, since });
    for (const line of lines.length > 0 ? lines : [texts.text("why.none")]) out.line(line);
    const waiting = explainWaiting(texts, entries, timeZone);
    if (waiting.length > 0) out.line(`\n${texts.text("why.waiting")}`);
    for (const line of waiting) out.line(`  ${line}`);
    if (never.length > 0) {
      const each = never.map(({ schedule, reason }) =>
        texts.text("why.never.one", { schedule, reason: sayReason(texts, reason, timeZone) }),
      );
      out.line(`\n${texts.text("why.never", { list: each.join(", ") })}`);
    }
    out.result({ humanId, timeZone, days, invitations: entries.map(toJson), never });
    return exitCodes.ok.code;
  });
}

function toJson(entry: LogEntry) {
  const { decisions: _, ...rest } = entry;
  return { ...rest, events: eventsOf(entry) };
}
