/** `/aftertalk roles`: who may do what; `roles lead @Robin`: gives a role, `roles none @Robin` takes it. */

import { beginDraft } from "../admin/draft-kind.ts";
import { type RoleContent, roleScreen } from "../admin/roles/draft.ts";
import { rolesPage } from "../admin/roles/list.ts";
import { roleWord } from "../admin/roles/role-words.ts";
import { findSubject, ROLE_EXAMPLES } from "../admin/roles/subject.ts";
import type { GrantedRole } from "../configuration/change.ts";
import { doWork, type Engine } from "../engine.ts";
import { AppError } from "../errors.ts";
import { textsFor } from "../locales/index.ts";
import { lineReply } from "../messages.ts";
import type { Reply } from "../platform.ts";
import { grantedRole } from "../store/role-grants.ts";
import { adminsRemain } from "../store/role-list.ts";
import type { AdminCommand, AdminRequest } from "./command.ts";
import { refused, wordsIn } from "./one-human.ts";

export const rolesCommand: AdminCommand = {
  name: "roles",
  roles: ["admin"],
  options: [
    { name: "role", words: ["lead", "agent", "viewer", "admin", "none"] },
    { name: "person" },
  ],
  async act(engine, request) {
    const texts = textsFor(request.language);
    const { role, whom, several } = readWords(wordsIn(request.text));
    if (role === undefined) {
      const context = { engine, db: engine.db, reader: request };
      return { kind: "message", message: await rolesPage(context, 0) };
    }
    const to = roleWord(role);
    if (to === undefined) return refused(request, ROLE_EXAMPLES, texts.text("roles.which"));
    if (whom === undefined || several)
      return refused(request, ROLE_EXAMPLES, texts.text("roles.whom"));
    try {
      return await ask(engine, request, { to, word: whom });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      engine.log.warn({ error }, "the platform could not be asked who is meant");
      return lineReply(request.language, texts.text("roles.away"));
    }
  },
};

/** `lead Robin`, as well as `Robin lead`; a name of several words is one, several mentions are not. */
function readWords(words: readonly string[]) {
  const [first = "", last = ""] = [words[0], words.at(-1)];
  const isTurned = roleWord(first) === undefined && roleWord(last) !== undefined;
  const [role, ...named] = isTurned ? [last, ...words.slice(0, -1)] : words;
  const whom = named.length === 0 ? undefined : named.join(" ");
  return { role, whom, several: named.length > 1 && named.some((word) => /^[a-z-]+:/u.test(word)) };
}

async function ask(
  engine: Engine,
  request: AdminRequest,
  { to, word }: { readonly to: GrantedRole | null; readonly word: string },
): Promise<Reply> {
  const { workspace, language, connection } = request;
  const texts = textsFor(language);
  const found = await findSubject(engine, request, word);
  if (found.kind === "refused") return found.reply;
  const { subject, name } = found;
  return doWork(engine, async (work): Promise<Reply> => {
    const { transaction: db, now } = work;
    const was = await grantedRole(db, workspace.id, subject);
    if (was === to) {
      const key = to === null ? "roles.same.none" : "roles.same";
      const role = texts.text(`roles.role.${to ?? "none"}`);
      return lineReply(language, texts.text(key, { name, role }));
    }
    if (was === "admin" && !(await adminsRemain(db, workspace.id, [subject])))
      return lineReply(language, texts.text("roles.last"));
    const content: RoleContent = { subject, name, to, was };
    const context = { engine, db, now, reader: request, connection };
    const about = subject.kind === "person" ? subject.personId : subject.groupId;
    const draft = await beginDraft(context, { kind: "roles", about, base: null, content });
    return { kind: "message", message: await roleScreen(context, draft) };
  });
}
