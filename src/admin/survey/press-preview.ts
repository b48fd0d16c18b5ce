/** How the draft will look, on each platform on which people are asked. */
import type { DraftStep } from "../draft-kind.ts";
import { surveyPlatforms } from "../preview/platforms.ts";
import { previewSurvey } from "../preview/preview.ts";
import { readViewWord } from "../preview/view.ts";
import { type At, shown } from "./at.ts";
import { actions, card } from "./drawing.ts";

export async function pressPreview(at: At): Promise<DraftStep> {
  const { context, drawing, draft, event } = at;
  const { engine, reader } = context;
  const { definition } = draft.content;
  const { texts, button } = drawing;
  const title = texts.text("survey.edit.preview");
  const view = readViewWord(at.value) ?? { language: reader.language, stage: "first" };
  // Pictures are drawn when nobody waits for the transaction.
  const later = async () => {
    const parts = await previewSurvey({
      ...{ definition, view, reader: reader.language, company: reader.workspace.name },
      platforms: await surveyPlatforms(engine, engine.db, reader.workspace.id),
      pictures: event.pictures !== false,
      button: (label, word) => button(label, "pv", word),
    });
    const back = actions(button(texts.text("survey.edit.back"), "main"));
    return { kind: "update", message: card(drawing, title, parts, back) } as const;
  };
  return { ...shown(card(drawing, title)), later };
}
