/** `aftertalk person show|export PERSON`: what is kept about somebody. */
import { open, rm } from "node:fs/promises";
import { AppError } from "../errors.ts";
import { type OwnData, readOwnData } from "../people/my-data.ts";
import { audit } from "../store/audit.ts";
import type { FoundHuman } from "../store/identities.ts";
import { readTeamsOfHuman } from "../store/people-teams.ts";
import type { Db } from "../store/schema.ts";
import type { CliContext } from "./context.ts";
import { exitCodes } from "./exit-codes.ts";
import { findPerson } from "./find-person.ts";
import { sayTeams } from "./person-teams.ts";
import { withDatabase } from "./with-database.ts";

export function showPerson(context: CliContext, text: string): Promise<number> {
  return withDatabase(context, async ({ db }, { id }) => {
    const human = await findPerson(db, id, text);
    const data = await readAll(db, id, human, context.clock.now());
    const { out } = context;
    const { teams } = await readTeamsOfHuman(db, id, human.humanId);
    for (const line of describePerson(human, data)) out.line(line);
    if (teams.length > 0) out.line(`  ${sayTeams(teams)}`);
    out.result({ ...human, teams, kept: countsOf(data) });
    return exitCodes.ok.code;
  });
}

export interface ExportOptions {
  readonly file: string | undefined;
}

export function exportPerson(
  context: CliContext,
  text: string,
  { file }: ExportOptions,
): Promise<number> {
  return withDatabase(context, async ({ db }, { id }) => {
    const human = await findPerson(db, id, text);
    const now = context.clock.now();
    const data = await readAll(db, id, human, now);
    if (file !== undefined) await writeNew(file, `${JSON.stringify(data, null, 2)}\n`);
    const target = human.humanId;
    await audit(db, id, now, { actor: "operator", action: "person.exported", target });
    const { out } = context;
    if (file === undefined) out.line(JSON.stringify(data, null, 2));
    else out.line(`Everything that is kept about them is in ${file}.`);
    out.result(file === undefined ? data : { file });
    return exitCodes.ok.code;
  });
}

/** Everything about a human; they were found a moment ago. */
export async function readAll(
  db: Db,
  workspaceId: number,
  { humanId }: FoundHuman,
  now: Date,
): Promise<OwnData> {
  const data = await readOwnData(db, workspaceId, humanId, now);
  if (data === undefined) throw new AppError("not-found", "They were forgotten just now.");
  return data;
}

/** What is kept, in numbers. */
export function countsOf({ tables }: OwnData): Record<string, number> {
  return Object.fromEntries(Object.entries(tables).map(([table, rows]) => [table, rows.length]));
}

export function describePerson({ humanId, people }: FoundHuman, data: OwnData): string[] {
  const { consent, pausedUntil, since, asked, answers, chats, cases, quotes } = data;
  const until = pausedUntil === null ? "" : ` until ${pausedUntil}`;
  return [
    `${data.names.join(", ")} (${humanId})`,
    ...people.flatMap(({ personId, name, role, account, email, emailVerified, identities }) => [
      `  ${name}, ${role}${account === null ? "" : `, ${account}`} (${personId})`,
      ...(email === null ? [] : [`    ${email}${emailVerified ? "" : ", not confirmed"}`]),
      ...identities.map((each) => `    ${each.platform}:${each.userId} in ${each.connection}`),
    ]),
    `  known since ${since}; may be asked: ${consent}${until}`,
    `  asked ${asked} times; ${answers.length} answers, ${chats} chats, ${cases} cases, ${quotes} quotes`,
  ];
}

/** For its owner only, and never over a file that is there: it holds everything about somebody. */
async function writeNew(file: string, text: string): Promise<void> {
  try {
    const handle = await open(file, "wx", 0o600);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } catch (error) {
      await rm(file, { force: true });
      throw error;
    } finally {
      await handle.close();
    }
  } catch (cause) {
    throw new AppError("bad-input", `${JSON.stringify(file)} cannot be written.`, {
      cause,
      advice: "Name a new file in a folder that this user may write to.",
    });
  }
}
