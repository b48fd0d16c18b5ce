/**
 * Who somebody is: name, language, time zone from Slack's directory, the role from the operator's
 * lists. Names may be old when Slack is slow; a role is never higher than what is known to be true.
 */
import { AppError } from "../../src/errors.ts";
import {
  type Granted,
  highest,
  type PlatformGroup,
  type PlatformUser,
} from "../../src/platform.ts";
import { createGrants, type Grants, withGrants } from "../common/grants.ts";
import type { Memo } from "../common/memo.ts";
import { within } from "../common/patience.ts";
import {
  isNamed,
  loadGroups,
  loadPerson,
  type Person,
  type UserGroup,
} from "./directory/people.ts";
import { type Given, needsGroups, type Rules, readRules, roleOf } from "./directory/roles.ts";
import { createSlackMemo } from "./memo.ts";
import type { SlackOptions, SlackWorkspace } from "./workspace.ts";

/** Names, languages and zones change rarely, and a change is an event. */
const PERSON_TTL_MS = 600_000;
/** What gives rights is asked again after a minute, event or not (T10). */
const RIGHTS_TTL_MS = 60_000;
const MAX_PEOPLE = 10_000;
/** What Slack said of somebody is of use for so long when it does not answer; then it is let go. */
const HOLD_MS = 3_600_000;
/** Slack waits three seconds for our acknowledgement. */
const BUDGET_MS = 1200;
/** Whoever typed a command has seen "one moment": as long as a call may take (client.ts), and a bit. */
const LONGEST_MS = 12_000;

/** Somebody as a payload names them. */
export interface Mentioned {
  readonly id: string;
  readonly name?: string | undefined;
}

export interface Member {
  readonly user: PlatformUser;
  /** The user group that makes them part of the team, when several do that. */
  readonly team?: string;
}

/** How well it has to be known who somebody is. */
export type Need = "at-least" | "certain" | "awaited";

export interface Directory {
  /**
   * Who this is. The role is `at-least` what is told; with `certain` it is known to be theirs; with
   * `awaited` too, and Slack may take its time to say so: for what Slack delivers only once.
   * @throws AppError when the role has to be certain and Slack cannot be asked now.
   */
  member(workspace: SlackWorkspace, who: Mentioned, need: Need): Promise<Member>;
  /** @throws as `member`. */
  groups(workspace: SlackWorkspace): Promise<readonly PlatformGroup[]>;
  forgetUser(workspace: SlackWorkspace, userId: string): void;
  forgetGroups(workspace: SlackWorkspace): void;
}

interface Desk {
  readonly people: Memo<Person>;
  readonly groups: Memo<readonly UserGroup[]>;
}

const ALL = "all";
const noGroups: Attempted<readonly UserGroup[]> = { value: [] };

export function createDirectory(
  options: Pick<SlackOptions, "team" | "leads" | "admins" | "now">,
  budgetMs = BUDGET_MS,
  grants: Pick<Grants, "of"> = createGrants(Date.now),
): Directory {
  const rules = readRules(options);
  const now = options.now ?? Date.now;
  const desks = new Map<string, Desk>();
  const deskOf = (workspace: SlackWorkspace): Desk => {
    const known = desks.get(workspace.ref.externalId) ?? createDesk(workspace, rules, now);
    desks.set(workspace.ref.externalId, known);
    return known;
  };
  return {
    async member(workspace, who, need) {
      const { people, groups } = deskOf(workspace);
      const granted = await grants.of(workspace.ref);
      // Slack is asked for user groups only where one of them gives a role.
      const matter = needsGroups(rules) || granted.groups.size > 0;
      const patience = need === "awaited" ? LONGEST_MS : budgetMs;
      const [person, list] = await Promise.all([
        attempt(people.read(who.id), patience),
        matter ? attempt(groups.read(ALL), patience) : noGroups,
      ]);
      const known = person.value ?? people.last(who.id);
      const { given, certain } = judge(who.id, rules, person.value, list.value, granted);
      if (need !== "at-least" && !certain) throw person.error ?? list.error ?? unknown();
      const own: PlatformUser = {
        ...describe(who, known),
        role: given.role,
        ...(given.by === undefined ? {} : { roleBy: given.by }),
        ...(certain ? {} : { roleUnsure: true as const }),
        ...groupsOf(who.id, granted, list.value),
      };
      const user = withGrants(own, granted);
      const team = teamOf(who.id, rules, list.value ?? []);
      return team === undefined || user.role === "customer" ? { user } : { user, team };
    },
    async groups(workspace) {
      const all = await deskOf(workspace).groups.read(ALL);
      return all.map(({ id, handle, name }) => ({ id, name: handle === "" ? name : `@${handle}` }));
    },
    forgetUser: (workspace, userId) => deskOf(workspace).people.forget(userId),
    forgetGroups: (workspace) => deskOf(workspace).groups.forget(ALL),
  };
}

