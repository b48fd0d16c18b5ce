/** The pictures and files that go with a message. Pure. */
import type { APIMessageTopLevelComponent } from "discord.js";
import type { Part } from "../../../src/platform.ts";
import { clean, cut } from "../../common/text.ts";
import type { Attached } from "./parts.ts";

/** https://docs.discord.com/developers/resources/message, "Create Message" and "Attachment". */
const FILES = 10;
const ALT_TEXT = 1024;
/** Discord renames a file whose name has anything else in it, and then no component shows it. */
const UNFIT = /[^\w.-]+/g;
const LONGEST_NAME = 100;

/** A file as discord.js's REST client sends it. */
export interface RenderedFile {
  readonly name: string;
  readonly data: Uint8Array;
  readonly contentType: string;
  readonly description: string;
}

/** What a message brings along → the name it is sent as, each only once. */
export function namedFiles(parts: readonly Part[], pictureName: string): Map<Attached, string> {
  const all = new Set(parts.flatMap(attachedTo));
  const taken = new Set<string>();
  const named = [...all].slice(0, FILES).map((attached, i): [Attached, string] => {
    const wanted = "png" in attached ? pictureName : fitting(attached.name);
    const name = taken.has(wanted) ? `${i + 1}-${wanted}` : wanted;
    taken.add(name);
    return [attached, name];
  });
  return new Map(named);
}

export function attachedTo(part: Part): Attached[] {
  if (part.kind === "picture") return [part.picture];
  return part.kind === "file" ? [part.file] : [];
}

function fitting(name: string): string {
  return name.replace(UNFIT, "_").slice(-LONGEST_NAME) || "file";
}

/** The files that these components show; one that none shows would never be seen. */
export function filesIn(
  components: readonly APIMessageTopLevelComponent[],
  names: ReadonlyMap<Attached, string>,
): RenderedFile[] {
  const shown = JSON.stringify(components);
  return [...names]
    .filter(([, name]) => shown.includes(`"attachment://${name}"`))
    .map(([attached, name]) => rendered(attached, name));
}

function rendered(attached: Attached, name: string): RenderedFile {
  if ("png" in attached) {
    const description = cut(clean(attached.alt), ALT_TEXT);
    return { name, data: attached.png, contentType: "image/png", description };
  }
  const { bytes: data, mediaType: contentType, title } = attached;
  return { name, data, contentType, description: cut(clean(title), ALT_TEXT) };
}
