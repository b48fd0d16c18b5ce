/** From a typed command to its reply: who may, which one, what if it is none. */
import type { Engine } from "../engine.ts";
import type { EventOf, Reply, Role } from "../platform.ts";
import type { Connection } from "../store/connections.ts";
import { cleanText } from "../surveys/words.ts";
import { figureRoles, mayRead } from "./command.ts";
import { readerOf, refuse } from "./reader.ts";
import { commands } from "./registry.ts";
import { unknownWord } from "./unknown.ts";

/** Longest command that is read; a longer one is a mistake, not a question. */
const MAX_COMMAND = 500;

/** Runs a typed command. An unknown one is answered with the nearest. */
export async function runCommand(
  engine: Engine,
  connection: Connection,
  typed: EventOf<"command">,
): Promise<Reply> {
  const reader = await readerOf(engine, connection, typed.from);
  const { role } = reader.person;
  const { name, text } = readCommand(typed, role);
  const command = commands.get(name);
  // Who may not see figures is not told which commands there are.
  const roles: readonly Role[] = command?.roles ?? figureRoles;
  if (!roles.includes(role)) return refuse(engine, reader, roles);
  if (command === undefined) {
    const examples = "/nps week · /feedback low month · /aftertalk";
    const own = [...commands.values()].filter((each) => each.roles.includes(role));
    const known = own.map((each) => each.name);
    return unknownWord(reader.language, name, known, examples);
  }
  return command.run(engine, {
    ...reader,
    text,
    place: typed.place,
    pictures: typed.pictures !== false,
  });
}

function readCommand(typed: EventOf<"command">, role: Role): { name: string; text: string } {
  const text = cleanText(typed.text, MAX_COMMAND).trim();
  if (typed.name !== "aftertalk") return { name: typed.name, text };
  const [word = "", ...rest] = text.split(/\s+/u);
  const asked = word === "" ? "help" : word.toLowerCase();
  // For most people there is one thing to see, and to be helped with: their own page.
  const name = asked === "help" && !mayRead(role) ? "home" : asked;
  return { name, text: rest.join(" ") };
}
