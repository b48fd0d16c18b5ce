/** Drafts of surveys. */
import { draftKind } from "../draft-kind.ts";
import { atPress } from "./at.ts";
import { readSurveyDraft } from "./content.ts";
import { drawingOf } from "./drawing.ts";
import { loadFacts } from "./facts.ts";
import { pressSurvey } from "./press.ts";
import { editorCard } from "./screen.ts";

export const surveyDrafts = draftKind({
  read: readSurveyDraft,
  async screen(context, draft) {
    return editorCard(drawingOf(context, draft.id), draft, await loadFacts(context, draft));
  },
  press: (context, press) => pressSurvey(atPress(context, press)),
});
