/** Our messages as Discord's components (V2), short enough for Discord to take them. Pure. */
import { type APIMessageTopLevelComponent, MessageFlags } from "discord.js";
import type { Message, Option, Part } from "../../src/platform.ts";
import { clean, cut } from "../common/text.ts";
import { withExamples } from "./render/examples.ts";
import { attachedTo, filesIn, namedFiles, type RenderedFile } from "./render/files.ts";
import { type Draw, fitting, TEXT } from "./render/fit.ts";
import { layOut, textDisplay } from "./render/layout.ts";
import { literal } from "./render/markdown.ts";

export { type PressedOption, readCustomId } from "./render/custom-id.ts";
export { renderForm } from "./render/forms.ts";

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

export interface RenderOptions {
  /** For a direct message: the guild that its buttons belong to. */
  readonly guildId?: string;
  /** With its ending; default `picture.png`. */
  readonly pictureName?: string;
}

/** A message as `POST /channels/…/messages` and the answers to interactions take it. */
export function renderMessage(message: Message, options: RenderOptions = {}): Rendered {
  const names = namedFiles(message.parts, options.pictureName ?? "picture.png");
  const draw: Draw = (parts, how) =>
    layOut(parts, {
      ...how,
      guildId: options.guildId,
      fileOf: (attached) => names.get(attached) ?? "",
    });
  const parts = withoutRepeats(message.parts)
    .filter((part) => attachedTo(part).every((attached) => names.has(attached)))
    .map(withExamples);
  const components = fitting(parts, draw);
  return rendered(
    components.length > 0 ? components : lineOf(message.summary),
    filesIn(components, names),
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
