/** Rights in words, in the conversation with us: before anything else that they could be. */
import type { Engine, Work } from "../engine.ts";
import { languageOf } from "../language-of.ts";
import { exerciseRights } from "../people/rights.ts";
import type { Reply } from "../platform.ts";
import type { Connection } from "../store/connections.ts";
import type { Person } from "../store/people.ts";
import { meaningOf } from "../surveys/meaning.ts";
import { type Right, rightsIn } from "../surveys/rights.ts";

interface Said {
  readonly person: Person;
  readonly text: string;
}

/** The answer to words that ask for a right; undefined when they are something else. */
export async function rightsInWords(
  engine: Engine,
  work: Work,
  connection: Connection,
  said: Said,
): Promise<Reply | undefined> {
  const { person, text } = said;
  const wanted = rightsIn(text, languageOf(connection, person));
  // "Ask me again", said by somebody who is asked, is no news; it may be meant as "later".
  const resumes = wanted.includes("resume") && person.consent === "open";
  return wanted.length === 0 || resumes
    ? undefined
    : exercise(engine, work, connection, said, wanted);
}

/** Nothing was ever asked: still, whoever wants out is out at once. */
export async function letOut(
  engine: Engine,
  work: Work,
  connection: Connection,
  said: Said,
): Promise<Reply | undefined> {
  const question = { kind: "score", key: "any", metric: "nps", wording: {} } as const;
  const meaning = meaningOf(question, said.text, {
    language: languageOf(connection, said.person),
    seed: "",
  });
  if (meaning.kind !== "wish") return undefined;
  const { wish } = meaning;
  if (wish !== "pause" && wish !== "stop") return undefined;
  return exercise(engine, work, connection, said, [wish === "stop" ? "never" : "pause"]);
}

async function exercise(
  engine: Engine,
  work: Work,
  connection: Connection,
  { person, text }: Said,
  wanted: readonly Right[],
): Promise<Reply> {
  const language = languageOf(connection, person);
  const self = { workspace: connection.workspace, person, language };
  const message = await exerciseRights(engine, work, self, wanted, text);
  return { kind: "message", message };
}
