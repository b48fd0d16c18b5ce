/** What an unclear answer of a choice is: one that there was, or a new one. */
import type { DraftStep } from "../draft-kind.ts";
import { type At, kept, mainCard } from "./at.ts";
import type { SurveyDraft } from "./content.ts";
import { takenKeys } from "./facts.ts";
import { missingOptions, settleRow, unclearRow } from "./options.ts";
import { pendingOptions } from "./pending-screen.ts";
import type { TakenKeys } from "./submit.ts";
import { newOptionKey, settled, takenOf } from "./submit-options.ts";

/** `undefined` for every other press. */
export function pressPending(at: At): Promise<DraftStep> | undefined {
  const { action, draft } = at;
  if (action !== "same" && action !== "fresh" && action !== "unclear-no") return undefined;
  const { pending: _, ...rest } = draft.content;
  if (draft.content.pending === undefined) return mainCard(at);
  if (action === "unclear-no") return kept(at, rest, mainCard);
  return settle(at);
}

async function settle(at: At): Promise<DraftStep> {
  const taken = await takenKeys(at.context, at.draft);
  const content = told(at.draft.content, at.action === "same" ? at.value : undefined, taken);
  return content === undefined ? mainCard(at) : kept(at, content, mainCard);
}

/** The content once one row is told: it was this option, or it is a new one. Pure. */
export function told(
  content: SurveyDraft,
  same: string | undefined,
  taken: TakenKeys,
): SurveyDraft | undefined {
  const { pending } = content;
  const before = pendingOptions(content);
  const row = pending && unclearRow(before, pending.rows);
  if (pending === undefined || row === undefined) return undefined;
  const { question, rows, shown } = pending;
  // A button of a card that is older than the answer to it.
  if (same !== undefined && !missingOptions(before, rows).some(({ key }) => key === same))
    return undefined;
  const used = new Set([...takenOf(taken, question), ...rows.flatMap(({ key }) => key ?? [])]);
  const key = same ?? newOptionKey(question, row.words, used);
  return settled(content, question, settleRow(rows, key), taken, shown);
}
