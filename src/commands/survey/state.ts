/** What `/survey pause`, `resume` and `archive` have in common: the survey that is named, or which. */
import { stateCard, whichCard } from "../../admin/survey-state/state-card.ts";
import type { State } from "../../configuration/change.ts";
import type { Engine } from "../../engine.ts";
import type { Reply } from "../../platform.ts";
import { listKeptSurveys } from "../../store/survey-versions.ts";
import type { AdminRequest } from "../command.ts";
import { unknownWord } from "../unknown.ts";

/** So many keys are given as examples. */
const EXAMPLES = 3;

/** The card of the survey that was named; a list of them when none was. */
export async function askForState(
  engine: Engine,
  { text, ...reader }: AdminRequest,
  { command, to }: { readonly command: string; readonly to: State },
): Promise<Reply> {
  const drawing = { engine, db: engine.db, reader };
  const word = text.trim().toLowerCase();
  if (word === "") return { kind: "message", message: await whichCard(drawing, to) };
  const keys = (await listKeptSurveys(engine.db, reader.workspace.id)).map(({ key }) => key);
  if (!keys.includes(word)) {
    const examples = keys.slice(0, EXAMPLES).map((key) => `/survey ${command} ${key}`);
    return unknownWord(reader.language, text.trim(), keys, examples.join(" · "));
  }
  return { kind: "message", message: await stateCard(drawing, word, to) };
}
