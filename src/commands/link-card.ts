/** What an admin sees of linking: two people before, one after, and how to take it back. */
import { createHash } from "node:crypto";
import { textsFor } from "../locales/index.ts";
import { lineMessage } from "../messages.ts";
import type { Message, Part } from "../platform.ts";
import { readHumanFigures } from "../store/human-figures.ts";
import type { FoundHuman } from "../store/identities.ts";
import { duplicatesOf, type Merge, readMerges } from "../store/merges.ts";
import { readPerson } from "../store/people.ts";
import { sameHuman } from "../store/same-human.ts";
import type { Db } from "../store/schema.ts";
import { NO_INVITATION, type Tokens } from "../surveys/tokens.ts";
import type { Reader } from "./command.ts";
import { sayMoment } from "./moment.ts";

interface Drawing {
  readonly db: Db;
  readonly tokens: Tokens;
}

/** Both as they are known, and the button that says that they are one; `first` stands above. */
export async function linkQuestion(
  { db, tokens }: Drawing,
  reader: Reader,
  humans: readonly [FoundHuman, FoundHuman],
  ...first: readonly string[]
): Promise<Message> {
  const { workspace, language } = reader;
  const texts = textsFor(language);
  const title = texts.text("link.title");
  const [one, other] = humans;
  const token = tokens.sign({
    workspaceId: workspace.id,
    invitationId: NO_INVITATION,
    personId: one.humanId,
    otherId: other.humanId,
    verb: "link",
    question: sealOf(humans),
  });
  return {
    summary: title,
    parts: [
      { kind: "heading", text: title },
      ...first.map((text) => ({ kind: "text", text }) as const),
      await known(db, reader, one),
      await known(db, reader, other),
      { kind: "note", text: texts.text("link.note") },
      { kind: "actions", options: [{ label: texts.text("link.sure"), token }] },
    ],
    locale: language,
  };
}

/** Which rows make these humans: another when somebody was linked to one of them, or taken apart. */
export function sealOf(humans: readonly FoundHuman[]): string {
  const ids = humans.flatMap(({ people }) => people.map(({ personId }) => personId)).sort();
  return createHash("sha256").update(ids.join()).digest("hex").slice(0, 8);
}

/** What to say when the two are one human already; undefined when they are two. */
export async function linkedOrOne(
  drawing: Drawing,
  reader: Reader,
  one: FoundHuman,
  other: FoundHuman,
): Promise<Message | undefined> {
  if (one.humanId !== other.humanId) return undefined;
  const ids = one.people.map(({ personId }) => personId);
  const merges = await readMerges(drawing.db, reader.workspace.id, ids);
  const [link, ...others] = merges.filter(({ undoneAt }) => undoneAt === null);
  const texts = textsFor(reader.language);
  const names = { people: describe(one) };
  if (link === undefined) return lineMessage(reader.language, texts.text("link.same", names));
  const already = texts.text("link.already", names);
  if (others.length > 0)
    return lineMessage(reader.language, already, texts.text("link.already.apart"));
  return linkedMessage(drawing, reader, link, already);
}

/** They are one from now on: what follows of it, and the way back. */
export async function linkedMessage(
  { db, tokens }: Drawing,
  { workspace, language }: Reader,
  { id, kept, at }: Merge,
  says: string,
): Promise<Message> {
  const texts = textsFor(language);
  const person = await readPerson(db, workspace.id, kept);
  const until = new Date(person?.pausedUntil ?? at);
  const wish = {
    wish: person?.consent ?? "open",
    day: sayMoment(until, "day", language, workspace.timeZone),
  };
  const rows = await sameHuman(db, workspace.id, kept);
  const closed = await duplicatesOf(db, workspace.id, rows, new Date(at));
  const token = tokens.sign({
    ...{ workspaceId: workspace.id, invitationId: NO_INVITATION },
    ...{ mergeId: id, verb: "unlink" },
  });
  return {
    summary: says,
    parts: [
      { kind: "text", text: says },
      { kind: "text", text: texts.text("link.follows.cap") },
      { kind: "text", text: texts.text("link.follows.wish", wish) },
      ...(closed.length === 0
        ? []
        : [{ kind: "text", text: texts.text("link.follows.case") } as const]),
      { kind: "actions", options: [{ label: texts.text("link.apart"), token }] },
    ],
    locale: language,
  };
}

async function known(db: Db, { workspace, language }: Reader, human: FoundHuman): Promise<Part> {
  const texts = textsFor(language);
  const ids = human.people.map(({ personId }) => personId);
  const { since, answered } = await readHumanFigures(db, workspace.id, ids);
  const accounts = distinct(human.people.flatMap(({ account }) => account ?? []));
  return {
    kind: "facts",
    rows: [
      [texts.text("link.name"), nameOf(human)],
      [texts.text("link.users"), usersOf(human) || texts.text("link.users.file")],
      [texts.text("link.account"), accounts || texts.text("link.account.none")],
      [texts.text("link.since"), sayMoment(since, "day", language, workspace.timeZone)],
      [texts.text("link.answered"), texts.text("link.answered.n", { n: answered })],
    ],
  };
}

/** All that they are called. */
export function nameOf({ people }: FoundHuman): string {
  return distinct(people.map(({ name }) => name));
}

/** Their users as they can be typed, each with where it is; empty for whom only a file knows. */
export function usersOf({ people }: FoundHuman): string {
  const users = people.flatMap(({ identities }) => identities);
  return distinct(
    users.map(({ platform, userId, connection }) => `${platform}:${userId} (${connection})`),
  );
}

function describe(human: FoundHuman): string {
  const users = usersOf(human);
  return users === "" ? nameOf(human) : `${nameOf(human)} (${users})`;
}

function distinct(values: readonly string[]): string {
  return [...new Set(values)].join(", ");
}
