/** Something else is measured: another first question, and of a saved survey one of its own. */
import type { DraftStep } from "../draft-kind.ts";
import { type At, mainCard, submitted } from "./at.ts";
import { takenNames } from "./begin.ts";
import { canMeasure, measureForm, submitMeasure } from "./measure.ts";
import { proposedKey } from "./templates.ts";

export async function pressMeasure(at: At): Promise<DraftStep> {
  const { drawing, draft, context } = at;
  const { content, base } = draft;
  if (!canMeasure(content)) return mainCard(at);
  const keys = await takenNames(context);
  const how = { texts: drawing.texts, company: context.reader.workspace.name };
  return submitted(
    at,
    (written) => measureForm(drawing, draft, proposedKey(content.key, keys), written),
    (values) => submitMeasure(how, content, values, { isNew: base === null, keys }),
    async (after) => {
      const update = { about: "", base: null };
      const step = await mainCard({ ...after, draft: { ...after.draft, ...update } });
      return { ...step, update };
    },
  );
}
