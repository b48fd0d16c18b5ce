/** What can be chosen while a command is typed. Asked for at every key, so it is little work. */
import { languageOf } from "../language-of.ts";
import { isTextKey, type Language, textsFor } from "../locales/index.ts";
import { languageName } from "../locales/language-name.ts";
import type { FilterName } from "../metrics/filter.ts";
import type { PeriodContext } from "../metrics/period.ts";
import { parsePeriod, periodExamples, periodWords } from "../metrics/period-text.ts";
import type { Suggestion, SuggestRequest } from "../platform.ts";
import type { Connection } from "../store/connections.ts";
import { readKnown } from "../store/names-of-cuts.ts";
import { readKnownOfTeams } from "../store/names-of-teams.ts";
import { roleNow } from "../store/roles.ts";
import { listSchedules } from "../store/schedules.ts";
import { listKeptSurveys } from "../store/survey-versions.ts";
import { listSurveys } from "../store/surveys.ts";
import { figureRoles, mayRead, type ReadContext } from "./command.ts";
import { scopeOf, teamsIn } from "./scope.ts";
import { quoted } from "./view/filter.ts";
import { isSeen } from "./view/parts.ts";
import { periodLabel } from "./view/period.ts";

/** No platform shows more. */
const MOST = 25;

/** What had no chat for so long is typed by whoever still wants it. */
const RECENT_MS = 90 * 24 * 60 * 60 * 1000;

/** A longer name is no choice on every platform. */
const LONGEST = 90;

type Asked = Pick<SuggestRequest, "from" | "list" | "typed">;

/** Choices that fit what was typed; none for whoever may see no figures, and none outside of theirs. */
export async function suggestFor(
  { db, clock }: ReadContext,
  connection: Connection,
  { from: user, list, typed }: Asked,
): Promise<readonly Suggestion[]> {
  const { workspace } = connection;
  const { role, personId } = await roleNow(db, workspace.id, connection.id, user);
  if (!figureRoles.some((each) => each === role)) return [];
  const from = { ...user, role };
  const language = languageOf(connection, from);
  const now = clock.now();
  const when = { now, timeZone: workspace.timeZone };
  switch (list) {
    case "period":
      return periods(when, language, typed);
    case "vs":
      return versus(when, language, typed);
    case "survey": {
      if (from.role !== "admin") return [];
      const surveys = await listSurveys(db, workspace.id);
      const texts = textsFor(language);
      const choices = surveys.map(({ metric }) => {
        return { label: texts.text(`metric.${metric}.name`), value: metric };
      });
      return fitting(choices, typed);
    }
    case "survey-key":
      return mayRead(from.role) ? named(db, workspace.id, { list, typed }) : [];
    case "schedule":
      return from.role === "admin" ? named(db, workspace.id, { list, typed }) : [];
    default:
      return names({ db, clock }, connection, { from, personId, name: list, typed, language });
  }
}

/** What can be named: surveys and schedules that are not put away. */
async function named(
  db: ReadContext["db"],
  workspaceId: number,
  { list, typed }: { readonly list: "survey-key" | "schedule"; readonly typed: string },
): Promise<readonly Suggestion[]> {
  const kept =
    list === "schedule"
      ? (await listSchedules(db, workspaceId)).map(({ definition, state }) => {
          return { name: definition.name, state };
        })
      : (await listKeptSurveys(db, workspaceId)).map(({ key, state }) => ({ name: key, state }));
  const choices = kept
    .filter(({ state }) => state !== "archived")
    .map(({ name }) => ({ label: name, value: name }));
  return fitting(choices, typed);
}

/** The names that somebody may narrow a view down to. */
async function names(
  { db, clock }: ReadContext,
  connection: Connection,
  asked: {
    from: Asked["from"];
    personId: string | undefined;
    name: FilterName;
    typed: string;
    language: Language;
  },
): Promise<Suggestion[]> {
  const { workspace } = connection;
  const { from, personId: id, name, typed, language } = asked;
  // Whoever was never met has no teams of their own, and handled nothing.
  if (id === undefined && from.role === "agent") return [];
  const person = { id: id ?? from.externalId, name: from.name ?? "", role: from.role };
  const whole = from.role === "admin" || (id === undefined && from.role !== "viewer");
  const scope = whole ? undefined : await scopeOf(db, { workspace, person });
  const since = new Date(clock.now().getTime() - RECENT_MS);
  // Of other teams not even the names are told.
  const ofTeams =
    scope?.sees === "teams"
      ? await readKnownOfTeams(db, workspace.id, name, { teams: teamsIn(scope), since })
      : undefined;
  const known = ofTeams ?? (await readKnown(db, workspace.id, name, { since, typed: bare(typed) }));
  const seen = scope === undefined ? known : known.filter((one) => isSeen(scope, name, one));
  const choices = seen.map(({ label: value }) => {
    const label = name === "language" ? languageName(value, language) : value;
    return { label, value: quoted(value) };
  });
  return fitting(unique(choices), typed);
}

function unique(choices: readonly Suggestion[]): Suggestion[] {
  return [...new Map(choices.map((choice) => [choice.value, choice])).values()];
}

/** What was typed, when it is a period; else every word and date that begins or sounds like it. */
function periods(context: PeriodContext, language: Language, typed: string): Suggestion[] {
  const values = [...periodWords, ...periodExamples(context)];
  const choices = values.flatMap((value) => periodChoice(value, context, language));
  const own = typed.trim() === "" ? [] : periodChoice(typed.trim(), context, language);
  return unique([...own, ...fitting(choices, typed)]).slice(0, MOST);
}

/** The period before, the same a year before, or any other. */
function versus(context: PeriodContext, language: Language, typed: string): Suggestion[] {
  const texts = textsFor(language);
  const choices = [
    { label: texts.text("suggest.vs.last"), value: "last" },
    { label: texts.text("suggest.vs.same-last-year"), value: "same last year" },
  ];
  const others = periods(context, language, typed).filter(({ value }) => value !== "all");
  return [...fitting(choices, typed), ...others].slice(0, MOST);
}

function periodChoice(value: string, context: PeriodContext, language: Language): Suggestion[] {
  const parsed = parsePeriod(value, { ...context, language });
  if (!parsed.ok) return [];
  const dates = periodLabel({ ...parsed.period, running: false }, language);
  const word = periodWords.find((each) => each === value.toLowerCase());
  if (word === undefined) return [{ label: `${value} · ${dates}`, value }];
  const key = `period.word.${word.replace(" ", "-")}`;
  const name = isTextKey(key) ? textsFor(language).text(key) : word;
  const label = parsed.period.kind === "all" ? name : `${name} · ${dates}`;
  return [{ label, value: word }];
}

/** As somebody begins to type a name. */
function bare(typed: string): string {
  return typed.trim().replace(/^["“”„«「『#@]+/u, "");
}

/** By value or by label, whatever the case; what begins with it comes first. */
function fitting(choices: readonly Suggestion[], typed: string): Suggestion[] {
  const wanted = bare(typed).toLowerCase();
  const rank = ({ label, value }: Suggestion): number => {
    const texts = [label, value].map((text) => bare(text).toLowerCase());
    if (texts.some((text) => text.startsWith(wanted))) return 0;
    return texts.some((text) => text.includes(wanted)) ? 1 : 2;
  };
  return [0, 1]
    .flatMap((wantedRank) => choices.filter((choice) => rank(choice) === wantedRank))
    .filter(({ value }) => value.length <= LONGEST)
    .slice(0, MOST);
}
