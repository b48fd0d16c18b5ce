/** `/aftertalk link PERSON PERSON`: an admin knows that two are one human. Asked once, then linked. */
import { textsFor } from "../locales/index.ts";
import { findHumans } from "../people/identities.ts";
import type { Part, Reply } from "../platform.ts";
import { type FoundHuman, readHumans } from "../store/identities.ts";
import type { Db } from "../store/schema.ts";
import type { Command, Reader } from "./command.ts";
import { linkedOrOne, linkQuestion, nameOf, usersOf } from "./link-card.ts";

export const LINK_ROLES = ["admin"] as const;

const EXAMPLES = '/aftertalk link @Dana dana@acme.com · /aftertalk link "Dana Lee" slack:U123';

/** So many are told apart at most. */
const LISTED = 10;

/** Words, or several in quotes of any language. */
const WORD = /["“”„«「『]([^"“”„»」』]+)["“”»」』]|\S+/gu;

export const linkCommand: Command = {
  name: "link",
  roles: LINK_ROLES,
  async run({ db, tokens }, request) {
    const words = [...request.text.matchAll(WORD)].map(([word, quoted]) => quoted ?? word);
    const [first, second, ...more] = words;
    if (first === undefined || second === undefined || more.length > 0)
      return refused(request, textsFor(request.language).text("link.two"));
    const one = await findOne(db, request, first);
    if (one.kind === "refused") return one.reply;
    const other = await findOne(db, request, second);
    if (other.kind === "refused") return other.reply;
    const message =
      (await linkedOrOne({ db, tokens }, request, one.human, other.human)) ??
      (await linkQuestion({ db, tokens }, request, [one.human, other.human]));
    return { kind: "message", message };
  },
};

type Found =
  | { readonly kind: "found"; readonly human: FoundHuman }
  | { readonly kind: "refused"; readonly reply: Reply };

/** The one human that was named, who is no bot. */
async function findOne(db: Db, reader: Reader, word: string): Promise<Found> {
  const texts = textsFor(reader.language);
  const humans = await look(db, reader.workspace.id, word);
  const [human, ...others] = humans;
  const quote = { kind: "quote", text: word } as const;
  const refusal = (problem: string, ...parts: Part[]): Found => {
    return { kind: "refused", reply: refused(reader, problem, quote, ...parts) };
  };
  if (human === undefined) {
    const known = { kind: "text", text: texts.text("link.unknown.known") } as const;
    return refusal(texts.text("link.unknown"), known);
  }
  if (others.length > 0) {
    const rows = humans.slice(0, LISTED).map((each) => {
      return [nameOf(each), usersOf(each) || each.humanId] as const;
    });
    return refusal(texts.text("link.several", { n: humans.length }), { kind: "facts", rows });
  }
  if (human.people.some(({ bot }) => bot)) return refusal(texts.text("link.bot"));
  return { kind: "found", human };
}

/** As operators name people; else as they are called, with or without the @ of a mention. */
async function look(db: Db, workspaceId: number, word: string): Promise<FoundHuman[]> {
  const found = await findHumans(db, workspaceId, word);
  if (found.length > 0) return found;
  return readHumans(db, workspaceId, { by: "name", name: word.replace(/^@/u, "") });
}

/** What is wrong, then how to name somebody. */
function refused({ language }: Reader, problem: string, ...parts: readonly Part[]): Reply {
  const texts = textsFor(language);
  const examples = texts.text("command.examples", { examples: EXAMPLES });
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
