/** What can be chosen while a command is typed. Asked for at every key, so it is little work. */
import { languageOf } from "../language-of.ts";
import { isTextKey, type Language, textsFor } from "../locales/index.ts";
import type { PeriodContext } from "../metrics/period.ts";
import { parsePeriod, periodExamples, periodWords } from "../metrics/period-text.ts";
import type { Suggestion, SuggestRequest } from "../platform.ts";
import type { Connection } from "../store/connections.ts";
import { listSurveys } from "../store/surveys.ts";
import { readTeams } from "../store/teams.ts";
import { mayRead, type ReadContext } from "./command.ts";
import { quoted } from "./filter.ts";
import { periodLabel } from "./summary-period.ts";

/** No platform shows more. */
const MOST = 25;

/** A team without a chat for so long is typed by whoever still wants it. */
const TEAMS_MS = 90 * 24 * 60 * 60 * 1000;

/** A longer name is no choice on every platform. */
const LONGEST = 90;

type Asked = Pick<SuggestRequest, "from" | "list" | "typed">;

/** Choices that fit what was typed; none for whoever may not read answers. */
export async function suggestFor(
  { db, clock }: ReadContext,
  connection: Connection,
  { from, list, typed }: Asked,
): Promise<readonly Suggestion[]> {
  if (!mayRead(from.role)) return [];
  const { workspace } = connection;
  const language = languageOf(connection, from);
  const now = clock.now();
  switch (list) {
    case "period":
      return periods({ now, timeZone: workspace.timeZone }, language, typed);
    case "team": {
      const teams = await readTeams(db, workspace.id, new Date(now.getTime() - TEAMS_MS));
      return fitting(teams.map(teamChoice), typed);
    }
    case "survey": {
      const surveys = await listSurveys(db, workspace.id);
      const texts = textsFor(language);
      const choices = surveys.map(({ metric }) => {
        return { label: texts.text(`metric.${metric}.name`), value: metric };
      });
      return fitting(choices, typed);
    }
  }
}

/** What was typed, when it is a period; else every word and date that begins or sounds like it. */
function periods(context: PeriodContext, language: Language, typed: string): Suggestion[] {
  const values = [...periodWords, ...periodExamples(context)];
  const choices = values.flatMap((value) => periodChoice(value, context, language));
  const own = typed.trim() === "" ? [] : periodChoice(typed.trim(), context, language);
  const others = fitting(choices, typed).filter(({ value }) => value !== own[0]?.value);
  return [...own, ...others].slice(0, MOST);
}

function periodChoice(value: string, context: PeriodContext, language: Language): Suggestion[] {
  const parsed = parsePeriod(value, context);
  if (!parsed.ok) return [];
  const dates = periodLabel({ ...parsed.period, running: false }, language);
  const word = periodWords.find((each) => each === value.toLowerCase());
  if (word === undefined) return [{ label: `${value} · ${dates}`, value }];
  const key = `period.word.${word.replace(" ", "-")}`;
  const name = isTextKey(key) ? textsFor(language).text(key) : word;
  const label = parsed.period.kind === "all" ? name : `${name} · ${dates}`;
  return [{ label, value: word }];
}

function teamChoice(name: string): Suggestion {
  return { label: name, value: quoted(name) };
}

/** By value or by label, whatever the case; what begins with it comes first. */
function fitting(choices: readonly Suggestion[], typed: string): Suggestion[] {
  const wanted = typed.trim().replace(/^["“]/u, "").toLowerCase();
  const rank = ({ label, value }: Suggestion): number => {
    const names = [label.toLowerCase(), value.toLowerCase().replace(/^"/u, "")];
    if (names.some((name) => name.startsWith(wanted))) return 0;
    return names.some((name) => name.includes(wanted)) ? 1 : 2;
  };
  return [0, 1]
    .flatMap((wantedRank) => choices.filter((choice) => rank(choice) === wantedRank))
    .filter(({ value }) => value.length <= LONGEST)
    .slice(0, MOST);
}
