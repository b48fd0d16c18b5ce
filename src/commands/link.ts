/** `/aftertalk link PERSON PERSON`: an admin knows that two are one human. Asked once, then linked. */
import { textsFor } from "../locales/index.ts";
import type { Db } from "../store/schema.ts";
import type { Command, Reader } from "./command.ts";
import { linkedOrOne, linkQuestion } from "./link-card.ts";
import { findOneHuman, type OneHuman, refused, wordsIn } from "./one-human.ts";

export const LINK_ROLES = ["admin"] as const;

const EXAMPLES = '/aftertalk link @Dana dana@acme.com · /aftertalk link "Dana Lee" slack:U123';

export const linkCommand: Command = {
  name: "link",
  roles: LINK_ROLES,
  async run({ db, tokens }, request) {
    const [first, second, ...more] = wordsIn(request.text);
    if (first === undefined || second === undefined || more.length > 0)
      return refused(request, EXAMPLES, textsFor(request.language).text("link.two"));
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

/** The one human that was named, who is no bot. */
async function findOne(db: Db, reader: Reader, word: string): Promise<OneHuman> {
  const found = await findOneHuman(db, reader, word, { examples: EXAMPLES });
  if (found.kind === "refused" || !found.human.people.some(({ bot }) => bot)) return found;
  const problem = textsFor(reader.language).text("link.bot");
  const quote = { kind: "quote", text: word } as const;
  return { kind: "refused", reply: refused(reader, EXAMPLES, problem, quote) };
}
