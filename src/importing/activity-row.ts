/** One line of a file of activity: cells → who did what when, or why it cannot be used. Pure. */

import { AGENT_PREFIX } from "../store/import-rows.ts";
import type { Moment } from "../store/lifecycle.ts";
import { type Columns, type Header, readCells, readColumns } from "./columns.ts";
import { instantOf, MOMENT, readMoment, wrongTextIn } from "./moments.ts";
import {
  emailAddress,
  type ImportedPerson,
  type NamedConnection,
  platformsOf,
  readUsers,
} from "./people-row.ts";
import { no, type RowResult, wrongWidth } from "./row.ts";

const required = ["what"] as const;
const optional = ["person", "email", "connection", "day", "time", "n"] as const;
const LONGEST_WHAT = 40;
/** More than this of one thing on one day is a mistake in the file. */
const MOST = 1_000_000;
const DAY_MS = 24 * 60 * 60 * 1000;

/** Somebody did something, checked already. */
export interface ImportedActivity extends Pick<ImportedPerson, "email" | "users"> {
  /** The person's id where the file comes from: the same as in a file of people. */
  readonly key: string | undefined;
  readonly when: Moment;
  /** In lower case. */
  readonly what: string;
  readonly n: number;
}

/** Reads the header of a file of activity; `connections` are those of the workspace. */
export function readActivityHeader(
  names: readonly string[],
  connections: readonly NamedConnection[],
): Header<string> {
  const columns: Columns<string> = {
    required,
    optional: [...optional, ...platformsOf(connections)],
  };
  return readColumns(names, columns);
}

/** Checks one record against the header. */
export function readActivity(
  record: readonly string[],
  header: Header<string>,
  connections: readonly NamedConnection[],
  now: Date,
): RowResult<ImportedActivity> {
  const cells = readCells(record, header);
  if (cells === undefined) return wrongWidth(record, header);
  const wrong = wrongTextIn(cells);
  if (wrong !== undefined) return no(wrong);
  const who = readWho(cells, connections);
  if (!who.ok) return who;
  const when = readWhen(cells, now);
  if (typeof when === "string") return no(when);
  const what = cells.get("what")?.toLowerCase();
  if (what === undefined) return no("what is missing");
  if ([...what].length > LONGEST_WHAT) return no(`what is longer than ${LONGEST_WHAT} characters`);
  const n = readNumber(cells.get("n"));
  if (n === undefined) return no("n must be a whole number from 1 to 1000000");
  return { ok: true, row: { ...who.row, when, what, n } };
}

function readWho(
  cells: ReadonlyMap<string, string>,
  connections: readonly NamedConnection[],
): RowResult<Pick<ImportedActivity, "key" | "email" | "users">> {
  const key = cells.get("person");
  if (key?.startsWith(AGENT_PREFIX)) return no(`person must not begin with "${AGENT_PREFIX}"`);
  const email = cells.get("email");
  if (email !== undefined && !emailAddress.safeParse(email).success)
    return no("email must be one address such as ada@example.org");
  const users = readUsers(cells, connections);
  if (users === undefined) return no("connection names none of those that are set up here");
  if (key === undefined && email === undefined && users.length === 0)
    return no("nobody is named: person, email or an id on a platform");
  return { ok: true, row: { key, email, users } };
}

/** When, or what is wrong with it. */
function readWhen(cells: ReadonlyMap<string, string>, now: Date): Moment | string {
  const day = cells.get("day");
  const time = cells.get("time");
  if (day !== undefined && time !== undefined) return "either day or time";
  const text = time ?? day;
  if (text === undefined) return "day is missing";
  const when = readMoment(text, now);
  if (when === undefined) return `${time === undefined ? "day" : "time"} must be ${MOMENT}`;
  // Somewhere it is tomorrow already.
  if (instantOf(when).getTime() > now.getTime() + DAY_MS) return "it is in the future";
  return when;
}

function readNumber(text: string | undefined): number | undefined {
  if (text === undefined) return 1;
  if (!/^[1-9]\d{0,6}$/.test(text)) return undefined;
  const n = Number(text);
  return n <= MOST ? n : undefined;
}
