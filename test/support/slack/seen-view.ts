/** A modal or the App Home as a person sees it. */
import { pressables, textOf } from "./elements.ts";
import { type LiveTokens, liveIn, wordsIn } from "./looks.ts";
import type { Json, View } from "./model.ts";
import { inputsOf } from "./view-wire.ts";

export interface SeenField {
  readonly label: string;
  readonly blockId: string;
  readonly actionId: string;
  readonly type: string;
  readonly required: boolean;
  readonly multiline: boolean;
  readonly maxLength: number | undefined;
  readonly value: string | undefined;
}

export interface SeenView {
  readonly id: string;
  readonly hash: string;
  readonly callbackId: string;
  readonly privateMetadata: string;
  readonly title: string;
  readonly submit: string;
  readonly blocks: readonly Json[];
  readonly fields: readonly SeenField[];
  readonly words: string;
  readonly buttons: readonly string[];
  readonly live: LiveTokens;
}

export function seenView(view: View): SeenView {
  const { content } = view;
  const blocks: Json[] = Array.isArray(content.blocks) ? content.blocks : [];
  return {
    id: view.id,
    hash: view.hash,
    callbackId: String(content.callback_id ?? ""),
    privateMetadata: String(content.private_metadata ?? ""),
    title: textOf(content.title),
    submit: textOf(content.submit),
    blocks,
    fields: inputsOf(view).map(({ blockId, block, element }) => ({
      label: textOf(block.label),
      blockId,
      actionId: String(element.action_id),
      type: String(element.type),
      required: block.optional !== true,
      multiline: element.multiline === true,
      maxLength: typeof element.max_length === "number" ? element.max_length : undefined,
      value: typeof element.initial_value === "string" ? element.initial_value : undefined,
    })),
    words: wordsIn(content),
    buttons: pressables(blocks).map(({ label }) => label),
    live: liveIn({ blocks }),
  };
}
