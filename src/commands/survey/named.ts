/** Commands that are about one survey: by its key, or chosen from all of them. */
import { adminButton } from "../../admin/admin-action.ts";
import type { DraftContext } from "../../admin/draft-kind.ts";
import { card, text } from "../../admin/survey/drawing.ts";
import type { Engine } from "../../engine.ts";
import { textsFor } from "../../locales/index.ts";
import type { Message, Reply } from "../../platform.ts";
import { listKeptSurveys } from "../../store/survey-versions.ts";
import type { AdminRequest } from "../command.ts";
import { unknownWord } from "../unknown.ts";

export function contextOf(engine: Engine, request: AdminRequest): DraftContext {
  const { connection } = request;
  return { engine, db: engine.db, now: engine.clock.now(), reader: request, connection };
}

/** What stands behind the command: the key as keys are written, and the other words. */
export function wordsOf({ text: typed }: Pick<AdminRequest, "text">): [string, ...string[]] {
  const [key = "", ...others] = typed.trim().split(/\s+/u);
  return [key.toLowerCase(), ...others];
}

/**
 * The card of the survey that was named; without a key all of them to choose from, by the `action` of
 * their buttons; for a key of none the nearest one.
 */
export async function aboutSurvey(
  engine: Engine,
  request: AdminRequest,
  { action, example }: { readonly action: string; readonly example: string },
  cardOf: (key: string) => Promise<Message | undefined>,
): Promise<Reply> {
  const { language, workspace } = request;
  const [key] = wordsOf(request);
  const message = key === "" ? undefined : await cardOf(key);
  if (message !== undefined) return { kind: "message", message };
  const surveys = await listKeptSurveys(engine.db, workspace.id);
  const keys = surveys.flatMap((each) => (each.state === "archived" ? [] : each.key));
  if (key !== "") return unknownWord(language, key, keys, example);
  const texts = textsFor(language);
  const options = keys
    .slice(0, 25)
    .map((each) => adminButton({ engine, reader: request }, { label: each, action, value: each }));
  const pick = texts.text("survey.list.pick");
  return {
    kind: "message",
    message: card({ texts }, pick, text(texts.text("survey.which")), [
      { kind: "choices", options, pick },
    ]),
  };
}
