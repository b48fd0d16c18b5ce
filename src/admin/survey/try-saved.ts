/** A saved survey, tried on whoever asks for it. */
import type { Work } from "../../engine.ts";
import { startTrial } from "../../inbox/start-trial.ts";
import { textsFor } from "../../locales/index.ts";
import { languageName } from "../../locales/language-name.ts";
import type { Message } from "../../platform.ts";
import { readKeptSurvey } from "../../store/survey-versions.ts";
import { adminButton } from "../admin-action.ts";
import type { DraftContext } from "../draft-kind.ts";
import { languagesOf } from "./content.ts";
import { card, text } from "./drawing.ts";

/**
 * Asks it, in the reader's language where it has that; `language`: which of its languages, by number.
 * `undefined` when there is no such survey that can be read here.
 */
export async function trySaved(
  context: DraftContext & { readonly work: Work },
  key: string,
  language?: number | string,
): Promise<Message | undefined> {
  const { engine, db, work, reader } = context;
  const texts = textsFor(reader.language);
  const survey = await readKeptSurvey(db, reader.workspace.id, key);
  if (survey?.definition === undefined) return undefined;
  const { definition } = survey;
  const tags = languagesOf(definition);
  const wanted = typeof language === "number" ? tags[language] : language?.toLowerCase();
  const tag =
    tags.find((each) => each.toLowerCase() === wanted?.toLowerCase()) ??
    tags.find((each) => each === reader.language) ??
    tags[0] ??
    reader.language;
  const sent = await startTrial(engine, work, context, { key, definition, tag });
  const name = (each: string) => languageName(each, reader.language);
  const others = tags.flatMap((each, i) =>
    each === tag
      ? []
      : [adminButton(context, { label: name(each), action: `sv-try-${i}`, value: key })],
  );
  return card(
    { texts },
    texts.text("survey.try.title", { key }),
    text(
      sent
        ? texts.text("survey.try.sent", { language: name(tag) })
        : texts.text("survey.try.nobody"),
    ),
    others.length === 0
      ? []
      : [
          ...text(texts.text("survey.try.others")),
          { kind: "choices", options: others.slice(0, 25) },
        ],
  );
}
