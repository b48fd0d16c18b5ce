/**
 * `/survey why @Dana 90`: what was decided about somebody, what waits for them, and what would never ask
 * them. Typed in a chat it is about its customer. No answers in it, and no scores.
 */
import type { Engine } from "../../engine.ts";
import { textsFor } from "../../locales/index.ts";
import { lineMessage, lineReply } from "../../messages.ts";
import type { EventOf, Message, Reply } from "../../platform.ts";
import { customerAt, wereWithTeams } from "../../store/chat-customer.ts";
import type { Connection } from "../../store/connections.ts";
import { type FoundHuman, readHumans } from "../../store/identities.ts";
import type { Db } from "../../store/schema.ts";
import type { TokenContent } from "../../surveys/tokens.ts";
import {
  type AdminCommand,
  type AdminRequest,
  mayRead,
  type Reader,
  readerRoles,
} from "../command.ts";
import { findOneHuman, type OneHuman, refused, wordsIn } from "../one-human.ts";
import { pageIn } from "../pages.ts";
import { readerOf, refuse } from "../reader.ts";
import { type Scope, scopeOf, scopeRefusal, teamsIn } from "../scope.ts";
import { whyCard } from "./why-card.ts";

const EXAMPLES = "/survey why @Dana · /survey why dana@acme.com 90";

/** So many days back, when nobody says otherwise; and at most. */
const DAYS = 30;
const MOST_DAYS = 3650;

export const surveyWhyCommand: AdminCommand = {
  name: "why",
  roles: readerRoles,
  options: [{ name: "person" }, { name: "days" }],
  async act(engine, request) {
    const { who, days } = askedIn(request.text);
    if (days > MOST_DAYS)
      return lineReply(
        request.language,
        textsFor(request.language).text("why.days", { most: MOST_DAYS }),
      );
    const scope = await scopeOf(engine.db, request);
    const found =
      who === "" ? await ofChat(engine, request) : await named(engine.db, request, scope, who);
    if (found.kind === "refused") return found.reply;
    if (!(await mayKnow(engine.db, request, scope, found.human)))
      return { kind: "message", message: scopeRefusal(scope, request.language) };
    const about = { human: found.human, days, page: 0, scope };
    return { kind: "message", message: await whyCard(engine, request, about) };
  },
};

/** "Next" or "Previous" was pressed. */
export async function turnWhy(
  engine: Engine,
  connection: Connection,
  event: EventOf<"action">,
  { personId = "", question, value }: TokenContent,
): Promise<Reply> {
  const reader = await readerOf(engine, connection, event.from);
  if (!mayRead(reader.person.role)) return refuse(engine, reader, readerRoles);
  const scope = await scopeOf(engine.db, reader);
  const message = await pageOf(engine, reader, scope, {
    ...{ personId, page: pageIn(question) ?? 0, days: Number(value ?? DAYS) },
  });
  return { kind: "update", message };
}

async function pageOf(
  engine: Engine,
  reader: Reader,
  scope: Scope,
  about: { readonly personId: string; readonly page: number; readonly days: number },
): Promise<Message> {
  const { personId, page, days } = about;
  const [human] = await readHumans(engine.db, reader.workspace.id, { by: "id", id: personId });
  if (human === undefined)
    return lineMessage(reader.language, textsFor(reader.language).text("why.gone"));
  if (!(await mayKnow(engine.db, reader, scope, human)))
    return scopeRefusal(scope, reader.language);
  return whyCard(engine, reader, { human, days, page, scope });
}

/** The last word is so many days when it is a short number; everything before it names somebody. */
function askedIn(text: string): { readonly who: string; readonly days: number } {
  const words = wordsIn(text);
  const last = words.at(-1) ?? "";
  const [, digits] = /^(\d{1,5})d?$/u.exec(last) ?? [];
  const said = digits === undefined ? words : words.slice(0, -1);
  return { who: said.join(" "), days: digits === undefined ? DAYS : Math.max(1, Number(digits)) };
}

/** The customer of the chat in which it was typed. */
async function ofChat({ db }: Engine, request: AdminRequest): Promise<OneHuman> {
  const { workspace, connection, place } = request;
  const id = place && (await customerAt(db, workspace.id, connection.id, place));
  const [human] = id === undefined ? [] : await readHumans(db, workspace.id, { by: "id", id });
  if (human !== undefined) return { kind: "found", human };
  const problem = textsFor(request.language).text("why.whom");
  return { kind: "refused", reply: refused(request, EXAMPLES, problem) };
}

/** Of several only those whom the reader may know about are told apart. */
async function named(db: Db, reader: Reader, scope: Scope, who: string): Promise<OneHuman> {
  const all = await findOneHuman(db, reader, who, { examples: EXAMPLES });
  if (all.kind === "found" || scope.sees === "everything") return all;
  const among = (human: FoundHuman) => mayKnow(db, reader, scope, human);
  return findOneHuman(db, reader, who, { examples: EXAMPLES, among });
}

/** Leads of some teams are told of whoever chatted with these. */
function mayKnow(
  db: Db,
  { workspace }: Pick<Reader, "workspace">,
  scope: Scope,
  { people }: FoundHuman,
): Promise<boolean> {
  if (scope.sees === "everything") return Promise.resolve(true);
  const ids = people.map(({ personId }) => personId);
  return wereWithTeams(db, workspace.id, ids, teamsIn(scope));
}
