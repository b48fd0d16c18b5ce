/** The card of changes that do not fit any more: what somebody else saved, and what can be done now. */
import { sayMoment } from "../commands/moment.ts";
import type { Change, Conflict } from "../configuration/change.ts";
import type { Configuration } from "../configuration/configuration.ts";
import { type Bases, type Collision, onTop } from "../configuration/on-top.ts";
import { collisionRows } from "../configuration/say-change.ts";
import type { SaidRow } from "../configuration/say-fields.ts";
import { textsFor } from "../locales/index.ts";
import { lineMessage } from "../messages.ts";
import type { Message, Option, Part } from "../platform.ts";
import { keepOpenSet, type NewChangeSet } from "../store/change-sets.ts";
import { listVersions } from "../store/schedule-versions.ts";
import type { Db } from "../store/schema.ts";
import { listSurveyVersions } from "../store/survey-versions.ts";
import { type CardContext, setButton, text, whatChanges } from "./change-card.ts";
import { sayWhoOf } from "./change-people.ts";

/**
 * Says who saved what, what of both collides, and what can be done. What would fit is kept as a set of its
 * own, so that a press puts on top just what was shown; the draft stays open.
 */
export async function conflictCard(
  context: CardContext,
  now: Configuration,
  conflicts: readonly Conflict[],
  wanted: NewChangeSet,
): Promise<Message> {
  const { db, reader } = context;
  const texts = textsFor(reader.language);
  const bases = await basesOf(db, reader.workspace.id, wanted.changes);
  if (conflicts.some(({ why }) => why === "last-admin")) {
    // It fits what is there, and no yes to it would help: somebody else has to be an admin first.
    const said = texts.text("change.conflict.last-admin");
    return lineMessage(reader.language, said);
  }
  const { changes, collisions, fits } = onTop(now, wanted.changes, bases);
  const offered = fits || (wanted.draftId !== undefined && collisions.length > 0);
  const id = offered
    ? await keepOpenSet(db, reader.workspace.id, "offered", { ...wanted, changes })
    : undefined;
  const said = await sayConflicts(context, conflicts, now, bases);
  const options: Option[] =
    id === undefined
      ? []
      : [
          ...(fits ? [setButton(context, id, "on-top")] : []),
          ...(wanted.draftId === undefined ? [] : [setButton(context, id, "rebase")]),
          setButton(context, id, "leave"),
        ];
  const heading = texts.text("change.conflict");
  const how = fits ? "fits" : collisions.length > 0 ? "collides" : "not";
  return {
    summary: heading,
    parts: [
      { kind: "heading", text: heading },
      ...said,
      ...(await sayOutcome(context, now, { changes, collisions, fits })),
      text(texts.text("change.conflict.how", { how, draft: wanted.draftId ? "yes" : "no" })),
      ...(options.length === 0 ? [] : [{ kind: "actions", options } as const]),
    ],
    locale: reader.language,
  };
}

async function sayOutcome(
  context: CardContext,
  now: Configuration,
  made: ReturnType<typeof onTop>,
): Promise<Part[]> {
  const texts = textsFor(context.reader.language);
  if (made.fits) {
    return [
      text(texts.text("change.conflict.together")),
      ...(await whatChanges(context, made.changes, now)),
    ];
  }
  const rows = made.collisions.flatMap((each: Collision): SaidRow[] => collisionRows(texts, each));
  if (rows.length === 0) return [];
  return [text(texts.text("change.conflict.collide")), { kind: "facts", rows }];
}

/** What stands in the way, thing by thing, and what to do about it. */
export async function sayConflicts(
  context: CardContext,
  conflicts: readonly Conflict[],
  now: Configuration,
  bases: Bases,
): Promise<Part[]> {
  const { db, reader } = context;
  const { language, workspace } = reader;
  const texts = textsFor(language);
  const by = conflicts.flatMap((each) => (each.why === "changed" ? [each.by] : []));
  const { who } = await sayWhoOf(db, workspace.id, texts, by);
  const parts: Part[] = [];
  for (const conflict of conflicts) {
    const { change } = conflict;
    switch (conflict.why) {
      case "changed": {
        const when = sayMoment(conflict.at, "moment", language, workspace.timeZone);
        const about = { what: nameOf(change), who: who(conflict.by), when };
        parts.push(text(texts.text("change.conflict.changed", about)));
        parts.push(...(await theirs(context, change, now, bases)));
        break;
      }
      case "asked-by": {
        const schedules = new Intl.ListFormat(language).format(conflict.schedules);
        const about = { what: nameOf(change), schedules };
        parts.push(text(texts.text("change.conflict.asked-by", about)));
        break;
      }
      default: {
        const about = { what: nameOf(change), kind: change.kind };
        parts.push(text(texts.text(`change.conflict.${conflict.why}`, about)));
      }
    }
  }
  return parts;
}

/** What somebody else made of what this change began with. */
async function theirs(
  context: CardContext,
  change: Change,
  now: Configuration,
  bases: Bases,
): Promise<Part[]> {
  const base = bases.get(change);
  if (base === undefined) return [];
  if (change.kind === "survey" && "questions" in base) {
    const definition = now.surveys.get(change.key)?.definition;
    if (definition === undefined) return [];
    const before = { surveys: new Map([[change.key, { definition: base }]]), schedules: new Map() };
    return whatChanges(context, [{ ...change, definition }], before);
  }
  if (change.kind === "schedule" && "trigger" in base) {
    const { name } = change.definition;
    const definition = now.schedules.get(name)?.definition;
    if (definition === undefined) return [];
    const before = { schedules: new Map([[name, { definition: base }]]), surveys: new Map() };
    return whatChanges(context, [{ ...change, definition }], before);
  }
  return [];
}

/** The key or the name of what it is about; "" for settings and roles. */
function nameOf(change: Change): string {
  switch (change.kind) {
    case "survey":
    case "survey-state":
      return change.key;
    case "schedule":
      return change.definition.name;
    case "schedule-state":
      return change.name;
    default:
      return "";
  }
}

/** The versions that changes began with. */
export async function basesOf(
  db: Db,
  workspaceId: number,
  changes: readonly Change[],
): Promise<Bases> {
  const bases = new Map<Change, ReturnType<Bases["get"]>>();
  for (const change of changes) {
    if (change.kind !== "survey" && change.kind !== "schedule") continue;
    const versions =
      change.kind === "survey"
        ? await listSurveyVersions(db, workspaceId, change.key)
        : await listVersions(db, workspaceId, change.definition.name);
    bases.set(change, versions.find(({ version }) => version === change.base)?.definition);
  }
  return bases;
}
