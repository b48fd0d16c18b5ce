/** `/aftertalk audit surveys @Ada week hours`: who changed what, what was there before, and when. */
import { auditPage } from "../admin/audit-card.ts";
import type { WantedLines } from "../admin/audit-wanted.ts";
import { auditKinds } from "../configuration/audit-kinds.ts";
import { findHumans } from "../people/identities.ts";
import type { Reply } from "../platform.ts";
import type { Db } from "../store/schema.ts";
import type { AdminCommand, AdminRequest } from "./command.ts";
import { findOneHuman, type OneHuman, wordsIn } from "./one-human.ts";
import { wordsRefusal } from "./view/refusal.ts";
import { readSearched } from "./view/search.ts";

const grammar = { flags: auditKinds, search: true };
const EXAMPLES = "/aftertalk audit @Dana week · /aftertalk audit surveys 30d";

/** More than anybody types. */
const LONGEST = 200;

export const auditCommand: AdminCommand = {
  name: "audit",
  roles: ["admin"],
  options: [
    { name: "period", suggests: "period" },
    { name: "kind", words: auditKinds },
    { name: "person" },
    { name: "words" },
  ],
  async act(engine, request) {
    const now = engine.clock.now();
    const wanted = await readWanted(engine.db, request, now);
    if ("reply" in wanted) return wanted.reply;
    const context = { engine, db: engine.db, now, reader: request };
    return { kind: "message", message: await auditPage(context, wanted, 0) };
  },
};

async function readWanted(
  db: Db,
  request: AdminRequest,
  now: Date,
): Promise<WantedLines | { readonly reply: Reply }> {
  const { text, workspace, language } = request;
  const reading = { now, timeZone: workspace.timeZone, language };
  const read = readSearched(text.slice(0, LONGEST), grammar, reading);
  if (!read.ok) {
    const message = wordsRefusal(read, { ...reading, grammar, team: undefined });
    return { reply: { kind: "message", message } };
  }
  const people: (readonly string[])[] = [];
  const words: string[] = [];
  for (const word of wordsIn(read.search)) {
    const found = await named(db, request, word);
    if (found?.kind === "refused") return { reply: found.reply };
    if (found === undefined) words.push(word.replace(/\s+/gu, " "));
    else people.push(found.human.people.map(({ personId }) => personId));
  }
  const kinds = auditKinds.filter((kind) => read.flags.includes(kind));
  return { period: read.period, kinds, people, words };
}

/** Somebody who is mentioned, or named by an address or a platform's id; `undefined` for other words. */
async function named(db: Db, request: AdminRequest, word: string): Promise<OneHuman | undefined> {
  if (word.includes("@")) return findOneHuman(db, request, word, { examples: EXAMPLES });
  const [human, ...others] = await findHumans(db, request.workspace.id, word);
  return human === undefined || others.length > 0 ? undefined : { kind: "found", human };
}
