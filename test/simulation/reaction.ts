/** What people do with what is said to them. */
import type { Option, Part } from "../../src/platform.ts";
import type { Tokens } from "../../src/surveys/tokens.ts";
import type { SentMessage } from "../support/messenger.ts";
import type { Dice } from "../support/random.ts";
import type { Human } from "./population.ts";

/** Something that somebody does after a while. */
export interface Reaction {
  readonly afterMs: number;
  readonly does: { readonly presses: string } | { readonly writes: string };
}

/** What they do about a message; undefined: nothing, as often as not. */
export function reactTo(
  { message }: SentMessage,
  human: Human,
  tokens: Tokens,
  dice: Dice,
): Reaction | undefined {
  const answers = optionsWith(message.parts, tokens, "answer");
  if (answers.length === 0 || !dice.chance(human.responsive)) return undefined;
  const afterMs = Math.round(dice.wait(human.slowness));
  const whim = dice.number();
  if (whim < 0.02) return { afterMs, does: { writes: "stop" } };
  if (whim < 0.05) return { afterMs, does: { writes: "not now" } };
  if (whim < 0.1) return { afterMs, does: { writes: "later" } };
  if (whim < 0.12) return { afterMs, does: { writes: "pause 30 days" } };
  const spread = Math.floor(human.mood * answers.length + dice.whole(-1, 1));
  const answer = answers[Math.min(Math.max(spread, 0), answers.length - 1)];
  return answer && { afterMs, does: { presses: answer.token } };
}

function optionsWith(parts: readonly Part[], tokens: Tokens, verb: string): Option[] {
  return parts
    .flatMap((part) => ("options" in part ? part.options : []))
    .filter(({ token }) => tokens.verify(token)?.verb === verb);
}
