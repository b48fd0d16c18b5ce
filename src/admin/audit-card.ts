/** `/aftertalk audit`: who changed what, what was there before, and when; the newest first. */
import { sayMoment } from "../commands/moment.ts";
import { sayAction, sayDetails } from "../configuration/say-audit.ts";
import { type Texts, textsFor } from "../locales/index.ts";
import type { Period } from "../metrics/period.ts";
import { periodKey, readPeriodKey } from "../metrics/period-key.ts";
import type { Message, Part } from "../platform.ts";
import { type AuditLine, newestAudit } from "../store/audit.ts";
import type { AdminAction } from "./admin-action.ts";
import { turnButtons } from "./admin-pages.ts";
import type { CardContext } from "./change-card.ts";

export const LIST_AUDIT = "audit";
const PAGE = 8;
/** So many fields of a line are shown. */
const FIELDS = 4;

export const listAuditAction: AdminAction = {
  roles: ["admin"],
  screen(context, { value = "0" }) {
    const cut = value.indexOf("-");
    const page = Number(cut < 0 ? value : value.slice(0, cut));
    const when = { now: context.now, timeZone: context.reader.workspace.timeZone };
    const period = cut < 0 ? undefined : readPeriodKey(value.slice(cut + 1), when);
    return auditPage(context, { period, words: [] }, page);
  },
};

export async function auditPage(
  context: CardContext,
  wanted: { readonly period: Period | undefined; readonly words: readonly string[] },
  page: number,
): Promise<Message> {
  const { db, reader } = context;
  const { language, workspace } = reader;
  const { period, words } = wanted;
  const texts = textsFor(language);
  const within = { from: period?.start, until: period?.end, words };
  const asked = { ...within, limit: PAGE + 1, offset: page * PAGE };
  const lines = await newestAudit(db, workspace.id, asked);
  const heading = texts.text("audit.title");
  const more = lines.length > PAGE;
  const also = period === undefined ? {} : { also: periodKey(period) };
  // Words fit into no button: there is one page of them.
  const turning =
    words.length === 0 ? turnButtons(context, { action: LIST_AUDIT, page, more, ...also }) : [];
  const cut = more && words.length > 0 ? [note(texts.text("audit.more"))] : [];
  const none = lines.length === 0 ? [note(texts.text("audit.none"))] : [];
  const said = lines.slice(0, PAGE).flatMap((line) => listed(texts, line, workspace.timeZone));
  return {
    summary: heading,
    parts: [{ kind: "heading", text: heading }, ...none, ...said, ...cut, ...turning],
    locale: language,
  };
}

function listed(texts: Texts, line: AuditLine, timeZone: string): Part[] {
  const when = sayMoment(line.at, "moment", texts.language, timeZone);
  const did = sayAction(texts, line);
  const rows = sayDetails(texts, line);
  const fields = rows.slice(0, FIELDS).map(([label, value]) => `${label}: ${value}`);
  const rest =
    rows.length > FIELDS ? [texts.text("audit.fields", { n: rows.length - FIELDS })] : [];
  return [
    { kind: "text", text: texts.text("audit.line", { when, name: actorName(texts, line), did }) },
    ...(fields.length === 0 ? [] : [note([...fields, ...rest].join("\n"))]),
  ];
}

function actorName(texts: Texts, { actor, actorName: name }: AuditLine): string {
  if (actor === "operator") return texts.text("change.operator");
  if (actor === "aftertalk") return texts.text("change.program");
  return name ?? texts.text("change.somebody");
}

function note(text: string): Part {
  return { kind: "note", text };
}
