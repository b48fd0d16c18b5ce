/** A generated workspace: answers of all kinds, by people who are one, in several places and languages. */
import fc from "fast-check";
import { metrics } from "../../src/metrics/registry.ts";
import { newId } from "../../src/store/ids.ts";
import { insertJson } from "../../src/store/insert-many.ts";
import type { Db, Schema } from "../../src/store/schema.ts";
import { insertWorkspace } from "../support/database-rows.ts";
import { at, insertPlaces, type Places } from "./generated-places.ts";

/** What spreadsheets, parsers and lists stumble over. */
const nasty = [
  "=1+1",
  "'=1",
  "''@x",
  " =cmd|' /C calc'!A0",
  "+49 30 1234",
  "-8.5",
  "@import",
  "\t=1",
  "\r\nx",
  "＝SUM(A1)",
  "＋1",
  "－1",
  "＠a",
  '"; drop "',
  "a,b;c:d\\e",
  "\\",
  " spaces ",
  "\u202eabc",
  "表示 👩‍👩‍👧",
  "'",
  "plain",
];

const words = fc.oneof(
  fc.constantFrom(...nasty),
  fc.string({ unit: "binary", minLength: 1, maxLength: 12 }).filter(isKeepable),
);

/** The database takes no NUL. */
function isKeepable(text: string): boolean {
  return !text.includes("\0") && text.isWellFormed();
}

const minute = fc.integer({ min: 0, max: 60 * 24 * 20 });
/** Finer than what a Date holds. */
const fraction = fc.constantFrom("", ".5", ".123", ".123456", ".000001");

const invitation = fc.record({
  survey: fc.nat(4),
  version: fc.nat(1),
  person: fc.option(fc.nat(4)),
  chat: fc.option(fc.nat(5)),
  promise: fc.constantFrom("named", "named", "named", "totals"),
  asked: fc.option(minute, { freq: 5 }),
  wait: fc.nat(3000),
  fraction,
  reached: fc.boolean(),
  replied: fc.boolean(),
  score: fc.nat(),
  second: fc.option(fc.nat()),
  text: fc.option(words),
  changed: fc.boolean(),
  language: fc.constantFrom("en", "ru", "zh-Hans"),
  channel: fc.option(words),
  team: fc.constantFrom("Billing", "a;b", "=Team", null),
  touchpoint: fc.option(words),
  tags: fc.uniqueArray(words, { maxLength: 3 }),
  platform: fc.constantFrom("slack", "discord", null),
});
type Drawn = typeof invitation extends fc.Arbitrary<infer T> ? T : never;

const count = fc.record({
  survey: fc.nat(1),
  day: fc.integer({ min: 1, max: 20 }),
  team: fc.constantFrom("", "Billing"),
  promise: fc.constantFrom("named", "totals"),
  what: fc.constantFrom("score", "asked", "reached", "answered"),
  score: fc.nat(4),
  n: fc.integer({ min: 1, max: 9 }),
});

export const drawnWorkspace = fc.record({
  invitations: fc.array(invitation, { minLength: 15, maxLength: 45, size: "max" }),
  counts: fc.uniqueArray(count, {
    maxLength: 6,
    selector: ({ n, ...key }) => JSON.stringify(key),
  }),
  /** Chats and who handled them are gone as well when answers are erased. */
  chatsToo: fc.boolean(),
});
export type DrawnWorkspace = typeof drawnWorkspace extends fc.Arbitrary<infer T> ? T : never;

/** Writes it, as it would be kept. */
export async function insertDrawn(db: Db, drawn: DrawnWorkspace): Promise<number> {
  const workspaceId = await insertWorkspace(db, { time_zone: "Europe/Berlin" });
  const places = await insertPlaces(db, workspaceId);
  const rows = drawn.invitations.map((each) =>
    rowsOf(workspaceId, places, drawn.chatsToo && each.chat !== null ? asItsChat(each) : each),
  );
  const put = (table: keyof Schema, all: readonly Readonly<Record<string, unknown>>[]) =>
    insertJson(db, table, all, "workspace_id");
  await put(
    "invitations",
    rows.map((each) => each.invitation),
  );
  await put(
    "answers",
    rows.flatMap((each) => each.answers),
  );
  await put(
    "anonymous_counts",
    drawn.counts.map((each) => countOf(workspaceId, places, each)),
  );
  return workspaceId;
}

