/** How a message will look in Slack, read from its blocks. Pure. */
import type { types } from "@slack/bolt";
import type { Message, Outline, OutlineBlock, OutlineLook } from "../../src/platform.ts";
import { misfitsIn } from "../common/misfits.ts";
import { renderMessage } from "./render.ts";

export function outlineMessage(message: Message): Outline {
  const blocks = renderMessage(message).blocks.flatMap(outlined);
  return { blocks, misfits: misfitsIn(message, blocks) };
}

function outlined(block: types.KnownBlock): OutlineBlock[] {
  switch (block.type) {
    case "header":
      return words("heading", block.text.text);
    case "section":
      return [...words("plain", block.text?.text ?? ""), ...controls([block.accessory])];
    case "context": {
      const small = block.elements.map((each) => ("text" in each ? unlinked(each.text) : ""));
      return words("small", small.filter((text) => text !== "").join(" "));
    }
    case "rich_text":
      return block.elements.flatMap((each) =>
        words(each.type === "rich_text_quote" ? "quote" : "plain", richWords(each)),
      );
    case "actions":
      return controls(block.elements);
    case "image":
      return [{ kind: "picture", alt: block.alt_text }];
    default:
      return [];
  }
}

function words(look: OutlineLook, text: string): OutlineBlock[] {
  return text === "" ? [] : [{ kind: "text", text, look }];
}

/** Of our own links the label, as it is read. */
function unlinked(text: string): string {
  const label = text.replace(/<[^|>]*\|([^>]*)>/gu, "$1");
  return label.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

function richWords(element: types.RichTextBlockElement): string {
  return element.elements
    .map((each) => ("elements" in each ? richWords(each) : "text" in each ? (each.text ?? "") : ""))
    .join("");
}

type Element = types.ActionsBlockElement | types.SectionBlockAccessory | undefined;

/** Buttons of one block stand beside each other. */
function controls(elements: readonly Element[]): OutlineBlock[] {
  const labels = elements.flatMap((each) => (each?.type === "button" ? [each.text.text] : []));
  const lists = elements.flatMap((each): OutlineBlock[] => {
    switch (each?.type) {
      case "static_select":
        return [{ kind: "list", prompt: each.placeholder?.text ?? "", options: labelsOf(each) }];
      case "overflow":
        return [{ kind: "list", prompt: "⋯", options: labelsOf(each) }];
      case "radio_buttons":
        return [{ kind: "list", prompt: "", options: labelsOf(each), open: true }];
      default:
        return [];
    }
  });
  return [...(labels.length === 0 ? [] : [{ kind: "buttons" as const, labels }]), ...lists];
}

function labelsOf({ options = [] }: { readonly options?: readonly types.Option[] }): string[] {
  return options.map(({ text }) => text.text);
}
