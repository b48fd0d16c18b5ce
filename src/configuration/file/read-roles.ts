/** The roles of a file: people by address or platform's id, groups by connection and id. Pure. */
import { z } from "zod";
import { hint } from "../../scheduling/definition/schedule-issues.ts";
import { grantedRoles, type Subject } from "../change.ts";
import { subjectKey } from "../configuration.ts";
import { type FiledRole, type Found, isFields, itemsOf, type KnownToFile } from "./filed.ts";
import { checkShape } from "./shape.ts";

const text = z
  .string()
  .min(1)
  .max(200)
  .refine((value) => value.isWellFormed() && !value.includes("\0"), {
    error: "it has a character that cannot be kept",
  });
const role = z.enum(grantedRoles);

export const personRole = z.strictObject({ person: text, role });
export const groupRole = z.strictObject({
  connection: text,
  group: text,
  name: text.optional(),
  role,
});

/** How people are named in a file, as a file writes them. */
export function peopleIn(roles: unknown): string[] {
  return itemsOf(roles).flatMap(([, entry]) =>
    isFields(entry) && typeof entry.person === "string" ? [entry.person] : [],
  );
}

/** The roles of a list, and what is wrong with them. Without `known` nobody can be found. */
export function readFiledRoles(
  written: unknown,
  known: KnownToFile | undefined,
): { readonly roles: readonly FiledRole[]; readonly found: readonly Found[] } {
  if (!Array.isArray(written)) {
    const message =
      "it must be a list of roles, each beginning with `- person:` or `- connection:`";
    return { roles: [], found: [{ path: ["roles"], message }] };
  }
  const roles: FiledRole[] = [];
  const found: Found[] = [];
  const seen = new Set<string>();
  for (const [index, entry] of itemsOf(written)) {
    const add = (problem: Found) =>
      found.push({
        ...problem,
        path: ["roles", index, ...problem.path],
        ...{ about: `role number ${index + 1}`, depth: 2 },
      });
    const { filed, problems } = readEntry(entry, known);
    for (const problem of problems) add(problem);
    if (filed === undefined) continue;
    const key = subjectKey(filed.subject);
    const path = [filed.subject.kind === "person" ? "person" : "group"];
    if (seen.has(key)) add({ path, message: "they have a role in this file already" });
    seen.add(key);
    roles.push(filed);
  }
  return { roles, found };
}

function readEntry(
  entry: unknown,
  known: KnownToFile | undefined,
): { readonly filed?: FiledRole; readonly problems: readonly Found[] } {
  if (isFields(entry) && ("group" in entry || "connection" in entry)) {
    const read = checkShape(groupRole, entry);
    if ("problems" in read) return { problems: read.problems };
    const { connection, group, name = "", role: granted } = read.value;
    if (known === undefined) return { problems: [] };
    const id = known.connections.get(connection)?.id;
    if (id === undefined) return { problems: [unknownConnection(connection, known)] };
    const subject: Subject = { kind: "group", connectionId: id, groupId: group, label: name };
    return { filed: { subject, role: granted }, problems: [] };
  }
  const read = checkShape(personRole, entry);
  if ("problems" in read) return { problems: read.problems };
  if (known === undefined) return { problems: [] };
  const subject = subjectOf(read.value.person, known);
  return "problem" in subject
    ? { problems: [{ path: ["person"], message: subject.problem }] }
    : { filed: { subject, role: read.value.role }, problems: [] };
}

function unknownConnection(connection: string, { connections }: KnownToFile): Found {
  const there = [...connections.keys()];
  const why = there.length === 0 ? "none is there yet" : hint(connection, there);
  return { path: ["connection"], message: `there is no such connection: ${why}` };
}

function subjectOf(
  written: string,
  { people, now }: KnownToFile,
): Extract<Subject, { kind: "person" }> | { readonly problem: string } {
  const [somebody, ...others] = people.get(written) ?? [];
  if (somebody === undefined) {
    return {
      problem:
        "nobody is known by that: name them by e-mail address or as slack:U0123ABCD once they have been met",
    };
  }
  if (others.length > 0) {
    return { problem: `that may be ${others.length + 1} people: name one as slack:U0123ABCD` };
  }
  // Whoever has a role by another of their identities keeps it there.
  const granted = somebody.ids.find((id) => now.grants.has(`person:${id}`));
  return { kind: "person", personId: granted ?? somebody.personId };
}
