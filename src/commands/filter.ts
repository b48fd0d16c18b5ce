/** From a typed filter to the names that it means, and back to words and buttons. */
import { createHash } from "node:crypto";
import { type Language, textsFor } from "../locales/index.ts";
import type { Filter } from "../metrics/filter.ts";
import type { Message, Part } from "../platform.ts";
import type { Db } from "../store/schema.ts";
import { readTeams, readTeamsOfAnswers } from "../store/teams.ts";
import { NO_INVITATION } from "../surveys/tokens.ts";
import { hasFilter, takeFilter } from "./filter-text.ts";
import { nearest } from "./nearest.ts";

/** How many teams a refusal lists. */
const LISTED = 20;

/** A filter with the text that is left, or the word that names no team. */
export type ReadFilter =
  | { readonly ok: true; readonly filter: Filter; readonly rest: string }
  | {
      readonly ok: false;
      readonly problem: "no-such-team";
      readonly word: string;
      readonly nearest?: string;
      /** Those of the newest chats first. */
      readonly known: readonly string[];
    };

/** Reads the filters in a command's text; a text without one costs nothing. */
export async function readFilter(db: Db, workspaceId: number, text: string): Promise<ReadFilter> {
  if (!hasFilter(text)) return { ok: true, filter: {}, rest: text };
  const recent = await readTeams(db, workspaceId);
  const first = pickTeam(text, recent);
  if (first.ok) return first;
  // Imported answers may be of teams whose chats are not here.
  const imported = await readTeamsOfAnswers(db, workspaceId);
  return pickTeam(text, [...new Set([...recent, ...imported])]);
}

function pickTeam(text: string, known: readonly string[]): ReadFilter {
  const taken = takeFilter(text, "team", known);
  if (taken === undefined) return { ok: true, filter: {}, rest: text };
  const spellings = known.filter((each) => sameName(each) === sameName(taken.value));
  if (spellings.length > 0)
    return {
      ok: true,
      filter: { team: { values: spellings, label: spellings[0] ?? taken.value } },
      rest: taken.rest,
    };
  const near = nearest(taken.value, known);
  return {
    ok: false,
    problem: "no-such-team",
    word: taken.value,
    known,
    ...(near === undefined ? {} : { nearest: near }),
  };
}

function sameName(name: string): string {
  return name.normalize("NFKC").trim().toLowerCase();
}

/** "team Billing"; undefined when nothing is left out. */
export function filterLabel({ team }: Filter, language: Language): string | undefined {
  return team && textsFor(language).text("filter.team", { team: team.label });
}

/** A name as it is typed behind a colon, in quotes when it has to be. */
export function quoted(name: string): string {
  return /\s/u.test(name) && !name.includes('"') ? `"${name}"` : name;
}

/**
 * Stands for the filter in a button, where an invitation's id stands else: the first 128 bits of its
 * SHA-256 in the shape of an id.
 */
export function filterKey({ team }: Filter): string {
  if (team === undefined) return NO_INVITATION;
  const hex = createHash("sha256")
    .update(`team:${sameName(team.label)}`)
    .digest("hex");
  return hex.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** The filter of a button; undefined when there is no such team any more. */
export async function findFilter(
  db: Db,
  workspaceId: number,
  key: string,
): Promise<Filter | undefined> {
  if (key === NO_INVITATION) return {};
  for (const read of [readTeams, readTeamsOfAnswers]) {
    const teams = await read(db, workspaceId);
    const values = teams.filter(
      (each) => filterKey({ team: { values: [each], label: each } }) === key,
    );
    const [label] = values;
    if (label !== undefined) return { team: { values, label } };
  }
  return undefined;
}

/** The answer to a name that is no team's: the nearest one, and the list. */
export function filterRefusal(
  { word, nearest: near, known }: Extract<ReadFilter, { ok: false }>,
  language: Language,
): Message {
  const texts = textsFor(language);
  const problem = texts.text(known.length === 0 ? "filter.team.none" : "filter.team.unknown");
  const meant = near && texts.text("period.nearest", { nearest: `team:${quoted(near)}` });
  const teams = known.slice(0, LISTED).map(quoted).join(" · ");
  const parts: (Part | undefined | "")[] = [
    { kind: "text", text: problem },
    word && { kind: "quote", text: word },
    meant && { kind: "text", text: meant },
    teams && { kind: "note", text: texts.text("filter.team.list", { teams }) },
  ];
  return {
    summary: meant ?? problem,
    parts: parts.flatMap((part) => part || []),
    locale: language,
  };
}
