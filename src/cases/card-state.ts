/** How a case stands, as rows of its card. */
import type { Texts } from "../locales/index.ts";
import type { CaseNames } from "../store/case-card.ts";
import type { Case } from "../store/cases.ts";
import type { WorkspaceSettings } from "../store/settings.ts";
import { isOverdue } from "./case.ts";

interface When {
  readonly now: Date;
  readonly timeZone: string;
  readonly escalateTo: WorkspaceSettings["cases"]["escalateTo"];
}

/** Its number, who has it, and what it waits for. */
export function stateRows(
  texts: Texts,
  c: Case,
  { owner, closedBy }: CaseNames,
  when: When,
): [string, string][] {
  const rows: [string, string][] = [[texts.text("case.fact.case"), `#${c.number}`]];
  if (c.state !== "closed" || owner !== null) {
    rows.push([texts.text("case.fact.owner"), owner ?? texts.text("case.owner.nobody")]);
  }
  rows.push([texts.text("case.fact.state"), stateText(texts, c, closedBy, when)]);
  if (c.escalatedAt !== null && c.state !== "closed") {
    const role = texts.text(`case.role.${when.escalateTo}`);
    rows.push([texts.text("case.fact.escalated"), role]);
  }
  return rows;
}

function stateText(texts: Texts, c: Case, closedBy: string | null, when: When): string {
  const at = (time: number) => sayTime(new Date(time), texts, when.timeZone);
  if (c.state === "closed") {
    const reason = texts.text(`case.reason.${c.closeReason ?? "solved"}`);
    return closedBy === null
      ? texts.text("case.state.closed", { reason })
      : texts.text("case.state.closed.by", { reason, person: closedBy });
  }
  if (c.state === "snoozed" && c.snoozedUntil !== null) {
    return texts.text("case.state.snoozed", { when: at(c.snoozedUntil) });
  }
  if (c.waitingSince === null) {
    return texts.text(c.lastRepliedAt === null ? "case.state.unwanted" : "case.state.answered");
  }
  const key = isOverdue(c, when.now.getTime()) ? "case.state.overdue" : "case.state.due";
  return texts.text(key, { when: at(c.dueAt) });
}

/** A time that is still right when the card is read later: "Mon, 2 Nov, 17:00". */
export function sayTime(at: Date, { language }: Texts, timeZone: string): string {
  return new Intl.DateTimeFormat(language, {
    weekday: "short",
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZone,
  }).format(at);
}
