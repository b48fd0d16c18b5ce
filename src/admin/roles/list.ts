/** `/aftertalk roles`: who may do what, and what gives it to them; page by page. */
import { sayMoment } from "../../commands/moment.ts";
import { textsFor } from "../../locales/index.ts";
import type { Message, Part } from "../../platform.ts";
import { listGrants, type RoleGrant } from "../../store/role-grants.ts";
import { listRoleHolders } from "../../store/role-list.ts";
import { sameHuman } from "../../store/same-human.ts";
import type { AdminAction } from "../admin-action.ts";
import { turnButtons } from "../admin-pages.ts";
import { sayWhoOf } from "../change-people.ts";
import type { DraftContext } from "../draft-kind.ts";
import { whyText } from "./role-words.ts";

export const LIST_ROLES = "roles";

/** So many people stand on a page. */
const PAGE = 10;

type Context = Pick<DraftContext, "engine" | "db" | "reader">;

export async function rolesPage(context: Context, page: number): Promise<Message> {
  const { db, reader } = context;
  const { workspace, language } = reader;
  const texts = textsFor(language);
  const grants = await listGrants(db, workspace.id);
  const found = await listRoleHolders(db, workspace.id, { offset: page * PAGE, limit: PAGE + 1 });
  const { who } = await sayWhoOf(
    db,
    workspace.id,
    texts,
    grants.map(({ by }) => by),
  );
  const day = (at: Date) => sayMoment(at, "day", language, workspace.timeZone);
  const people = await Promise.all(
    found.slice(0, PAGE).map(async ({ personId, name, role, roleBy }) => {
      const own = await ownGrant(db, workspace.id, grants, personId);
      const why = whyText(texts, roleBy, { grants, own, who, day });
      return [
        name,
        texts.text("roles.row", { role: texts.text(`roles.role.${role}`), why }),
      ] as const;
    }),
  );
  const groups = page > 0 ? [] : grants.flatMap((grant) => groupRow(grant));
  function groupRow({ subject, role, by, at }: RoleGrant) {
    if (subject.kind !== "group") return [];
    const why = texts.text("roles.why.granted", { who: who(by), day: day(at) });
    const told = texts.text("roles.row", { role: texts.text(`roles.role.${role}`), why });
    return [[subject.label, told] as const];
  }
  const title = texts.text("roles.title");
  const rows: Part[] = [
    ...(people.length === 0 ? [] : [{ kind: "facts", rows: people } as const]),
    ...(groups.length === 0
      ? []
      : [
          { kind: "heading", text: texts.text("roles.groups"), minor: true } as const,
          { kind: "facts", rows: groups } as const,
        ]),
  ];
  const nobody: Part[] = [{ kind: "text", text: texts.text("roles.nobody") }];
  return {
    summary: title,
    parts: [
      { kind: "heading", text: title },
      ...(rows.length === 0 ? nobody : rows),
      { kind: "note", text: texts.text("roles.what") },
      { kind: "note", text: texts.text("roles.how") },
      ...turnButtons(context, { action: LIST_ROLES, page, more: found.length > PAGE }),
    ],
    locale: language,
  };
}

async function ownGrant(
  db: DraftContext["db"],
  workspaceId: number,
  grants: readonly RoleGrant[],
  personId: string,
): Promise<RoleGrant | undefined> {
  const named = grants.filter(({ subject }) => subject.kind === "person");
  if (named.length === 0) return undefined;
  const rows = await sameHuman(db, workspaceId, personId);
  return named.find(({ subject }) => subject.kind === "person" && rows.includes(subject.personId));
}

export const listRolesAction: AdminAction = {
  roles: ["admin"],
  screen: (context, { value }) => {
    const page = Number(value ?? "0");
    return rolesPage(context, Number.isInteger(page) && page >= 0 ? page : 0);
  },
};
