/** The days of a look ahead as a picture, in place of its bars. */
import { drawBars } from "../../charts/picture.ts";
import { type Language, textsFor } from "../../locales/index.ts";
import type { Log } from "../../log.ts";
import type { Message, Part } from "../../platform.ts";
import type { Preview } from "../../scheduling/preview/preview.ts";
import { sayDays, stretchesOf } from "./ahead-parts.ts";

/** Fewer than these are read faster as words. */
const FEWEST = 2;

/** The card with the picture; without it where it cannot be drawn: the bars say the same. */
export async function withPicture(
  card: Message,
  preview: Preview,
  language: Language,
  log: Log,
): Promise<Message> {
  const stretches = stretchesOf(preview);
  const at = card.parts.findIndex(({ kind }) => kind === "bars");
  if (at < 0 || stretches.length < FEWEST) return card;
  const texts = textsFor(language);
  const bars = stretches.map(({ first, last, asked, held }) => ({
    label: texts.text("ahead.picture.row", { days: sayDays(texts, first, last), held }),
    value: asked,
  }));
  const lines = bars.map(({ label, value }) => `${label}: ${value}`);
  try {
    const picture = await drawBars({
      ...{ title: preview.schedule, subtitle: texts.text("ahead.days"), language },
      ...{ alt: lines.join("; "), unit: "count", bars },
      labels: { noData: texts.text("ahead.nobody.short") },
    });
    const part: Part = { kind: "picture", picture };
    return { ...card, parts: card.parts.with(at, part) };
  } catch (error) {
    log.warn({ error: String(error) }, "a picture of a look ahead could not be drawn");
    return card;
  }
}
