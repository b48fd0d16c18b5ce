/** `aftertalk person teams PERSON Billing,Refunds | all`: whose figures somebody who leads sees. */
import { AppError } from "../errors.ts";
import { readKnownOfAnswers } from "../store/names-of-cuts.ts";
import { readTeamsOfHuman, setTeamsOfHuman } from "../store/people-teams.ts";
import { readTeams } from "../store/teams.ts";
import type { CliContext } from "./context.ts";
import { exitCodes } from "./exit-codes.ts";
import { findPerson } from "./find-person.ts";
import { withDatabase } from "./with-database.ts";
import { inWork } from "./with-engine.ts";

const ACTOR = "operator";
const ALL = "all";

/** Without `wanted` it only says which they are. */
export function personTeams(
  context: CliContext,
  text: string,
  wanted: string | undefined,
): Promise<number> {
  return withDatabase(context, async (database, { id }) => {
    const { db } = database;
    const { humanId: personId } = await findPerson(db, id, text);
    const { out } = context;
    if (wanted !== undefined) {
      // Imported answers may be of teams whose chats are not here.
      const answered = await readKnownOfAnswers(db, id, "team");
      const known = [...(await readTeams(db, id)), ...answered.map(({ label }) => label)];
      const { teams, unseen } = teamsIn(wanted, [...new Set(known)]);
      await inWork(context, database, ({ transaction, now }) =>
        setTeamsOfHuman(transaction, id, { personId, teams }, { actor: ACTOR, at: now }),
      );
      for (const team of unseen)
        out.line(`Note: no chat has named a team ${JSON.stringify(team)} so far.`);
    }
    const { teams } = await readTeamsOfHuman(db, id, personId);
    out.line(sayTeams(teams));
    out.result({ personId, teams });
    return exitCodes.ok.code;
  });
}

/** In every spelling that is known of each; a name that is not known is taken as it is. */
function teamsIn(wanted: string, known: readonly string[]) {
  if (wanted.trim().toLowerCase() === ALL) return { teams: [], unseen: [] };
  const names = wanted.split(",").flatMap((name) => name.trim() || []);
  if (names.length === 0) {
    throw new AppError("bad-input", "No team is named.", {
      advice: "Name teams with commas between them, or type all.",
    });
  }
  const spellings = (name: string) => known.filter((each) => same(each) === same(name));
  const unseen = names.filter((name) => spellings(name).length === 0);
  const teams = names.flatMap((name) => (unseen.includes(name) ? [name] : spellings(name)));
  return { teams: [...new Set(teams)], unseen };
}

function same(name: string): string {
  return name.normalize("NFKC").trim().toLowerCase();
}

/** What a lead with these teams sees. */
export function sayTeams(teams: readonly string[]): string {
  return teams.length === 0
    ? "As a lead they see all teams."
    : `As a lead they see only: ${teams.join(", ")}.`;
}
