/** `/aftertalk audit`: who changed what, what was there before, and when; the newest first. */
import { sayMoment } from "../commands/moment.ts";
import { periodLabel } from "../commands/view/period.ts";
import { sayAction, sayDetails } from "../configuration/say-audit.ts";
import { type Texts, textsFor } from "../locales/index.ts";
import { lineMessage } from "../messages.ts";
import type { Message, Part } from "../platform.ts";
import { type AuditLine, newestAudit } from "../store/audit-log.ts";
import { namesOf } from "../store/preview.ts";
import type { AdminAction } from "./admin-action.ts";
import { turnButtons } from "./admin-pages.ts";
import { findWanted, keepWanted, linesOf, type WantedLines } from "./audit-wanted.ts";
import type { CardContext } from "./change-card.ts";
import { clipSides } from "./shortened.ts";
import { clip } from "./survey/drawing.ts";

export const LIST_AUDIT = "audit";
const PAGE = 8;
/** So many characters fit on a card on every platform. */
const ROOM = 3000;
const SHORTEST = 40;
/** So much of a text and so many fields of a line are shown, the first that fit: the export has all. */
const SHOWN = [
  ...[400, 200, 120, 80, SHORTEST].map((most) => ({ most, fields: 4 })),
  ...[2, 1].map((fields) => ({ most: SHORTEST, fields })),
];

export const listAuditAction: AdminAction = {
  roles: ["admin"],
  async screen(context, { value = "0", about }) {
    const { language } = context.reader;
    const wanted = await findWanted(context, about);
    if (wanted === undefined) return lineMessage(language, textsFor(language).text("admin.gone"));
    return auditPage(context, wanted, Number.parseInt(value, 10) || 0);
  },
};

export async function auditPage(
  context: CardContext,
  wanted: WantedLines,
  page: number,
): Promise<Message> {
  const { db, reader } = context;
  const { language, workspace } = reader;
  const texts = textsFor(language);
  const asked = { ...linesOf(wanted, language), limit: PAGE + 1, offset: page * PAGE };
  const lines = await newestAudit(db, workspace.id, asked);
  const heading = await titleOf(context, wanted);
  const more = lines.length > PAGE;
  const about = page > 0 || more ? await keepWanted(context, wanted) : undefined;
  const none: Part[] = lines.length === 0 ? [{ kind: "note", text: texts.text("audit.none") }] : [];
  const shown = listed(texts, lines.slice(0, PAGE), workspace.timeZone);
  return {
    summary: heading,
    parts: [
      { kind: "heading", text: heading },
      ...none,
      ...shown,
      ...turnButtons(context, { action: LIST_AUDIT, page, more, about }),
    ],
    locale: language,
  };
}

/** "Who changed what · Surveys · Ada · “nps” · this week". */
async function titleOf({ db, reader }: CardContext, wanted: WantedLines): Promise<string> {
  const { language, workspace } = reader;
  const texts = textsFor(language);
  const { period, kinds, people, words } = wanted;
  const names = await namesOf(db, workspace.id, people.flat());
  return [
    texts.text("audit.title"),
    ...kinds.map((kind) => texts.text(`catalogue.choice.${kind}`)),
    ...people.map(([id = ""]) => names.get(id) ?? texts.text("change.somebody")),
    ...(words.length === 0
      ? []
      : [texts.text("feedback.searched", { words: clip(words.join(" "), SHORTEST) })]),
    ...(period === undefined ? [] : [periodLabel(period, language)]),
  ].join(" · ");
}

/** The lines with what was before and after, as long as there is room for all of them. */
function listed(texts: Texts, lines: readonly AuditLine[], timeZone: string): Part[] {
  let parts: { readonly kind: "text" | "note"; readonly text: string }[] = [];
  for (const shown of SHOWN) {
    const said = lines.map((line) => lineParts(texts, line, { timeZone, ...shown }));
    parts = said.flatMap((each) => each.parts);
    if (said.some(({ isCut }) => isCut))
      parts.push({ kind: "note", text: texts.text("audit.cut") });
    if (parts.reduce((size, { text }) => size + text.length, 0) <= ROOM) break;
  }
  return parts;
}

/** `isCut`: there is more of it than stands here. */
function lineParts(
  texts: Texts,
  line: AuditLine,
  shown: { readonly timeZone: string } & (typeof SHOWN)[number],
) {
  const { timeZone, most } = shown;
  const when = sayMoment(line.at, "moment", texts.language, timeZone);
  const name = clip(actorName(texts, line), SHORTEST);
  const action = sayAction(texts, line);
  const did = clip(action, 2 * most);
  const rows = sayDetails(texts, line);
  const fields = rows.slice(0, shown.fields).map(([label, value]) => {
    return `${clip(label, most)}: ${clipSides(texts, value, most)}`;
  });
  const n = rows.length - shown.fields;
  const all = [...fields, ...(n > 0 ? [texts.text("audit.fields", { n })] : [])].join("\n");
  const parts = [
    { kind: "text", text: texts.text("audit.line", { when, name, did }) } as const,
    ...(all === "" ? [] : [{ kind: "note", text: all } as const]),
  ];
  const isCut = n > 0 || [did, ...fields].some((each) => each.includes("…"));
  return { parts, isCut };
}

function actorName(texts: Texts, { actor, actorName: name }: AuditLine): string {
  if (actor === "operator") return texts.text("change.operator");
  if (actor === "aftertalk") return texts.text("change.program");
  return name ?? texts.text("change.somebody");
}
