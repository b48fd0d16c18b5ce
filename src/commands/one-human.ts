/** The one human that somebody names in a command: by a mention, an address, our id, or their name. */
import { textsFor } from "../locales/index.ts";
import { findHumans } from "../people/identities.ts";
import type { Part, Reply } from "../platform.ts";
import { type FoundHuman, readHumans } from "../store/identities.ts";
import type { Db } from "../store/schema.ts";
import type { Reader } from "./command.ts";
import { nameOf, usersOf } from "./link-card.ts";

/** So many are told apart at most. */
const LISTED = 10;

/** Words, or several in quotes of any language. */
const WORD = /["“”„«「『]([^"“”„»」』]+)["“”»」』]|\S+/gu;

/** The words of a command; what stands in quotes is one. */
export function wordsIn(text: string): string[] {
  return [...text.matchAll(WORD)].map(([word, quoted]) => quoted ?? word);
}

export type OneHuman =
  | { readonly kind: "found"; readonly human: FoundHuman }
  | { readonly kind: "refused"; readonly reply: Reply };

/** Nobody, and more than one, are refused with how to name somebody. */
export async function findOneHuman(
  db: Db,
  reader: Reader,
  word: string,
  how: {
    /** How the command is typed. */
    readonly examples: string;
    /** Whom the reader may not see is told apart from nobody. */
    readonly among?: (human: FoundHuman) => Promise<boolean>;
  },
): Promise<OneHuman> {
  const texts = textsFor(reader.language);
  const all = await look(db, reader.workspace.id, word);
  const seen = await Promise.all(all.map(async (each) => (await how.among?.(each)) ?? true));
  const humans = all.filter((_, index) => seen[index]);
  const [human, ...others] = humans;
  const quote = { kind: "quote", text: word } as const;
  const refusal = (problem: string, ...parts: Part[]): OneHuman => {
    return { kind: "refused", reply: refused(reader, how.examples, problem, quote, ...parts) };
  };
  if (human === undefined) {
    const known = { kind: "text", text: texts.text("link.unknown.known") } as const;
    return refusal(texts.text("link.unknown"), known);
  }
  if (others.length === 0) return { kind: "found", human };
  const rows = humans.slice(0, LISTED).map((each) => {
    return [nameOf(each), usersOf(each) || each.humanId] as const;
  });
  return refusal(texts.text("link.several", { n: humans.length }), { kind: "facts", rows });
}

/** As operators name people; else as they are called, with or without the @ of a mention. */
async function look(db: Db, workspaceId: number, word: string): Promise<FoundHuman[]> {
  const found = await findHumans(db, workspaceId, word);
  if (found.length > 0) return found;
  return readHumans(db, workspaceId, { by: "name", name: word.replace(/^@/u, "") });
}

/** What is wrong, then how to name somebody. */
export function refused(
  { language }: Pick<Reader, "language">,
  typed: string,
  problem: string,
  ...parts: readonly Part[]
): Reply {
  const texts = textsFor(language);
  const examples = texts.text("command.examples", { examples: typed });
  return {
    kind: "message",
    message: {
      summary: problem,
      parts: [
        { kind: "text", text: problem },
        ...parts,
        { kind: "note", text: texts.text("link.how") },
        { kind: "note", text: examples },
      ],
      locale: language,
    },
  };
}
