/** One line of a file of people: cells → who that is, or the reason why it cannot be used. Pure. */
import { z } from "zod";
import { AGENT_PREFIX } from "../store/import-rows.ts";
import type { Lifecycle } from "../store/lifecycle.ts";
import { type Columns, type Header, readCells, readColumns } from "./columns.ts";
import { isDateColumn, lifecycleColumns, readLifecycle, wrongTextIn } from "./moments.ts";
import {
  LONGEST_NAME,
  MOST_TAGS,
  no,
  type RowResult,
  readLanguage,
  readTags,
  wrongWidth,
} from "./row.ts";

const required = ["person"] as const;
const optional = [
  "name",
  "email",
  "account",
  "account_name",
  "account_role",
  "language",
  "time_zone",
  "connection",
  "tags",
  ...lifecycleColumns,
] as const;
type OwnColumn = (typeof required)[number] | (typeof optional)[number];
/** Beside them a column for each platform, named like it, with the ids of users there. */
type PersonColumn = OwnColumn | `${string}`;

/** A connection as a file may name it. */
export interface NamedConnection {
  readonly id: string;
  readonly platform: string;
  readonly externalId: string;
  readonly name: string;
}

/** One person of a file, checked already. */
export interface ImportedPerson extends Lifecycle {
  /** The person's id where the file comes from: the same as in a file of answers. */
  readonly key: string;
  readonly name: string | undefined;
  readonly email: string | undefined;
  /** The account's id where the file comes from. */
  readonly account: string | undefined;
  readonly accountName: string | undefined;
  readonly accountRole: "buyer" | "user" | undefined;
  /** Canonical BCP 47 tag. */
  readonly language: string | undefined;
  /** IANA name. */
  readonly timeZone: string | undefined;
  /** Undefined: as they are. */
  readonly tags: readonly string[] | undefined;
  /** Who they are on the platforms. */
  readonly users: readonly {
    readonly platform: string;
    readonly userId: string;
    /** Our id of where, when the file says so. */
    readonly connectionId: string | undefined;
  }[];
}

/** Reads the header of a file of people; `connections` are those of the workspace. */
export function readPeopleHeader(
  names: readonly string[],
  connections: readonly NamedConnection[],
): Header<PersonColumn> {
  const columns: Columns<PersonColumn> = {
    required,
    optional: [...optional, ...platformsOf(connections)],
    also: { said: "date:NAME", is: isDateColumn },
  };
  return readColumns(names, columns);
}

export function platformsOf(connections: readonly NamedConnection[]): string[] {
  return [...new Set(connections.map(({ platform }) => platform))];
}

export const emailAddress = z.email().max(LONGEST_NAME);

/** Checks one record against the header. */
export function readPerson(
  record: readonly string[],
  header: Header<PersonColumn>,
  connections: readonly NamedConnection[],
  now: Date,
): RowResult<ImportedPerson> {
  const cells = readCells(record, header);
  if (cells === undefined) return wrongWidth(record, header);
  const wrong = wrongTextIn(cells);
  if (wrong !== undefined) return no(wrong);
  const key = cells.get("person");
  if (key === undefined) return no("person is missing");
  if (key.startsWith(AGENT_PREFIX)) return no(`person must not begin with "${AGENT_PREFIX}"`);
  const email = cells.get("email");
  if (email !== undefined && !emailAddress.safeParse(email).success)
    return no("email must be one address such as ada@example.org");
  const account = cells.get("account");
  const accountName = cells.get("account_name");
  if (account === undefined && accountName !== undefined)
    return no("account_name needs the account's id in account");
  const accountRole = readRole(cells.get("account_role"));
  if (accountRole === null) return no("account_role must be buyer or user");
  const language = readLanguage(cells.get("language"));
  if (language === null) return no("language must be a language tag such as en, ru or zh-Hans");
  const timeZone = cells.get("time_zone");
  if (timeZone !== undefined && !isTimeZone(timeZone))
    return no("time_zone must be the name of a zone such as Europe/Berlin");
  const users = readUsers(cells, connections);
  if (users === undefined) return no("connection names none of those that are set up here");

  const tags = cells.has("tags") ? readTags(cells.get("tags")) : undefined;
  if ((tags?.length ?? 0) > MOST_TAGS) return no(`tags has more than ${MOST_TAGS} tags`);
  const lifecycle = readLifecycle(cells, now);
  if (!lifecycle.ok) return lifecycle;

  const told = { name: cells.get("name"), email, account, accountName, accountRole };
  return { ok: true, row: { key, ...told, language, timeZone, tags, users, ...lifecycle.row } };
}

function readRole(text: string | undefined): "buyer" | "user" | undefined | null {
  if (text === undefined) return undefined;
  const role = text.toLowerCase();
  return role === "buyer" || role === "user" ? role : null;
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** `undefined` when `connection` names none. Several ids of one platform are split by ";". */
export function readUsers(
  cells: ReadonlyMap<PersonColumn, string>,
  connections: readonly NamedConnection[],
): ImportedPerson["users"] | undefined {
  const named = cells.get("connection");
  const there =
    named === undefined
      ? connections
      : connections.filter(({ externalId, name }) => externalId === named || name === named);
  if (there.length === 0 && named !== undefined) return undefined;
  return platformsOf(connections).flatMap((platform) => {
    const ids = (cells.get(platform) ?? "").split(";").map((id) => id.trim());
    const connectionId =
      named === undefined ? undefined : there.find((each) => each.platform === platform)?.id;
    return [...new Set(ids)]
      .filter((id) => id !== "")
      .map((userId) => ({ platform, userId, connectionId }));
  });
}
