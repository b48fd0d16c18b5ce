/** From a typed command to its reply: who may, which one, what if it is none. */
import type { Engine } from "../engine.ts";
import { type Language, languageFor, textsFor } from "../locales/index.ts";
import { lineReply } from "../messages.ts";
import type { PlatformEvent, Reply } from "../platform.ts";
import type { Connection } from "../store/connections.ts";
import { ensurePerson, namesInRoles } from "../store/people.ts";
import { inTransaction } from "../store/transaction.ts";
import { cleanText } from "../surveys/words.ts";
import { readerRoles } from "./command.ts";
import { commands } from "./registry.ts";
import { unknownWord } from "./unknown.ts";

/** Longest command that is read; a longer one is a mistake, not a question. */
const MAX_COMMAND = 500;

type Typed = Extract<PlatformEvent, { kind: "command" }>;

/** Runs a typed command. An unknown one is answered with the nearest. */
export async function runCommand(
  engine: Engine,
  connection: Connection,
  typed: Typed,
): Promise<Reply> {
  const person = await inTransaction(engine.db, (transaction) =>
    ensurePerson(transaction, connection.workspace.id, connection.id, typed.from),
  );
  const language = languageFor(person.locale ?? connection.workspace.locale);
  const { name, text } = readCommand(typed);
  const command = commands.get(name);
  // Who may not read answers is not told which commands there are.
  const roles: readonly string[] = command?.roles ?? readerRoles;
  if (!roles.includes(person.role)) return refuse(engine, connection, language);
  if (command === undefined) {
    const examples = "/nps week · /ces month · /aftertalk";
    return unknownWord(language, name, [...commands.keys()], examples);
  }
  return command.run(
    { db: engine.db, clock: engine.clock },
    {
      workspace: connection.workspace,
      connection: connection.ref,
      person: { id: person.id, name: person.name, role: person.role },
      language,
      text,
    },
  );
}

function readCommand(typed: Typed): { name: string; text: string } {
  const text = cleanText(typed.text, MAX_COMMAND).trim();
  if (typed.name !== "aftertalk") return { name: typed.name, text };
  const [word = "", ...rest] = text.split(/\s+/u);
  return { name: word === "" ? "help" : word.toLowerCase(), text: rest.join(" ") };
}

async function refuse(engine: Engine, connection: Connection, language: Language): Promise<Reply> {
  const texts = textsFor(language);
  const leads = await namesInRoles(engine.db, connection.workspace.id, readerRoles);
  return lineReply(
    language,
    leads.length === 0
      ? texts.text("command.not-allowed.nobody")
      : texts.text("command.not-allowed", { leads: leads.join(", ") }),
  );
}
