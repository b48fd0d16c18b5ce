/** `aftertalk roles list | grant | revoke`: who may do what, for whoever runs the program. */
import { type GrantedRole, grantedRoles, type Subject } from "../configuration/change.ts";
import { AppError } from "../errors.ts";
import { readHumans } from "../store/identities.ts";
import { grantedRole, listGrants } from "../store/role-grants.ts";
import { listRoleHolders } from "../store/role-list.ts";
import { applyAsOperator } from "./apply-changes.ts";
import type { CliContext } from "./context.ts";
import { exitCodes } from "./exit-codes.ts";
import { findPerson } from "./find-person.ts";
import { withDatabase } from "./with-database.ts";
import { inWork } from "./with-engine.ts";

const ALL = { offset: 0, limit: 10_000 };

/** Everybody who was met and has a role, then the groups. */
export function listRoles(context: CliContext): Promise<number> {
  return withDatabase(context, async ({ db }, { id }) => {
    const people = await listRoleHolders(db, id, ALL);
    const grants = await listGrants(db, id);
    const groups = grants.flatMap(({ subject, role, by, at }) =>
      subject.kind === "group" ? [{ ...subject, role, by, at }] : [],
    );
    const { out } = context;
    for (const { role, name, personId, roleBy } of people)
      out.line(`${role.padEnd(6)}  ${name}  ${personId}  ${roleBy ?? "by the platform"}`);
    for (const { role, label, groupId } of groups)
      out.line(`${role.padEnd(6)}  everybody in ${label}  ${groupId}`);
    if (people.length + groups.length === 0) out.line("Nobody with a role was met so far.");
    out.result({ people, groups });
    return exitCodes.ok.code;
  });
}

export function grantRole(context: CliContext, role: string, text: string): Promise<number> {
  const wanted = grantedRoles.find((each) => each === role.toLowerCase());
  if (wanted === undefined)
    throw new AppError("bad-input", "There is no such role.", {
      advice: `Roles are ${grantedRoles.join(", ")}.`,
    });
  return setRole(context, text, wanted);
}

/** Takes away what was granted to somebody themselves; settings and rights on a platform stay. */
export function revokeRole(context: CliContext, text: string): Promise<number> {
  return setRole(context, text, null);
}

function setRole(context: CliContext, text: string, to: GrantedRole | null): Promise<number> {
  return withDatabase(context, async (database, { id }) => {
    const { db } = database;
    const { humanId: personId } = await findPerson(db, id, text);
    const subject: Subject = { kind: "person", personId };
    const [human] = await readHumans(db, id, { by: "id", id: personId });
    if (human?.people.some(({ bot }) => bot)) throw new AppError("bad-input", "That is a bot.");
    await inWork(context, database, async ({ transaction, now }) => {
      const was = await grantedRole(transaction, id, subject);
      await applyAsOperator(transaction, id, [{ kind: "role", subject, to, was }], now);
    });
    const [after] = await readHumans(db, id, { by: "id", id: personId });
    const roles = after?.people.map(({ role }) => role) ?? [];
    context.out.line(`They are now: ${[...new Set(roles)].join(", ")}.`);
    context.out.result({ personId, granted: to, roles });
    return exitCodes.ok.code;
  });
}
