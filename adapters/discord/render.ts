/** Our messages as Discord's components (V2), short enough for Discord to take them. Pure. */
import { type APIMessageTopLevelComponent, MessageFlags } from "discord.js";
import type { Message, Option, Part, Picture } from "../../src/platform.ts";
import { clean, cut } from "../common/text.ts";
import { withExamples } from "./render/examples.ts";
import { type Draw, fitting, TEXT } from "./render/fit.ts";
import { layOut, textDisplay } from "./render/layout.ts";
import { literal } from "./render/markdown.ts";

export { type PressedOption, readCustomId } from "./render/custom-id.ts";
export { renderForm } from "./render/forms.ts";

/** https://docs.discord.com/developers/resources/message, "Create Message" and "Attachment". */
const FILES = 10;
const ALT_TEXT = 1024;

/** What a message is made of, as Discord takes it: all but `files` is the body. */
export interface Rendered {
  readonly flags: MessageFlags.IsComponentsV2;
  readonly components: APIMessageTopLevelComponent[];
  /** Nobody is ever notified by what somebody wrote. */
  readonly allowed_mentions: { readonly parse: never[] };
  /** By the place of the file; of a message that is changed, no other ones stay. */
  readonly attachments: {
    readonly id: number;
    readonly filename: string;
    readonly description?: string;
  }[];
  readonly files: readonly RenderedFile[];
}

/** A file as discord.js's REST client sends it. */
export interface RenderedFile {
  readonly name: string;
  readonly data: Uint8Array;
  readonly contentType: string;
  readonly description: string;
}

export interface RenderOptions {
  /** For a direct message: the guild that its buttons belong to. */
  readonly guildId?: string;
  /** With its ending; default `picture.png`. */
  readonly pictureName?: string;
}

/** A message as `POST /channels/…/messages` and the answers to interactions take it. */
export function renderMessage(message: Message, options: RenderOptions = {}): Rendered {
  const pictures = picturesOf(message.parts, options.pictureName ?? "picture.png");
  const draw: Draw = (parts, how) =>
    layOut(parts, {
      ...how,
      guildId: options.guildId,
      fileOf: (picture) => pictures.get(picture) ?? "",
    });
  const parts = withoutRepeats(message.parts)
    .filter((part) => part.kind !== "picture" || pictures.has(part.picture))
    .map(withExamples);
  const components = fitting(parts, draw);
  return rendered(
    components.length > 0 ? components : lineOf(message.summary),
    filesIn(components, pictures),
  );
}

/** What all may see of a whisper; undefined for a message that has nothing of the kind. */
export function renderOpener(
  { opener }: Message,
  options: Pick<RenderOptions, "guildId"> = {},
): Rendered | undefined {
  if (opener === undefined) return undefined;
  const parts: Part[] = [
    { kind: "text", text: opener.says },
    { kind: "actions", options: [opener.option] },
  ];
  const { guildId } = options;
  return rendered(
    fitting(parts, (some, how) => layOut(some, { ...how, guildId, fileOf: () => "" })),
  );
}

/** One sentence of our own, without buttons. */
export function renderLine(text: string): Rendered {
  return rendered(lineOf(text));
}

function lineOf(text: string): APIMessageTopLevelComponent[] {
  return [textDisplay(literal(cut(clean(text), TEXT / 2)) || "…")];
}

function rendered(
  components: APIMessageTopLevelComponent[],
  files: readonly RenderedFile[] = [],
): Rendered {
  return {
    flags: MessageFlags.IsComponentsV2,
    components,
    allowed_mentions: { parse: [] },
    attachments: files.map(({ name, description }, id) => ({
      id,
      filename: name,
      ...(description === "" ? {} : { description }),
    })),
    files,
  };
}

/** The files that these components show. */
function filesIn(
  components: readonly APIMessageTopLevelComponent[],
  pictures: ReadonlyMap<Picture, string>,
): RenderedFile[] {
  const shown = JSON.stringify(components);
  return [...pictures]
    .filter(([, name]) => shown.includes(`"attachment://${name}"`))
    .map(([{ png, alt }, name]) => ({
      name,
      data: png,
      contentType: "image/png",
      description: cut(clean(alt), ALT_TEXT),
    }));
}

/** A button that is there twice would be refused, so the first of them is the only one. */
function withoutRepeats(parts: readonly Part[]): Part[] {
  const seen = new Set<string>();
  const isNew = ({ token }: Option) => !seen.has(token) && seen.add(token).has(token);
  return parts.map((part) =>
    "options" in part && part.kind !== "menu"
      ? { ...part, options: part.options.filter(isNew) }
      : part,
  );
}

/** The names of the files of a message, by its pictures. */
function picturesOf(parts: readonly Part[], name: string): Map<Picture, string> {
  const pictures = parts.flatMap((part) => (part.kind === "picture" ? [part.picture] : []));
  const own = [...new Set(pictures)].slice(0, FILES);
  return new Map(own.map((picture, i) => [picture, i === 0 ? name : `${i + 1}-${name}`]));
}
