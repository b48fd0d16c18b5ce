/** For long stories as people: the languages they are played in, others at each run. */
import { type Language, languages } from "../../src/locales/index.ts";

const AT_ONCE = 2;

/** Two of them; STORY_LANGUAGES=all plays all. Texts themselves are compared elsewhere in all. */
export const drawnLanguages: readonly Language[] =
  process.env.STORY_LANGUAGES === "all"
    ? languages
    : [...languages].sort(() => Math.random() - 0.5).slice(0, AT_ONCE);
