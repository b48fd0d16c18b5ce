/** How a survey will look, before anybody is asked. */
import { drawOutlines } from "../../charts/picture.ts";
import { type Language, languages, textsFor } from "../../locales/index.ts";
import { levels } from "../../metrics/metric.ts";
import type { Message, Option, Outline, Part } from "../../platform.ts";
import type { SurveyPlatform } from "../../surveys/check/check.ts";
import { languageWords } from "../../surveys/check/say-finding.ts";
import { surveyTexts } from "../../surveys/check/survey-texts.ts";
import type { SurveyDefinition } from "../../surveys/survey.ts";
import { previewMessages } from "./messages.ts";
import { outlineWords } from "./outline-words.ts";
import { type PreviewView, viewWord } from "./view.ts";

export interface PreviewRequest {
  readonly definition: SurveyDefinition;
  readonly company: string;
  readonly platforms: readonly SurveyPlatform[];
  readonly view: PreviewView;
  /** Of whoever looks at it: for our own words around it. */
  readonly reader: Language;
  /** False where none can be shown: then it is told in words. */
  readonly pictures: boolean;
  /** Makes the buttons that show another view; `word` goes into a token and comes back to readView. */
  readonly button: (label: string, word: string) => Option;
}

/** What one platform makes of the messages. */
interface Look {
  readonly label: string;
  readonly outlines: readonly Outline[];
}

/** Parts for a card: the picture (or words) of each platform, what does not fit, buttons to look at more. */
export async function previewSurvey(request: PreviewRequest): Promise<readonly Part[]> {
  const { platforms, view, reader } = request;
  const texts = textsFor(reader);
  const title = texts.text("preview.title", {
    stage: texts.text(`preview.stage.${view.stage}`),
    language: languageWords(texts, view.language),
  });
  const messages = previewMessages(request);
  const looks = platforms.map(({ label, outline }) => look(label, outline, messages));
  const shown = looks.length === 0 ? [{ label: "", outlines: messages.map(plainly) }] : looks;
  const notes = [
    ...(looks.length === 0 ? [texts.text("preview.no-platform")] : []),
    ...looks.flatMap(({ label: platform, outlines }) => {
      const n = outlines.flatMap(({ misfits }) => misfits).length;
      return n === 0 ? [] : [texts.text("preview.cut", { platform, n })];
    }),
  ];
  return [
    { kind: "text", text: title },
    ...(await shownParts(request, shown)),
    ...notes.map((text): Part => ({ kind: "note", text })),
    { kind: "actions", options: otherViews(request) },
  ];
}

function look(label: string, outline: SurveyPlatform["outline"], messages: readonly Message[]) {
  return { label, outlines: messages.map(outline) };
}

/** The picture with an alternative text that says the same; the words alone where none can be had. */
async function shownParts(
  { pictures, reader, view }: PreviewRequest,
  looks: readonly Look[],
): Promise<Part[]> {
  const texts = textsFor(reader);
  const [stage, language] = [
    texts.text(`preview.stage.${view.stage}`),
    languageWords(texts, view.language),
  ];
  const told = looks.map(({ label, outlines }) => ({
    label: label === "" ? "" : texts.text("preview.on", { platform: label }),
    words: outlines.map(({ blocks }) => outlineWords(blocks)).join("\n\n"),
    messages: outlines.map(({ blocks }) => blocks),
  }));
  const inWords = told.flatMap(({ label, words }): Part[] => [
    ...(label === "" ? [] : [{ kind: "text", text: label } as const]),
    { kind: "quote", text: words },
  ]);
  if (!pictures) return inWords;
  const alt = told.map(({ label, words }) => `${label}\n${words}`.trim()).join("\n\n");
  try {
    const input = { title: stage, subtitle: language, language: reader, alt, cards: told };
    return [{ kind: "picture", picture: await drawOutlines(input) }];
  } catch {
    return inWords; // it says the same
  }
}

/** Where no platform tells how it looks: the words as they are. */
function plainly({ parts }: Message): Outline {
  const blocks = parts.flatMap((part): Outline["blocks"] => {
    if (part.kind === "text") return [{ kind: "text", text: part.text, look: "plain" }];
    if (!("options" in part)) return [];
    return [{ kind: "buttons", labels: part.options.map(({ label }) => label) }];
  });
  return { blocks, misfits: [] };
}

/** Every stage in this language, and this stage in every language that it is worded in. */
function otherViews({ definition, view, reader, button }: PreviewRequest): Option[] {
  const texts = textsFor(reader);
  const words = surveyTexts(definition).map((text) => text.words);
  const spoken = languages.filter((each) => words.some((some) => some[each] !== undefined));
  const stages = (["first", ...levels] as const).filter((stage) => stage !== view.stage);
  return [
    ...stages.map((stage) =>
      button(texts.text(`preview.stage.${stage}`), viewWord({ ...view, stage })),
    ),
    ...spoken
      .filter((language) => language !== view.language)
      .map((language) => button(languageWords(texts, language), viewWord({ ...view, language }))),
  ];
}
