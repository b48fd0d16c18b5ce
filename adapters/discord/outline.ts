/** How a message will look in Discord, read from its components. Pure. */
import {
  type APIComponentInContainer,
  type APIComponentInMessageActionRow,
  type APIMessageTopLevelComponent,
  ComponentType,
} from "discord.js";
import type { Message, Outline, OutlineBlock, OutlineLook } from "../../src/platform.ts";
import { misfitsIn } from "../common/misfits.ts";
import { renderMessage } from "./render.ts";

/** As in a direct message, where buttons carry the most. */
export function outlineMessage(message: Message): Outline {
  const { components } = renderMessage(message, { guildId: ANY_GUILD });
  const blocks = components.flatMap(outlined);
  return { blocks, misfits: misfitsIn(message, blocks) };
}

/** Of the length that ids have. */
const ANY_GUILD = "1000000000000000000";

function outlined(
  component: APIMessageTopLevelComponent | APIComponentInContainer,
): OutlineBlock[] {
  switch (component.type) {
    case ComponentType.TextDisplay:
      return textBlocks(component.content);
    case ComponentType.Container:
      return component.components.flatMap(outlined);
    case ComponentType.Section: {
      const { accessory } = component;
      const beside = accessory.type === ComponentType.Button ? controls([accessory]) : [];
      return [...component.components.flatMap(outlined), ...beside];
    }
    case ComponentType.ActionRow:
      return controls(component.components);
    case ComponentType.MediaGallery:
      return component.items.map((item) => ({ kind: "picture", alt: item.description ?? "" }));
    default:
      return [];
  }
}

/** Lines that look alike are one text. */
function textBlocks(content: string): OutlineBlock[] {
  const blocks: { kind: "text"; text: string; look: OutlineLook }[] = [];
  for (const line of content.split("\n")) {
    const { look, text } = lineLook(line);
    const last = blocks.at(-1);
    if (last?.look === look) blocks.splice(-1, 1, { ...last, text: `${last.text}\n${text}` });
    else if (text !== "") blocks.push({ kind: "text", text, look });
  }
  return blocks;
}

const marks: readonly (readonly [RegExp, OutlineLook])[] = [
  [/^### (.*)$/u, "heading"],
  [/^-# (.*)$/u, "small"],
  [/^> (.*)$/u, "quote"],
  [/^\*\*(.*)\*\*$/u, "bold"],
];

function lineLook(line: string): { readonly look: OutlineLook; readonly text: string } {
  for (const [mark, look] of marks) {
    const [, inner] = mark.exec(line) ?? [];
    if (inner !== undefined) return { look, text: unescaped(inner) };
  }
  return { look: "plain", text: unescaped(line) };
}

/** Markdown as it is read: links by their words, escaped signs as they are. */
function unescaped(markdown: string): string {
  return markdown
    .replace(/\[([^\]]*)\]\(<[^>]*>\)/gu, "$1")
    .replace(/(?<!\\)\*\*(.*?)(?<!\\)\*\*/gu, "$1")
    .replace(/\\([^\p{L}\p{N}\s])/gu, "$1");
}

function controls(components: readonly APIComponentInMessageActionRow[]): OutlineBlock[] {
  const labels = components.flatMap((each) =>
    each.type === ComponentType.Button && "label" in each ? [each.label ?? ""] : [],
  );
  const lists = components.flatMap((each): OutlineBlock[] =>
    each.type === ComponentType.StringSelect
      ? [
          {
            kind: "list",
            prompt: each.placeholder ?? "",
            options: each.options.map(({ label }) => label),
          },
        ]
      : [],
  );
  return [...(labels.length === 0 ? [] : [{ kind: "buttons" as const, labels }]), ...lists];
}
