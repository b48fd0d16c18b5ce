/** "Previous" and "Next" of a list that only admins see. */
import { textsFor } from "../locales/index.ts";
import type { Part } from "../platform.ts";
import { adminButton } from "./admin-action.ts";
import type { CardContext } from "./change-card.ts";

/** `also`: what the list is of, behind the number of the page. */
export function turnButtons(
  context: Pick<CardContext, "engine" | "reader">,
  list: {
    readonly action: string;
    readonly page: number;
    readonly more: boolean;
    readonly also?: string;
  },
): Part[] {
  const { action, page, more, also } = list;
  const texts = textsFor(context.reader.language);
  const turn = (to: number, key: "feedback.next" | "feedback.previous") => {
    const value = also === undefined ? String(to) : `${to}-${also}`;
    return adminButton(context, { label: texts.text(key), action, value });
  };
  const options = [
    ...(page > 0 ? [turn(page - 1, "feedback.previous")] : []),
    ...(more ? [turn(page + 1, "feedback.next")] : []),
  ];
  return options.length === 0 ? [] : [{ kind: "actions", options }];
}
