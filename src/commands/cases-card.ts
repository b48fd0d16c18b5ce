/** The card about cases: figures of a period, and a page of what is open now. */

import type { CaseFigures } from "../cases/insight.ts";
import { countText, scoreText } from "../charts/numbers.ts";
import { type Texts, textsFor } from "../locales/index.ts";
import { COMPARED_FROM, isEarly } from "../metrics/ladder.ts";
import type { Period } from "../metrics/period.ts";
import { periodKey } from "../metrics/period-key.ts";
import { metrics } from "../metrics/registry.ts";
import type { Bar, Message, Option, Part } from "../platform.ts";
import type { WorkingHours } from "../scheduling/gates/calendar.ts";
import type { CasesNow } from "../store/case-figures.ts";
import type { ListedCase } from "../store/case-list.ts";
import { NO_INVITATION, type Tokens } from "../surveys/tokens.ts";
import { cleanText } from "../surveys/words.ts";
import { recoveryText, waitText } from "./cases-format.ts";
import type { Reader } from "./command.ts";
import { sayMoment } from "./moment.ts";
import { pageButtons } from "./pages.ts";
import { namedAnswer } from "./summary/figures.ts";
import { periodLabel } from "./view/period.ts";

/** So many open cases are on a page, each with a button. */
export const CASES_PAGE = 8;

/** No button of any platform takes more of a name. */
const LONGEST_NAME = 30;

/** Everything that the card shows. */
export interface CasesLoaded {
  readonly period: Period;
  readonly now: Date;
  readonly hours: WorkingHours;
  readonly present: CasesNow;
  readonly figures: CaseFigures;
  /** One more than a page holds when there is another page. */
  readonly listed: readonly ListedCase[];
  readonly page: number;
}

export function casesCard(tokens: Tokens, reader: Reader, loaded: CasesLoaded): Message {
  const { language } = reader;
  const { period, present, listed, page } = loaded;
  const texts = textsFor(language);
  const title = [
    texts.text("cases.title"),
    periodLabel(period, language),
    ...(period.running ? [texts.text("summary.so-far")] : []),
  ].join(" · ");
  const now = texts.text("cases.now", { ...present });
  const more = listed.length > CASES_PAGE;
  return {
    summary: `${title}: ${now}`,
    parts: [
      { kind: "heading", text: title },
      { kind: "text", text: now },
      ...figureParts(texts, loaded),
      ...listParts(tokens, reader, loaded),
      ...pageButtons(tokens, reader, { verb: "cases", page, more, value: periodKey(period) }),
    ],
    locale: language,
  };
}

function figureParts(texts: Texts, { figures, hours }: CasesLoaded): Part[] {
  const { opened, closed, firstReply, toClose, reasons, recovery } = figures;
  const count = (n: number) => countText(n, texts.language);
  const early = [firstReply.n, closed, recovery.n].some(isEarly);
  const bars = reasons.map(({ reason, n }): Bar => {
    const share = n / closed;
    const percent = scoreText(100 * share, "percent", closed, texts.language);
    return { label: texts.text(`case.reason.${reason}`), value: `${count(n)} (${percent})`, share };
  });
  return [
    {
      kind: "facts",
      rows: [
        [texts.text("cases.opened"), count(opened)],
        [texts.text("cases.closed"), count(closed)],
      ],
    },
    {
      kind: "facts",
      rows: [
        [texts.text("cases.first-reply"), waitText(texts, firstReply, hours)],
        [texts.text("cases.to-close"), waitText(texts, toClose, hours)],
        [texts.text("cases.recovered"), recoveryText(texts, recovery)],
      ],
    },
    ...(early ? [note(texts.text("cases.early", { needed: COMPARED_FROM }))] : []),
    ...(opened > 0 ? [note(texts.text("cases.time.note"))] : []),
    ...(bars.length > 0
      ? [{ kind: "bars", title: texts.text("cases.reasons", { n: count(closed) }), bars } as const]
      : []),
  ];
}

function listParts(tokens: Tokens, reader: Reader, { listed, page, now }: CasesLoaded): Part[] {
  const { workspace, language } = reader;
  const texts = textsFor(language);
  const shown = listed.slice(0, CASES_PAGE);
  if (shown.length === 0) return [];
  const from = page * CASES_PAGE + 1;
  const range = { from, to: from + shown.length - 1 };
  const rows = caseRows(texts, shown, now, workspace.timeZone);
  const about = { workspaceId: workspace.id, invitationId: NO_INVITATION, verb: "look" } as const;
  const options = shown.map(
    (each): Option => ({
      label: cleanText(nameOf(texts, each), LONGEST_NAME),
      token: tokens.sign({ ...about, caseId: each.id }),
    }),
  );
  return [
    { kind: "heading", text: texts.text("cases.list") },
    note(texts.text("cases.list.order", range)),
    { kind: "facts", rows },
    { kind: "actions", options },
  ];
}

/** "#17 Dana" and "overdue since Mon, 17:00 · 3/10 (NPS) · Acme Corp · Kim", for each. */
export function caseRows(
  texts: Texts,
  listed: readonly ListedCase[],
  now: Date,
  timeZone: string,
): (readonly [name: string, state: string])[] {
  return listed.map((each) => [nameOf(texts, each), stateOf(texts, each, now, timeZone)]);
}

function nameOf(texts: Texts, { number, person }: ListedCase): string {
  return `#${number} ${person ?? texts.text("case.nobody")}`;
}

function stateOf(texts: Texts, listed: ListedCase, now: Date, timeZone: string): string {
  const { metric, score, account, owner } = listed;
  return [
    waitsFor(texts, listed, now, timeZone),
    ...(metric === null || score === null ? [] : [namedAnswer(texts, metrics[metric], score)]),
    ...(account === null ? [] : [account]),
    owner ?? texts.text("case.owner.nobody"),
  ].join(" · ");
}

function waitsFor(
  texts: Texts,
  { state, snoozedUntil, waitingSince, dueAt }: ListedCase,
  now: Date,
  timeZone: string,
): string {
  const when = (at: number) => sayMoment(new Date(at), "moment", texts.language, timeZone);
  if (state === "snoozed")
    return texts.text("case.state.snoozed", { when: when(snoozedUntil ?? 0) });
  if (waitingSince === null) return texts.text("case.state.answered");
  const key = dueAt <= now.getTime() ? "case.state.overdue" : "case.state.due";
  return texts.text(key, { when: when(dueAt) });
}

function note(text: string): Part {
  return { kind: "note", text };
}
