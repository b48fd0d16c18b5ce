/** What is left of a message that is more than Discord takes. Pure. */

import {
  type APIComponentInContainer,
  type APIMessageTopLevelComponent,
  ComponentType,
} from "discord.js";
import type { Part } from "../../../src/platform.ts";
import { mostThat } from "../../common/fitting.ts";

/** https://docs.discord.com/developers/components/reference: components of a message, all counted. */
const COMPONENTS = 40;
/** Same page, "Text Display": characters of all of them together. */
export const TEXT = 4000;
/** Shorter than this a text says nothing any more; then whole parts are left out. */
const SHORTEST = 40;

/** How closely a message is drawn. */
export interface How {
  /** No text is longer than this, in UTF-16 units. */
  readonly longest: number;
  /** Texts that follow one another are one. */
  readonly merged: boolean;
  /** Selects instead of buttons. */
  readonly compact: boolean;
}

export type Draw = (parts: readonly Part[], how: How) => APIMessageTopLevelComponent[];

const asItIs: How = { longest: TEXT, merged: false, compact: false };
const closest: How = { longest: SHORTEST, merged: true, compact: true };

/**
 * The components of all parts within what Discord takes. Too many: texts are put together, then
 * buttons into selects. Too long: the longest texts are cut first. Too much even so: parts are left
 * out from the end, those without buttons and files first.
 */
export function fitting(parts: readonly Part[], draw: Draw): APIMessageTopLevelComponent[] {
  const fits = (how: How, some = parts) => {
    const size = sizeOf(draw(some, how));
    return size.components <= COMPONENTS && size.text <= TEXT;
  };
  const ways = [asItIs, { ...asItIs, merged: true }, { ...asItIs, merged: true, compact: true }];
  const way = ways.find((how) => sizeOf(draw(parts, how)).components <= COMPONENTS) ?? closest;
  if (fits(way)) return draw(parts, way);
  if (fits({ ...way, longest: SHORTEST })) {
    const longest = mostThat((n) => fits({ ...way, longest: n }), SHORTEST, TEXT);
    return draw(parts, { ...way, longest });
  }
  const kept = mostThat((n) => fits(closest, withFirst(n, parts)), 0, parts.length);
  const some = withFirst(kept, parts);
  const few = mostThat((n) => fits(closest, some.slice(0, n)), 0, some.length);
  return draw(some.slice(0, few), closest);
}

/** The first `n` parts, and of the others what can be pressed or opened. */
function withFirst(n: number, parts: readonly Part[]): Part[] {
  return parts.filter((part, i) => i < n || "options" in part || part.kind === "file");
}

interface Size {
  readonly components: number;
  readonly text: number;
}

type Component = APIMessageTopLevelComponent | APIComponentInContainer;

/** How many components there are, those inside others too, and how long their texts are. */
function sizeOf(components: readonly Component[]): Size {
  return components.reduce<Size>(
    (sum, component) => {
      const size = sizeOfOne(component);
      return { components: sum.components + size.components, text: sum.text + size.text };
    },
    { components: 0, text: 0 },
  );
}

function sizeOfOne(component: Component): Size {
  switch (component.type) {
    case ComponentType.TextDisplay:
      return { components: 1, text: component.content.length };
    case ComponentType.ActionRow:
      return { components: 1 + component.components.length, text: 0 };
    case ComponentType.Section: {
      const { components, text } = sizeOf(component.components);
      return { components: components + 2, text };
    }
    case ComponentType.Container: {
      const { components, text } = sizeOf(component.components);
      return { components: components + 1, text };
    }
    default:
      return { components: 1, text: 0 };
  }
}