/** A chat that is made anew is what its answers say of it. */
function asItsChat(each: Drawn): Drawn {
  return { ...each, channel: null, team: null, touchpoint: "support chat", tags: [] };
}

function rowsOf(workspace_id: number, places: Places, drawn: Drawn) {
  const id = newId();
  const asked_at = drawn.asked === null ? null : at(drawn.asked, drawn.fraction);
  const { survey, chat, person, promise, language } = drawn;
  const about = {
    ...{ workspace_id, survey_id: places.surveys[survey], promise, asked_at, language },
    survey_version: survey < 2 ? 1 + drawn.version : 1,
    person_id: person === null ? null : places.people[person],
    ...(chat === null
      ? { chat_id: null, closing: null }
      : { chat_id: places.chats[chat], closing: 2 }),
  };
  const answered = at((drawn.asked ?? 0) + drawn.wait, drawn.fraction);
  const replied = drawn.replied || asked_at === null ? answered : null;
  const invitation = {
    ...{ ...about, id, reason_key: `chat:${id}`, state: replied ? "answered" : "expired" },
    kind: survey === 2 ? "recovery" : "chat",
    connection_id: places.connections[drawn.platform ?? ""] ?? null,
    reached_at: drawn.reached ? asked_at : null,
    answered_at: replied,
    finished_at: drawn.reached ? replied : null,
    expires_at: drawn.asked === null ? null : at(drawn.asked + 60 * 24 * 7, drawn.fraction),
    created_at: asked_at ?? answered,
  };
  const shared = { ...about, invitation_id: id, answered_at: answered };
  return { invitation, answers: replied ? answersOf(shared, drawn) : [] };
}

function answersOf(about: Readonly<Record<string, unknown>>, drawn: Drawn) {
  const { channel, team, touchpoint, tags, platform, survey, score, second, text } = drawn;
  const shared = {
    ...{ ...about, channel, team, touchpoint, tags, platform },
    ...{ score: null, metric: null, scale_min: null, scale_max: null, choice: null, text: null },
    ...(drawn.changed
      ? { changed_at: at(60 * 24 * 30, ""), revision: 2 }
      : { changed_at: null, revision: 1 }),
  };
  const first =
    survey === 4
      ? { question: "reason", choice: "=other" }
      : { question: "score", ...scored(survey % 3 === 0 ? "nps" : "csat", score) };
  return [
    { ...shared, ...first },
    ...(survey === 1 && second !== null
      ? [{ ...shared, question: "solved", ...scored("resolution", second) }]
      : []),
    ...(text === null ? [] : [{ ...shared, question: "why", text }]),
  ];
}

function scored(metric: "nps" | "csat" | "resolution", drawn: number) {
  const { min, max } = metrics[metric].scale;
  return { metric, score: min + (drawn % (max - min + 1)), scale_min: min, scale_max: max };
}

function countOf(
  workspace_id: number,
  { surveys }: Places,
  drawn: DrawnWorkspace["counts"][number],
) {
  const { survey, day, team, promise, what, n } = drawn;
  const step = what === "score" ? scored(survey === 0 ? "nps" : "csat", drawn.score) : undefined;
  return {
    ...{ workspace_id, survey_id: surveys[survey], survey_version: 1, team, promise, what, n },
    question: what === "score" ? "score" : "",
    day: `2026-09-${String(10 + day)}`,
    metric: step?.metric ?? null,
    score: step?.score ?? 0,
    scale_min: step?.scale_min ?? null,
    scale_max: step?.scale_max ?? null,
  };
}
