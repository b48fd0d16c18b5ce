/** How much of the figures somebody may see: agents their own, leads their teams', admins all. */
import { type Language, type TextKey, textsFor } from "../locales/index.ts";
import type { Cut, Filter, FilterName, Kept } from "../metrics/filter.ts";
import { filterNames } from "../metrics/filter.ts";
import type { Message, Role } from "../platform.ts";
import { readTeamsOfHuman } from "../store/people-teams.ts";
import type { Db } from "../store/schema.ts";
import { readSettings } from "../store/settings.ts";
import { readTeams } from "../store/teams.ts";
import type { Reader } from "./command.ts";

/** What a reader's views are narrowed down to before anything that they ask for. */
export interface Scope {
  readonly sees: "everything" | "totals" | "teams" | "own";
  /** Empty for everything. No view of theirs is wider. */
  readonly filter: Filter;
  /** False: neither single answers nor comments, only figures as the display ladder allows. */
  readonly singleAnswers: boolean;
}

const everything: Scope = { sees: "everything", filter: {}, singleAnswers: true };
/** What viewers see: figures of all, without names. */
const totals: Scope = { sees: "totals", filter: {}, singleAnswers: false };

/** The scope of a reader by their role and the teams that they lead. */
export async function scopeOf(
  db: Db,
  { workspace, person }: Pick<Reader, "workspace" | "person">,
): Promise<Scope> {
  if (person.role === "admin") return everything;
  if (person.role === "viewer") return totals;
  const { people, teams } = await readTeamsOfHuman(db, workspace.id, person.id);
  if (person.role !== "lead") {
    const agent = { values: people, label: person.name };
    const { agents } = await readSettings(db, workspace.id);
    return { sees: "own", filter: { agent }, singleAnswers: agents.singleScores };
  }
  if (teams.length === 0) return everything;
  const team = teamsKept(teams, await readTeams(db, workspace.id));
  return { sees: "teams", filter: { team }, singleAnswers: true };
}

/** The teams in every spelling that chats have of them. */
function teamsKept(teams: readonly string[], known: readonly string[]): Kept {
  const names = new Map(teams.toReversed().map((team) => [sameName(team), team]));
  const spelled = known.filter((team) => names.has(sameName(team)));
  const values = [...new Set([...teams, ...spelled])].sort();
  return { values, label: [...names.values()].toReversed().join(", ") };
}

function sameName(name: string): string {
  return name.normalize("NFKC").trim().toLowerCase();
}

/** A filter within a scope, or that it is not. */
export type Narrowed = { readonly ok: true; readonly filter: Filter } | { readonly ok: false };

/** Names of customers and colleagues, which nobody sees who sees only their own figures. */
const namesOfOthers: readonly Cut[] = ["agent", "account"];

/**
 * What was asked for, narrowed down to a scope. What is not wholly within it is refused, never
 * narrowed down in silence: the card would show something else than what was asked for.
 */
export function withinScope(
  { sees, filter: scope }: Scope,
  { filter, by }: { readonly filter: Filter; readonly by?: Cut | undefined },
): Narrowed {
  if (seesNoNames(sees) && by !== undefined && namesOfOthers.includes(by)) return { ok: false };
  if (seesNoNames(sees) && filter.account !== undefined) return { ok: false };
  if (sees === "totals" && filter.agent !== undefined) return { ok: false };
  const wide = filterNames.some((name) => !isWithin(filter[name], scope[name]));
  return wide ? { ok: false } : { ok: true, filter: { ...scope, ...filter } };
}

/** Whether a role may split and narrow down figures by this; in their scope all others may. */
export function seesNames(role: Role, name: FilterName | Cut): boolean {
  if (role !== "viewer" && role !== "agent") return true;
  return !namesOfOthers.some((each) => each === name);
}

function seesNoNames(sees: Scope["sees"]): boolean {
  return sees === "own" || sees === "totals";
}

function isWithin(asked: Kept | undefined, allowed: Kept | undefined): boolean {
  if (asked === undefined || allowed === undefined) return true;
  return asked.values.every((value) => allowed.values.includes(value));
}

/** Which choices of a list a scope leaves: a name outside of it is not even suggested. */
export function isInScope({ sees, filter }: Scope, name: FilterName, value: string): boolean {
  if (seesNoNames(sees) && name === "account") return false;
  if (sees === "totals" && name === "agent") return false;
  return filter[name]?.values.includes(value) ?? true;
}

/** The teams that a scope is of, as chats spell them; none where it is of no teams. */
export function teamsIn({ filter }: Scope): readonly string[] {
  return filter.team?.values ?? [];
}

/** Whether what is of a team (null: of none) is within a scope. */
export function ofTeam({ filter }: Scope, team: string | null): boolean {
  return filter.team?.values.includes(team ?? "") ?? true;
}

/** "You see team Billing": the answer to what is outside of a scope. */
export function scopeRefusal({ sees, filter }: Scope, language: Language): Message {
  const texts = textsFor(language);
  const refusal = (said: TextKey, why: TextKey): Message => {
    const [text, note] = [texts.text(said), texts.text(why)];
    const parts = [{ kind: "text", text } as const, { kind: "note", text: note } as const];
    return { summary: text, parts, locale: language };
  };
  if (sees === "totals") return refusal("scope.viewer", "scope.viewer.why");
  const text =
    sees === "own"
      ? texts.text("scope.own")
      : texts.text("scope.teams", {
          n: new Set(filter.team?.values.map(sameName)).size,
          teams: filter.team?.label ?? "",
        });
  const note = texts.text(sees === "own" ? "scope.own.why" : "scope.teams.why");
  return {
    summary: text,
    parts: [
      { kind: "text", text },
      { kind: "note", text: note },
    ],
    locale: language,
  };
}
