/**
 * Commands of operational figures: read, put on a card, with a picture, or as JSON. The definitions of
 * all of them are in docs/operations.md.
 */
import type { Language } from "../../locales/index.ts";
import type { Message, Picture } from "../../platform.ts";
import {
  type Command,
  figureRoles,
  type ReadContext,
  type Reader,
  readerRoles,
} from "../command.ts";
import { scopeRefusal } from "../scope.ts";
import { picksOwn, singleRefusal } from "../single-answers.ts";
import type { CardPicture } from "../summary/card.ts";
import { type Grammar, readView, type View } from "../view.ts";

/** One of them. `Loaded` is everything that its card says. */
export interface OperationParts<Loaded> {
  readonly name: string;
  readonly grammar: Grammar;
  /** True: it is about all customers, and nobody sees it who sees a part only. */
  readonly ofEverything?: true;
  /** True: it shows scores by parts, so that readers without single answers pick nothing. */
  readonly ofParts?: true;
  load(context: ReadContext, reader: Reader, view: View): Promise<Loaded>;
  card(loaded: Loaded, language: Language, picture: CardPicture): Message;
  /** Undefined when there is nothing to draw. */
  draw(loaded: Loaded, language: Language): Promise<Picture> | undefined;
  /** For machines: numbers are unrounded. */
  json(loaded: Loaded): unknown;
}

export type Answered =
  | { readonly ok: true; readonly message: Message; readonly json: unknown }
  | { readonly ok: false; readonly refusal: Message };

/** An operation as the command line and the chat commands run it. */
export interface Operation {
  readonly command: Command;
  answer(
    context: ReadContext,
    reader: Reader,
    asked: { readonly text: string; readonly pictures: boolean },
  ): Promise<Answered>;
}

export function createOperation<Loaded>(parts: OperationParts<Loaded>): Operation {
  const { name, grammar } = parts;
  const answer: Operation["answer"] = async (context, reader, { text, pictures }) => {
    const read = await readView(context, reader, text, grammar);
    if (!read.ok) return read;
    const { language } = reader;
    const { scope } = read.view;
    if (parts.ofEverything && scope.sees !== "everything")
      return { ok: false, refusal: scopeRefusal(scope, language) };
    if (parts.ofParts && picksOwn(read.view))
      return { ok: false, refusal: singleRefusal(language) };
    const loaded = await parts.load(context, reader, read.view);
    const picture = pictures ? await drawn(parts, loaded, language) : undefined;
    return {
      ok: true,
      message: parts.card(loaded, language, picture),
      json: parts.json(loaded),
    };
  };
  const command: Command = {
    name,
    grammar,
    roles: parts.ofEverything ? readerRoles : figureRoles,
    async run(context, request) {
      const answered = await answer(context, request, request);
      return { kind: "message", message: answered.ok ? answered.message : answered.refusal };
    },
  };
  return { command, answer };
}

/** "missing" when it cannot be drawn here: the card without it still says everything. */
async function drawn<Loaded>(
  parts: OperationParts<Loaded>,
  loaded: Loaded,
  language: Language,
): Promise<CardPicture> {
  try {
    return await parts.draw(loaded, language);
  } catch {
    return "missing";
  }
}
