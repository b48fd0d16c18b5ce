/** How a message will look on the playground's page, read from what the page is sent. Pure. */
import type { Message, Outline, OutlineBlock } from "../../src/platform.ts";
import { misfitsIn } from "../common/misfits.ts";
import type { ContentPart } from "./entries.ts";
import { renderMessage } from "./render.ts";

export function outlineMessage(message: Message): Outline {
  // Nothing is kept: a file is only named.
  const { content } = renderMessage(message, () => "");
  const blocks = content.parts.flatMap(outlined);
  return { blocks, misfits: misfitsIn(message, blocks) };
}

/** More than these are a list, as on the page (web/parts.ts). */
const MANY = 5;

function outlined(part: ContentPart): OutlineBlock[] {
  switch (part.kind) {
    case "heading":
      return [{ kind: "text", text: part.text, look: part.minor ? "bold" : "heading" }];
    case "text":
      return [{ kind: "text", text: part.text, look: "plain" }];
    case "note":
      return [{ kind: "text", text: part.text, look: "small" }];
    case "quote":
      return [{ kind: "text", text: part.text, look: "quote" }];
    case "scale":
      return [
        { kind: "buttons", labels: labelsOf(part) },
        { kind: "text", text: `${part.low} … ${part.high}`, look: "small" },
      ];
    case "choices":
      return part.pick !== undefined && part.options.length > MANY
        ? [{ kind: "list", prompt: part.pick, options: labelsOf(part), open: true }]
        : [{ kind: "buttons", labels: labelsOf(part) }];
    case "actions":
      return [{ kind: "buttons", labels: labelsOf(part) }];
    case "menu":
      return [{ kind: "list", prompt: part.label, options: labelsOf(part) }];
    case "picture":
      return [{ kind: "picture", alt: part.alt }];
    case "link":
      return [{ kind: "text", text: part.link.label, look: "small" }];
    case "facts": {
      const rows = part.rows.map(([label, value]) => `${label} ${value}`);
      return [{ kind: "text", text: rows.join("\n"), look: "plain" }];
    }
    case "bars":
    case "file":
      return [{ kind: "text", text: part.title, look: "plain" }];
  }
}

function labelsOf({ options }: { readonly options: readonly { readonly label: string }[] }) {
  return options.map(({ label }) => label);
}
