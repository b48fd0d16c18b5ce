/** "Previous" and "Next" of a list that only admins see. */
import { textsFor } from "../locales/index.ts";
import type { Part } from "../platform.ts";
import { adminButton } from "./admin-action.ts";
import type { CardContext } from "./change-card.ts";

/** `about`: the id of what is kept of what the list is of. */
export function turnButtons(
  context: Pick<CardContext, "engine" | "reader">,
  list: {
    readonly action: string;
    readonly page: number;
    readonly more: boolean;
    readonly about?: string | undefined;
  },
): Part[] {
  const { action, page, more, about } = list;
  const texts = textsFor(context.reader.language);
  const turn = (to: number, key: "feedback.next" | "feedback.previous") => {
    const label = texts.text(key);
    return adminButton(context, { label, action, value: String(to), about });
  };
  const options = [
    ...(page > 0 ? [turn(page - 1, "feedback.previous")] : []),
    ...(more ? [turn(page + 1, "feedback.next")] : []),
  ];
  return options.length === 0 ? [] : [{ kind: "actions", options }];
}
