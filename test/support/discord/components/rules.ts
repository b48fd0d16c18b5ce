/** What holds for all components of a message or modal together. */
import type { Json } from "../model.ts";
import { formError } from "../refusal.ts";
import { kinds } from "./parts.ts";

/** "Component Reference", section on messages: 40 components, those inside others counted too. */
const COMPONENTS = 40;
/** "Text Display": 4000 characters in all of a message. */
const TEXT = 4000;

export interface Placed {
  readonly component: Json;
  readonly path: readonly (string | number)[];
}

const isJson = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Every component with where it stands, those inside others too. */
export function walk(components: readonly unknown[], at: readonly (string | number)[]): Placed[] {
  return components.flatMap((component, index) => inside(component, [...at, index]));
}

function inside(component: unknown, path: readonly (string | number)[]): Placed[] {
  if (!isJson(component)) return [];
  const { components, accessory, component: one } = component;
  return [
    { component, path },
    ...(Array.isArray(components) ? walk(components, [...path, "components"]) : []),
    ...inside(accessory, [...path, "accessory"]),
    ...inside(one, [...path, "component"]),
  ];
}

/** Files of a new kind of message that no component shows: Discord keeps them, and nobody sees them. */
export function checkShown(components: readonly Json[], files: readonly string[]): void {
  const shown = walk(components, []).flatMap(({ component }) => attachmentNames(component));
  for (const name of files) {
    if (shown.includes(name)) continue;
    throw formError(["attachments"], "ATTACHMENT_NOT_SHOWN", `No component shows "${name}".`);
  }
}

export function checkWhole(components: readonly Json[], files: readonly string[]): void {
  const all = walk(components, ["components"]);
  if (all.length > COMPONENTS) {
    throw formError(
      ["components"],
      "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED",
      `The total number of components exceeds ${COMPONENTS}.`,
    );
  }
  const length = all.reduce((sum, { component: { type, content } }) => {
    return type === kinds.textDisplay ? sum + String(content).length : sum;
  }, 0);
  if (length > TEXT) {
    throw formError(
      ["components"],
      "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED",
      `The displayable text exceeds ${TEXT} characters.`,
    );
  }
  checkUnique(all, "custom_id", "COMPONENT_CUSTOM_ID_DUPLICATED");
  checkUnique(all, "id", "COMPONENT_ID_DUPLICATED");
  for (const { component, path } of all) {
    for (const name of attachmentNames(component)) {
      if (files.includes(name)) continue;
      throw formError(
        path,
        "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND",
        `There is no file "${name}".`,
      );
    }
  }
}

function checkUnique(all: readonly Placed[], field: "custom_id" | "id", code: string): void {
  const seen = new Set<unknown>();
  for (const { component, path } of all) {
    const value = component[field];
    if (value === undefined) continue;
    if (seen.has(value)) throw formError([...path, field], code, `This ${field} is used twice.`);
    seen.add(value);
  }
}

/** Files of the message that a component shows: `attachment://name`. */
function attachmentNames({ media, file, items }: Json): string[] {
  const holders: unknown[] = [media, file];
  if (Array.isArray(items)) holders.push(...items.map((item) => (isJson(item) ? item.media : {})));
  return holders
    .map((holder) => (isJson(holder) ? String(holder.url) : ""))
    .filter((url) => url.startsWith("attachment://"))
    .map((url) => url.slice("attachment://".length));
}
