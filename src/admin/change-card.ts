/** The card after a change: what holds now, and for how long it can be undone. */
import type { Change } from "../configuration/change.ts";
import type { Configuration } from "../configuration/configuration.ts";
import { changeParts, sayChanges } from "../configuration/say-change.ts";
import { textsFor } from "../locales/index.ts";
import { lineMessage } from "../messages.ts";
import type { Message, Option } from "../platform.ts";
import type { ChangeOutcome } from "../store/configuration.ts";
import { namesOf } from "../store/preview.ts";
import { NO_INVITATION } from "../surveys/tokens.ts";
import { sayWhen } from "../surveys/when.ts";
import type { DraftContext } from "./draft-kind.ts";

/** So long a change can be undone with a button. */
export const UNDO_MS = 24 * 60 * 60 * 1000;

type Applied = Extract<ChangeOutcome, { kind: "applied" }>;

export async function appliedCard(
  context: DraftContext,
  made: {
    readonly before: Configuration;
    readonly changes: readonly Change[];
    readonly outcome: Applied;
  },
): Promise<Message> {
  const { db, now, reader } = context;
  const { language, workspace } = reader;
  const texts = textsFor(language);
  const { outcome, changes, before } = made;
  if (outcome.undo.length === 0) return lineMessage(language, texts.text("change.applied.nothing"));
  const names = await namesOf(db, workspace.id, peopleIn(changes));
  const said = sayChanges(texts, changes, before, names);
  const keys = new Intl.ListFormat(language).format(outcome.newSeries.map(({ key }) => key));
  const until = sayWhen(new Date(now.getTime() + UNDO_MS), now, language, workspace.timeZone);
  return {
    summary: texts.text("change.applied"),
    parts: [
      { kind: "heading", text: texts.text("change.applied") },
      ...changeParts(said),
      ...(keys === ""
        ? []
        : [{ kind: "text", text: texts.text("change.new-series", { keys }) } as const]),
      { kind: "note", text: texts.text("change.undo.until", { when: until }) },
      { kind: "actions", options: [undoButton(context, outcome.id)] },
    ],
    locale: language,
  };
}

export function undoButton(
  { engine, reader }: Pick<DraftContext, "engine" | "reader">,
  changeSetId: string,
): Option {
  const texts = textsFor(reader.language);
  const token = engine.tokens.sign({
    ...{ workspaceId: reader.workspace.id, invitationId: NO_INVITATION, changeSetId },
    ...{ verb: "change-set", question: "undo" },
  });
  return { label: texts.text("change.undo"), hint: texts.text("change.undo.hint"), token };
}

/** Whose roles change. */
export function peopleIn(changes: readonly Change[]): string[] {
  return changes.flatMap((change) =>
    change.kind === "role" && change.subject.kind === "person" ? [change.subject.personId] : [],
  );
}
