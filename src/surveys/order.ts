/** In which order the options of a choice are shown. Pure. */
import { createHash } from "node:crypto";
import { type ChoiceOption, type ChoiceQuestion, OTHER } from "./survey.ts";

/**
 * The options as this person sees them. `seed` is what they are mixed by (the invitation's id): the
 * order is the same whenever they are shown again, and any order is as likely as any other.
 */
export function shownOptions(question: ChoiceQuestion, seed: string): readonly ChoiceOption[] {
  const { options, order, key } = question;
  if (order === "given") return options;
  const weight = (option: ChoiceOption) =>
    createHash("sha256").update(`${seed}:${key}:${option.key}`).digest("hex");
  const mixed = options
    .filter((option) => option.key !== OTHER)
    .map((option) => [weight(option), option] as const)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([, option]) => option);
  return [...mixed, ...options.filter((option) => option.key === OTHER)];
}
