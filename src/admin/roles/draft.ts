/** A role that is about to be given or taken: what it means, and the button that does it. */
import { z } from "zod";
import { type ChangeOf, grantedRoles } from "../../configuration/change.ts";
import { textsFor } from "../../locales/index.ts";
import { lineMessage } from "../../messages.ts";
import { highest, type Message, type Part, type Role } from "../../platform.ts";
import { isSameHuman } from "../../store/admins.ts";
import { readPerson } from "../../store/people.ts";
import { grantedRole } from "../../store/role-grants.ts";
import { adminsRemain } from "../../store/role-list.ts";
import { readToldRole } from "../../store/roles.ts";
import { applyFromChat } from "../apply.ts";
import { type DraftContext, draftButton, draftKind, type OpenDraft } from "../draft-kind.ts";

const role = z.enum(grantedRoles).nullable();
const content = z.object({
  subject: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("person"), personId: z.string() }),
    z.object({
      kind: z.literal("group"),
      connectionId: z.string(),
      groupId: z.string(),
      label: z.string(),
    }),
  ]),
  name: z.string(),
  to: role,
  was: role,
});
export type RoleContent = z.output<typeof content>;

export const rolesDraftKind = draftKind<RoleContent>({
  read: (kept) => content.safeParse(kept).data,
  screen: roleScreen,
  async press(context, { draft, action }) {
    const { reader } = context;
    const texts = textsFor(reader.language);
    if (action !== "give") {
      const message = lineMessage(reader.language, texts.text("roles.dropped"));
      return { update: { state: "dropped" }, reply: { kind: "update", message } };
    }
    const { subject, to, was } = draft.content;
    if (await losesLastAdmin(context, draft.content)) {
      const message = lineMessage(reader.language, texts.text("roles.last"));
      return { update: { state: "dropped" }, reply: { kind: "update", message } };
    }
    const changes: ChangeOf<"role">[] = [{ kind: "role", subject, to, was }];
    const { message, update } = await applyFromChat(context, changes, { origin: "chat", draft });
    return { reply: { kind: "update", message }, ...(update === undefined ? {} : { update }) };
  },
});

async function losesLastAdmin(
  { db, reader }: Pick<DraftContext, "db" | "reader">,
  { subject, to }: RoleContent,
): Promise<boolean> {
  const { id } = reader.workspace;
  if (to === "admin" || (await grantedRole(db, id, subject)) !== "admin") return false;
  return !(await adminsRemain(db, id, [subject]));
}

export async function roleScreen(
  context: DraftContext,
  draft: OpenDraft<RoleContent>,
): Promise<Message> {
  const { reader } = context;
  const texts = textsFor(reader.language);
  const { name, to, was, subject } = draft.content;
  const titled = { name, role: texts.text(`roles.role.${to ?? "none"}`) };
  const title = texts.text(to === null ? "roles.take.title" : "roles.give.title", titled);
  const lines = await meaning(context, draft.content);
  const dangerous = to === "admin" || lines.warning !== undefined;
  const label = texts.text(to === null ? "roles.take" : "roles.give", titled);
  const tone = dangerous || to === null ? ({ tone: "danger" } as const) : {};
  const options = [
    draftButton(context, draft.id, { action: "give", label, ...tone }),
    draftButton(context, draft.id, { action: "drop", label: texts.text("roles.cancel") }),
  ];
  const warning: Part[] =
    lines.warning === undefined ? [] : [{ kind: "text", text: lines.warning }];
  const rows = [[texts.text("roles.now"), lines.now] as const];
  const summary = was === to ? texts.text("roles.same", titled) : title;
  return {
    summary,
    parts: [
      { kind: "heading", text: title },
      ...warning,
      ...(subject.kind === "group" ? [] : [{ kind: "facts", rows } as const]),
      { kind: "text", text: lines.after },
      ...(subject.kind === "group"
        ? [{ kind: "note", text: texts.text("roles.group.counts") } as const]
        : []),
      { kind: "actions", options },
    ],
    locale: reader.language,
  };
}

/** What holds now, what would hold then, and what has to be thought of first. */
async function meaning(
  { db, reader }: DraftContext,
  { subject, name, to }: RoleContent,
): Promise<{ now: string; after: string; warning: string | undefined }> {
  const texts = textsFor(reader.language);
  const { id } = reader.workspace;
  const person = subject.kind === "person" ? await readPerson(db, id, subject.personId) : undefined;
  const told: Role =
    subject.kind === "person" ? await readToldRole(db, id, subject.personId) : "customer";
  const then = highest(told, to ?? "customer");
  const named = (role: Role) => texts.text(`roles.role.${role}`);
  const keeps = then !== (to ?? "customer");
  const may = texts.text(`roles.may.${then}`, { name });
  const warns = person?.role === "customer" && (to === "lead" || to === "admin");
  const isOneself =
    subject.kind === "person" && (await isSameHuman(db, id, subject.personId, reader.person.id));
  const warning = warns
    ? texts.text("roles.warn.customer", { name })
    : isOneself && then !== "admin"
      ? texts.text("roles.warn.self")
      : undefined;
  return {
    now: named(person?.role ?? "customer"),
    after: keeps ? `${texts.text("roles.keeps", { name, role: named(told) })} ${may}` : may,
    warning,
  };
}
