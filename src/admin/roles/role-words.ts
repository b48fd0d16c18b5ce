/** Roles in words, and what gives one. Pure. */
import type { GrantedRole } from "../../configuration/change.ts";
import { grantedRoles } from "../../configuration/change.ts";
import { languages, type Texts, textsFor } from "../../locales/index.ts";
import type { RoleGrant } from "../../store/role-grants.ts";
import { GRANTED, GROUP } from "../../store/roles.ts";

const noRole = ["none", "customer", "nobody"];

/** The role that a word means in any of our languages; null: none; undefined: it means no role. */
export function roleWord(word: string): GrantedRole | null | undefined {
  const wanted = word.toLowerCase();
  if (noRole.includes(wanted)) return null;
  const all = languages.map((language) => textsFor(language));
  if (all.some((texts) => texts.text("roles.role.none").toLowerCase() === wanted)) return null;
  return grantedRoles.find(
    (role) =>
      role === wanted ||
      all.some((texts) => texts.text(`roles.role.${role}`).toLowerCase() === wanted),
  );
}

/** What gives somebody their role: the platform, a setting, a group, or who named them. */
export function whyText(
  texts: Texts,
  roleBy: string | null,
  given: {
    readonly grants: readonly RoleGrant[];
    /** What was granted to themselves. */
    readonly own: RoleGrant | undefined;
    readonly who: (by: string) => string;
    readonly day: (at: Date) => string;
  },
): string {
  const { grants, own, who, day } = given;
  if (roleBy === "owner" || roleBy === "rights") return texts.text(`roles.why.${roleBy}`);
  if (roleBy === GRANTED && own !== undefined)
    return texts.text("roles.why.granted", { who: who(own.by), day: day(own.at) });
  if (roleBy?.startsWith(GROUP)) {
    const id = roleBy.slice(GROUP.length);
    const group = grants.find(({ subject }) => subject.kind === "group" && subject.groupId === id);
    const label = group?.subject.kind === "group" ? group.subject.label : id;
    return texts.text("roles.why.group", { group: label });
  }
  return roleBy !== null && /^[A-Z_]+$/u.test(roleBy)
    ? texts.text("roles.why.setting", { name: roleBy })
    : texts.text("roles.why.platform");
}
