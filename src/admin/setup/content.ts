/** What a draft of a setup keeps, and what its cards are drawn with. */
import { z } from "zod";
import { type Change, readChanges } from "../../configuration/change.ts";
import { noAnswers, setupAnswers } from "../../configuration/setup/answers.ts";
import type { Message, Option, Part } from "../../platform.ts";
import { type DraftContext, draftButton, type OpenDraft } from "../draft-kind.ts";

/** The questions, and the proposal behind them. */
export const steps = ["goals", "places", "leads", "hours", "proposal"] as const;
export type Step = (typeof steps)[number];

const kept = z.strictObject({
  step: z.enum(steps),
  answers: setupAnswers,
  /** What was shown last: a yes is to this. */
  shown: z.unknown().optional(),
});

export interface SetupContent extends Omit<z.output<typeof kept>, "shown"> {
  readonly shown: readonly Change[] | undefined;
}
export type SetupDraft = OpenDraft<SetupContent>;

export const newContent: SetupContent = { step: "goals", answers: noAnswers, shown: undefined };

export function readContent(content: unknown): SetupContent | undefined {
  const { data } = kept.safeParse(content);
  if (data === undefined) return undefined;
  return { ...data, shown: data.shown === undefined ? undefined : readChanges(data.shown) };
}

/** What drawing a card needs. */
export type Drawing = Pick<DraftContext, "engine" | "db" | "now" | "reader">;

export function setupButton(
  drawing: Drawing,
  draft: SetupDraft,
  button: Omit<Option, "token"> & { readonly action: string; readonly value?: string },
): Option {
  return draftButton(drawing, draft.id, button);
}

/** A card of the setup: what it is, what there is to see, what can be done. */
export function setupCard(
  { reader }: Drawing,
  title: string,
  parts: readonly Part[],
  options: readonly Option[],
): Message {
  const actions: Part[] = options.length === 0 ? [] : [{ kind: "actions", options }];
  return {
    summary: title,
    parts: [{ kind: "heading", text: title }, ...parts, ...actions],
    locale: reader.language,
  };
}
