/** What is kept about somebody, as they read it, beside the file that programs read. Pure. */
import { sayMoment } from "../commands/moment.ts";
import { namedAnswer } from "../commands/summary/figures.ts";
import { type Language, type TextKey, type Texts, textsFor } from "../locales/index.ts";
import { metricNames } from "../metrics/metric.ts";
import { metrics } from "../metrics/registry.ts";
import type { Message, Part } from "../platform.ts";
import { wordsIn } from "../surveys/survey.ts";
import type { OwnAnswer, OwnData } from "./my-data.ts";

/** So many answers are shown; all of them are in the file. */
const SHOWN_ANSWERS = 10;

interface Spoken {
  readonly language: Language;
  readonly timeZone: string;
}

/** The summary in words, and the whole as `my-data.json`. */
export function ownDataMessage(data: OwnData, spoken: Spoken): Message {
  const texts = textsFor(spoken.language);
  const title = texts.text("rights.data.title");
  return {
    summary: title,
    parts: [
      { kind: "heading", text: title },
      { kind: "facts", rows: rowsOf(data, texts, spoken) },
      ...answerParts(data, texts, spoken),
      { kind: "note", text: texts.text("rights.data.file") },
      {
        kind: "file",
        file: {
          name: "my-data.json",
          title: texts.text("rights.data.file.title"),
          mediaType: "application/json",
          bytes: new TextEncoder().encode(`${JSON.stringify(data, null, 2)}\n`),
        },
      },
    ],
    locale: spoken.language,
  };
}

function rowsOf(data: OwnData, texts: Texts, spoken: Spoken): (readonly [string, string])[] {
  const row = (key: TextKey, value: string) =>
    value === "" ? [] : [[texts.text(key), value] as const];
  const count = (key: TextKey, n: number) => row(key, n === 0 ? "" : String(n));
  return [
    ...row("rights.data.name", data.names.join(", ")),
    ...row("rights.data.email", data.emails.join(", ")),
    ...row("rights.data.platforms", data.platforms.join(", ")),
    ...row("rights.data.since", day(data.since, spoken)),
    ...row("rights.data.consent", consentText(data, texts, spoken)),
    ...count("rights.data.asked", data.asked),
    ...count("rights.data.answers", data.answers.length),
    ...count("rights.data.chats", data.chats),
    ...count("rights.data.cases", data.cases),
    ...count("rights.data.quotes", data.quotes),
  ];
}

/** A pause that is over is none. */
function consentText(data: OwnData, texts: Texts, spoken: Spoken): string {
  const { consent, pausedUntil, madeAt } = data;
  const paused = consent === "paused" && pausedUntil !== null && pausedUntil > madeAt;
  if (consent === "never") return texts.text("rights.data.consent.never");
  if (!paused) return texts.text("rights.data.consent.open");
  return texts.text("rights.data.consent.paused", { day: day(pausedUntil, spoken) });
}

function answerParts({ answers }: OwnData, texts: Texts, spoken: Spoken): Part[] {
  if (answers.length === 0) return [];
  const shown = answers.slice(-SHOWN_ANSWERS).toReversed();
  return [
    {
      kind: "text",
      text: texts.text(
        shown.length < answers.length ? "rights.data.answers.newest" : "rights.data.answers",
      ),
    },
    ...shown.map((answer) => answerPart(answer, texts, spoken)),
  ];
}

function answerPart(answer: OwnAnswer, texts: Texts, spoken: Spoken): Part {
  const when = day(answer.answeredAt, spoken);
  if (answer.text !== null) return { kind: "quote", text: answer.text, by: when };
  return { kind: "text", text: `${given(answer, texts)} · ${when}` };
}

function given(answer: OwnAnswer, texts: Texts): string {
  const { metric, score, choice, chosen } = answer;
  if (chosen !== undefined) return wordsIn(chosen, texts.language, answer);
  const name = metricNames.find((each) => each === metric);
  if (name !== undefined && score !== null) return namedAnswer(texts, metrics[name], score);
  if (choice === "yes" || choice === "no") return texts.text(`ask.contact.${choice}`);
  return choice ?? String(score ?? "");
}

function day(time: string, { language, timeZone }: Spoken): string {
  return sayMoment(new Date(time), "day", language, timeZone);
}