function createDesk(workspace: SlackWorkspace, rules: Rules, now: () => number): Desk {
  // Whoever is at home there may have more rights than a guest.
  const homeReads = rules.admins.home || rules.leads.home;
  const givesRights = ({ owner, home }: Person) =>
    (owner && rules.ownersAreAdmins) || (home && homeReads);
  return {
    people: createSlackMemo({
      load: (userId) => loadPerson(workspace, userId),
      ttl: (person) => (givesRights(person) ? RIGHTS_TTL_MS : PERSON_TTL_MS),
      hold: HOLD_MS,
      max: MAX_PEOPLE,
      now,
    }),
    groups: createSlackMemo({
      load: () => loadGroups(workspace),
      ttl: () => RIGHTS_TTL_MS,
      max: 1,
      now,
    }),
  };
}

interface Attempted<T> {
  readonly value?: T | undefined;
  readonly error?: unknown;
}

async function attempt<T>(work: Promise<T>, milliseconds: number): Promise<Attempted<T>> {
  try {
    return { value: await within(work, milliseconds) };
  } catch (error) {
    return { error };
  }
}

/** The role by what is known, and whether anything that is not known could make it another one. */
function judge(
  userId: string,
  rules: Rules,
  person: Person | undefined,
  groups: readonly UserGroup[] | undefined,
  granted: Granted,
): { given: Given; certain: boolean } {
  const inGroup = (name: string) =>
    groups?.some((group) => isNamed(group, name) && group.members.has(userId));
  const supposing = (unknown: boolean) =>
    roleOf(userId, rules, {
      home: person?.home ?? unknown,
      owner: person?.owner ?? unknown,
      inGroup: (name) => inGroup(name) ?? unknown,
    });
  const given = supposing(false);
  const own = granted.users.get(userId) ?? "customer";
  const unread = groups === undefined ? [...granted.groups.values()] : [];
  const certain = highest(supposing(true).role, own, ...unread) === highest(given.role, own);
  return { given, certain };
}

/** Of their groups only those that give a role here; nothing where Slack did not tell. */
function groupsOf(
  userId: string,
  granted: Granted,
  groups: readonly UserGroup[] | undefined,
): Pick<PlatformUser, "groups"> {
  const theirs = groups?.filter(({ id, members }) => granted.groups.has(id) && members.has(userId));
  return theirs === undefined || theirs.length === 0 ? {} : { groups: theirs.map(({ id }) => id) };
}

function describe(who: Mentioned, known: Person | undefined): Omit<PlatformUser, "role"> {
  const name = known?.name ?? who.name;
  return { externalId: who.id, ...(name === undefined ? {} : { name }), ...known?.details };
}

/** Only when there is a choice of several groups does the group say which team it is. */
function teamOf(userId: string, { team }: Rules, groups: readonly UserGroup[]): string | undefined {
  if (team.groups.length < 2) return undefined;
  const ours = team.groups.map((name) => groups.find((group) => isNamed(group, name)));
  return ours.find((group) => group?.members.has(userId))?.name;
}

function unknown(): AppError {
  return new AppError("temporary", "Slack did not say in time who this is", {
    advice:
      "Slack delivers the event again. The doctor command says whether user groups can be read.",
  });
}
