/** The card after a change: what holds now, and for how long it can be undone. */
import type { Change } from "../configuration/change.ts";
import { type Before, changeParts, sayChanges } from "../configuration/say-change.ts";
import { textsFor } from "../locales/index.ts";
import { lineMessage } from "../messages.ts";
import type { Message, Option, Part } from "../platform.ts";
import type { ChangeOutcome } from "../store/configuration.ts";
import { namesOf } from "../store/preview.ts";
import { NO_INVITATION } from "../surveys/tokens.ts";
import { sayWhen } from "../surveys/when.ts";
import { peopleIn } from "./change-people.ts";
import type { DraftContext } from "./draft-kind.ts";

/** So long a change can be undone with a button. */
export const UNDO_MS = 24 * 60 * 60 * 1000;

type Applied = Extract<ChangeOutcome, { kind: "applied" }>;
/** What drawing a card about changes needs. */
export type CardContext = Pick<DraftContext, "engine" | "db" | "now" | "reader">;

/** `heading`: what happened, where it is more than that something was saved. */
export async function appliedCard(
  context: CardContext,
  made: {
    readonly before: Before;
    readonly changes: readonly Change[];
    readonly outcome: Applied;
    readonly heading?: string;
  },
): Promise<Message> {
  const { now, reader } = context;
  const { language, workspace } = reader;
  const texts = textsFor(language);
  const { outcome, changes, before } = made;
  if (outcome.undo.length === 0) return lineMessage(language, texts.text("change.applied.nothing"));
  const heading = made.heading ?? texts.text("change.applied");
  const keys = new Intl.ListFormat(language).format(outcome.newSeries.map(({ key }) => key));
  const until = sayWhen(new Date(now.getTime() + UNDO_MS), now, language, workspace.timeZone);
  return {
    summary: heading,
    parts: [
      { kind: "heading", text: heading },
      ...(await whatChanges(context, changes, before)),
      ...(keys === "" ? [] : [text(texts.text("change.new-series", { keys }))]),
      { kind: "note", text: texts.text("change.undo.until", { when: until }) },
      { kind: "actions", options: [setButton(context, outcome.id, "undo")] },
    ],
    locale: language,
  };
}

/** What changes, field by field, as parts of a card in the reader's language. */
export async function whatChanges(
  { db, reader }: CardContext,
  changes: readonly Change[],
  before: Before,
): Promise<Part[]> {
  const names = await namesOf(db, reader.workspace.id, peopleIn(changes));
  return changeParts(sayChanges(textsFor(reader.language), changes, before, names));
}

export function text(words: string): Part {
  return { kind: "text", text: words };
}

/** What a button does with a set of changes. */
export type SetAction =
  | "undo"
  | "approve"
  | "refuse"
  | "withdraw"
  | "on-top"
  | "rebase"
  | "leave"
  | "look"
  | "ahead";

export function setButton(
  { engine, reader }: Pick<DraftContext, "engine" | "reader">,
  changeSetId: string,
  action: SetAction,
): Option {
  const texts = textsFor(reader.language);
  const token = engine.tokens.sign({
    ...{ workspaceId: reader.workspace.id, invitationId: NO_INVITATION, changeSetId },
    ...{ verb: "change-set", question: action },
  });
  const label = texts.text(`change.${action}`);
  return {
    ...{ label, token },
    ...(action === "undo" ? { hint: texts.text("change.undo.hint") } : {}),
    ...(action === "leave" || action === "refuse" ? { tone: "danger" } : {}),
  };
}

/** What was there before changes that can be undone: their undo says it. */
export function beforeOf(undo: readonly Change[]): Before {
  const surveys = new Map<string, { definition: undefined | Defined<"survey"> }>();
  const schedules = new Map<string, { definition: undefined | Defined<"schedule"> }>();
  for (const change of undo) {
    const { kind } = change;
    if (kind === "survey") surveys.set(change.key, { definition: change.definition });
    if (kind === "schedule")
      schedules.set(change.definition.name, { definition: change.definition });
  }
  return { surveys, schedules };
}

type Defined<K extends "survey" | "schedule"> = Extract<Change, { kind: K }>["definition"];
