/** Who is what to us: the operator's lists, Slack's user groups, the home workspace. Pure. */
import type { Role } from "../../../src/platform.ts";

/** User groups by id (S…) or handle, users by id; `home`: everybody of the home workspace. */
export interface Rule {
  readonly groups: readonly string[];
  readonly users: readonly string[];
  readonly home: boolean;
}

export interface Rules {
  readonly admins: Rule;
  readonly leads: Rule;
  readonly team: Rule;
  /** Nobody is named as admin: then the workspace's owners and admins are. */
  readonly ownersAreAdmins: boolean;
}

/** `home`, U… or W… (users), S… (user groups), anything else is a user group's handle. */
function readRule(entries: readonly string[]): Rule {
  const names = entries.map((entry) => entry.trim().replace(/^@/, "")).filter(Boolean);
  const isUser = (name: string) => /^[UW][A-Z0-9]{4,}$/.test(name);
  return {
    groups: names.filter((name) => name !== "home" && !isUser(name)),
    users: names.filter(isUser),
    home: names.includes("home"),
  };
}

export function readRules(options: {
  readonly team: readonly string[];
  readonly leads: readonly string[];
  readonly admins: readonly string[];
}): Rules {
  return {
    admins: readRule(options.admins),
    leads: readRule(options.leads),
    team: readRule(options.team),
    ownersAreAdmins: options.admins.length === 0,
  };
}

/** Whether anything depends on Slack's user groups. */
export function needsGroups({ admins, leads, team }: Rules): boolean {
  return [admins, leads, team].some(({ groups }) => groups.length > 0);
}

/** What is known of somebody; without an answer of Slack's both extremes are tried. */
export interface Standing {
  /** A full member of the installation's own workspace: neither a guest nor another company's. */
  readonly home: boolean;
  /** Owner or admin of the home workspace. */
  readonly owner: boolean;
  readonly inGroup: (group: string) => boolean;
}

/** A role, and what gives it: being an owner, or the operator's setting by its name. */
export interface Given {
  readonly role: Role;
  readonly by?: string;
}

/** The highest role that somebody has. */
export function roleOf(userId: string, rules: Rules, standing: Standing): Given {
  const matches = ({ users, groups, home }: Rule) =>
    users.includes(userId) || (home && standing.home) || groups.some(standing.inGroup);
  if (rules.ownersAreAdmins && standing.home && standing.owner)
    return { role: "admin", by: "owner" };
  if (matches(rules.admins)) return { role: "admin", by: "SLACK_ADMINS" };
  if (matches(rules.leads)) return { role: "lead", by: "SLACK_LEADS" };
  return matches(rules.team) ? { role: "agent", by: "SLACK_TEAM" } : { role: "customer" };
}
