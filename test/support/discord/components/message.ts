/** Components of messages: rows alone, or with flag 1 << 15 everything there is ("Component Reference"). */
import { z } from "zod";
import { parseForm, rule, text } from "../form.ts";
import type { Json } from "../model.ts";
import { button, id, kinds, providedSelects, stringSelect, textDisplay } from "./parts.ts";
import { checkWhole } from "./rules.ts";

/** "Action Row": five buttons, or one select. */
const row = z
  .strictObject({
    type: z.literal(kinds.row),
    id,
    components: z
      .array(z.discriminatedUnion("type", [button, stringSelect, ...providedSelects]))
      .min(1)
      .max(5),
  })
  .superRefine(({ components }, context) => {
    const selects = components.filter(({ type }) => type !== kinds.button);
    if (selects.length > 0 && components.length > 1) {
      rule(
        context,
        ["components"],
        "COMPONENT_LAYOUT_WIDTH_EXCEEDED",
        "The specified component exceeds the maximum width",
      );
    }
  });

/** "Unfurled Media Item": an address of at most 2048 characters, or a file of this very message. */
const media = z.strictObject({ url: text(1, 2048).regex(/^(https?|attachment):\/\//) });
const spoiler = z.boolean().optional();
/** "Thumbnail" and "Media Gallery": description 1024 characters; 1–10 items. */
const described = { media, description: text(1, 1024).nullish(), spoiler };
const thumbnail = z.strictObject({ type: z.literal(kinds.thumbnail), id, ...described });
const mediaGallery = z.strictObject({
  type: z.literal(kinds.mediaGallery),
  id,
  items: z.array(z.strictObject(described)).min(1).max(10),
});
/** "File": only a file of this message. */
const file = z.strictObject({
  type: z.literal(kinds.file),
  id,
  file: z.strictObject({ url: z.string().regex(/^attachment:\/\//) }),
  spoiler,
});
/** "Section": one to three texts beside a button or a thumbnail. */
const section = z.strictObject({
  type: z.literal(kinds.section),
  id,
  components: z.array(textDisplay).min(1).max(3),
  accessory: z.discriminatedUnion("type", [button, thumbnail]),
});
const separator = z.strictObject({
  type: z.literal(kinds.separator),
  id,
  divider: z.boolean().optional(),
  spacing: z.union([z.literal(1), z.literal(2)]).optional(),
});

const inner = [row, section, textDisplay, mediaGallery, file, separator] as const;
/** "Container": no container inside a container. */
const container = z.strictObject({
  type: z.literal(kinds.container),
  id,
  accent_color: z.int().min(0).max(0xffffff).nullish(),
  spoiler,
  components: z.array(z.discriminatedUnion("type", inner)).min(1),
});

/** Five rows without the flag ("Component Reference", section on legacy messages). */
const legacy = z.array(z.discriminatedUnion("type", [row])).max(5);
const modern = z.array(z.discriminatedUnion("type", [...inner, container]));

/** The components, or 50035. `files`: names of the files that come with the message or stay in it. */
export function checkComponents(value: unknown, v2: boolean, files: readonly string[]): Json[] {
  const components: Json[] = parseForm(v2 ? modern : legacy, value, ["components"]);
  checkWhole(components, files);
  return numbered(components);
}

/** Discord gives every component a number that has none. */
function numbered(components: readonly Json[]): Json[] {
  let next = 0;
  const number = (component: Json): Json => {
    next += 1;
    const { id: own, components: children, accessory } = component;
    return {
      ...component,
      id: own ?? next,
      ...(Array.isArray(children) ? { components: children.map(number) } : {}),
      ...(isComponent(accessory) ? { accessory: number(accessory) } : {}),
    };
  };
  return components.map(number);
}

const isComponent = (value: unknown): value is Json => typeof value === "object" && value !== null;
