/** "Try it on me": the draft as it is now, asked in a direct message, in one of its languages. */
import { startTrial } from "../../inbox/start-trial.ts";
import { languageName } from "../../locales/language-name.ts";
import { readDefinition } from "../../surveys/survey.ts";
import type { DraftStep } from "../draft-kind.ts";
import { type At, shown } from "./at.ts";
import { loadFacts } from "./facts.ts";
import { tryScreen } from "./part-screens.ts";
import { editorCard } from "./screen.ts";

export async function pressTry(at: At): Promise<DraftStep> {
  const { context, drawing, draft } = at;
  const { content } = draft;
  const { texts, language } = drawing;
  const again = async (said: string) =>
    shown(editorCard(drawing, draft, await loadFacts(context, draft), [said]));
  const definition = readDefinition(content.definition);
  if (definition === undefined) return again(texts.text("survey.try.words-missing"));
  const [only, ...others] = content.languages;
  if (at.value === undefined && others.length > 0) return shown(tryScreen(drawing, draft));
  const tag = at.value === undefined ? only : content.languages[Number(at.value)];
  if (tag === undefined) return shown(tryScreen(drawing, draft));
  const wanted = { key: content.key, definition, tag };
  const sent = await startTrial(context.engine, context.work, context, wanted);
  const asked = texts.text("survey.try.sent", { language: languageName(tag, language) });
  return again(sent ? asked : texts.text("survey.try.nobody"));
}
