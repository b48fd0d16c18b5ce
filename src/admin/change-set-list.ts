/** `/aftertalk undo`: what waits for a second admin, and what was changed in the last 24 hours. */
import { sayMoment } from "../commands/moment.ts";
import { sayChanges } from "../configuration/say-change.ts";
import { type Texts, textsFor } from "../locales/index.ts";
import type { Message, Part } from "../platform.ts";
import { type ChangeSet, listChangeSets } from "../store/change-sets.ts";
import type { AdminAction } from "./admin-action.ts";
import { turnButtons } from "./admin-pages.ts";
import { beforeOf, type CardContext, setButton, UNDO_MS } from "./change-card.ts";
import { peopleIn, sayWhoOf } from "./change-people.ts";
import { canUndo } from "./change-set-card.ts";
import { clipSides } from "./shortened.ts";
import { clip } from "./survey/drawing.ts";

export const LIST_CHANGES = "changes";
const PAGE = 5;
/** So many rows of each, and so much of their words: all of it is on its own card. */
const ROWS = 3;
const MOST = 60;
const MOST_TITLES = 160;

export const listChangesAction: AdminAction = {
  roles: ["admin"],
  screen: (context, { value }) => changesPage(context, Number(value ?? "0")),
};

export async function changesPage(context: CardContext, page: number): Promise<Message> {
  const { db, now, reader } = context;
  const { language, workspace } = reader;
  const texts = textsFor(language);
  const since = new Date(now.getTime() - UNDO_MS);
  const states = ["proposed", "applied", "undone"] as const;
  const wanted = { states, since, limit: PAGE + 1, offset: page * PAGE };
  const sets = await listChangeSets(db, workspace.id, wanted);
  const heading = texts.text("changes.title");
  const shown = sets.slice(0, PAGE);
  const parts: Part[] = [{ kind: "heading", text: heading }];
  if (shown.length === 0) parts.push({ kind: "text", text: texts.text("changes.none") });
  for (const set of shown) parts.push(...(await listed(context, texts, set)));
  const more = sets.length > PAGE;
  return {
    summary: heading,
    parts: [...parts, ...turnButtons(context, { action: LIST_CHANGES, page, more })],
    locale: language,
  };
}

async function listed(context: CardContext, texts: Texts, set: ChangeSet): Promise<Part[]> {
  const { db, now, reader } = context;
  const { language, workspace } = reader;
  const { changes = [], undo = [] } = set;
  const ids = [set.by, set.decidedBy ?? "", ...peopleIn(changes)];
  const { names, who } = await sayWhoOf(db, workspace.id, texts, ids);
  const said = sayChanges(texts, changes, beforeOf(undo), names);
  const titles = new Intl.ListFormat(language).format(said.map(({ title }) => title));
  const what = clip(titles, MOST_TITLES);
  const when = sayMoment(set.at, "moment", language, workspace.timeZone);
  const about = { what: what || texts.text("change.field.other"), name: who(set.by), when };
  const other = who(set.decidedBy ?? set.by);
  const line = texts.text("changes.row", { ...about, state: set.state, other });
  const action = set.state === "proposed" ? "look" : canUndo(set, now) ? "undo" : undefined;
  const first = said
    .flatMap(({ rows }) => rows)
    .slice(0, ROWS)
    .map(([label, value]) => [clip(label, MOST), clipSides(texts, value, MOST)] as const);
  return [
    { kind: "text", text: line },
    ...(first.length === 0 ? [] : [{ kind: "facts", rows: first } as const]),
    ...(action === undefined
      ? []
      : [{ kind: "actions", options: [setButton(context, set.id, action)] } as const]),
  ];
}
