/** From a typed command to its reply: who may, which one, what if it is none. */
import type { Engine } from "../engine.ts";
import type { EventOf, Reply, Role } from "../platform.ts";
import type { Connection } from "../store/connections.ts";
import { cleanText } from "../surveys/words.ts";
import {
  type AdminCommand,
  type AdminRequest,
  type Command,
  figureRoles,
  mayRead,
} from "./command.ts";
import { readerOf, refuse } from "./reader.ts";
import { commands } from "./registry.ts";
import { unknownWord } from "./unknown.ts";

/** Longest command that is read; a longer one is a mistake, not a question. */
const MAX_COMMAND = 500;

/** An admin may write a sentence; one that is too long is told so, and comes back whole. */
const MAX_SENTENCE = 3000;

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
  if (!roles.includes(role)) return refuse(engine, reader, rolesOf(command, text) ?? roles);
  if (command === undefined) {
    const examples = "/nps week · /feedback low month · /aftertalk";
    return unknownWord(reader.language, name, namesFor(role, [...commands.values()]), examples);
  }
  const most = "act" in command ? MAX_SENTENCE : MAX_COMMAND;
  const request = {
    ...reader,
    text: cleanText(text, most),
    ...{ place: typed.place, pictures: typed.pictures !== false },
  };
  return "act" in command
    ? runAdmin(engine, command, { ...request, connection })
    : command.run(engine, request);
}

/** Who may use what was typed: the command, or the one behind it that is named. */
function rolesOf(command: Command | AdminCommand | undefined, text: string) {
  if (command === undefined || !("act" in command)) return command?.roles;
  const { inner } = readInner(command, text);
  return (inner ?? command).roles;
}

/** What the first word names behind a command, and the rest of the words. */
function readInner({ commands: behind = [] }: AdminCommand, text: string) {
  const [, word = "", rest = ""] = /^(\S*)\s*(.*)$/su.exec(text) ?? [];
  return { behind, word, rest, inner: behind.find(({ name }) => name === word.toLowerCase()) };
}

/** The command itself, or the one behind it that the first word names. */
async function runAdmin(
  engine: Engine,
  command: AdminCommand,
  request: AdminRequest,
): Promise<Reply> {
  const { text, language, person } = request;
  const { behind, word, rest, inner } = readInner(command, text);
  if (behind.length === 0 || word === "") return command.act(engine, request);
  if (inner === undefined) {
    const own = namesFor(person.role, behind);
    const examples = own.map((each) => `/${command.name} ${each}`).join(" · ");
    return unknownWord(language, word, own, examples);
  }
  if (!inner.roles.includes(person.role)) return refuse(engine, request, inner.roles);
  return runAdmin(engine, inner, { ...request, text: rest });
}

function namesFor(role: Role, all: readonly Pick<Command, "name" | "roles">[]): string[] {
  return all.filter(({ roles }) => roles.includes(role)).map(({ name }) => name);
}

function readCommand(typed: EventOf<"command">, role: Role): { name: string; text: string } {
  const text = cleanText(typed.text, MAX_SENTENCE).trim();
  if (typed.name !== "aftertalk") return { name: typed.name, text };
  const [word = "", ...rest] = text.split(/\s+/u);
  // For most people there is one thing to see: their own page.
  const usual = mayRead(role) ? "help" : "home";
  return { name: word === "" ? usual : word.toLowerCase(), text: rest.join(" ") };
}
