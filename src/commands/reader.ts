/** Who it is that reads, and what they are told when it is not for them. */
import { doWork, type Engine } from "../engine.ts";
import { refuseForgotten } from "../inbox/forgotten.ts";
import { languageOf } from "../language-of.ts";
import { textsFor } from "../locales/index.ts";
import { lineReply } from "../messages.ts";
import { meetPerson } from "../people/meet.ts";
import { unsureReply } from "../people/unsure.ts";
import type { EventOf, PlatformUser, Reply, Role } from "../platform.ts";
import type { Connection } from "../store/connections.ts";
import { namesInRoles, type Person } from "../store/people.ts";
import { mayRead, type Reader } from "./command.ts";

/** The person behind a platform's user, with the role that they have now. */
export async function readerOf(
  engine: Engine,
  connection: Connection,
  user: PlatformUser,
): Promise<Reader & { readonly person: Person }> {
  const { workspace } = connection;
  const person = await doWork(engine, async (work) => {
    await refuseForgotten(engine, work.transaction, connection, user);
    return meetPerson(work, workspace.id, connection.id, user);
  });
  const unsure = user.roleUnsure === true;
  return { workspace, person, language: languageOf(connection, person), unsure };
}

/** Tells whom to ask: one of those in `roles`. `sent`: the values of a form. @throws as unsureReply. */
export async function refuse(
  { db }: Pick<Engine, "db">,
  { workspace, language, unsure }: Reader,
  roles: readonly Role[],
  sent?: EventOf<"action">["values"],
): Promise<Reply> {
  if (unsure === true) return unsureReply(language, sent);
  const texts = textsFor(language);
  const names = await namesInRoles(db, workspace.id, roles.filter(mayRead));
  const people = names.join(", ");
  if (roles.includes("lead")) {
    return lineReply(
      language,
      people === ""
        ? texts.text("command.not-allowed.nobody")
        : texts.text("command.not-allowed", { leads: people }),
    );
  }
  return lineReply(
    language,
    people === ""
      ? texts.text("command.not-allowed.admin.nobody")
      : texts.text("command.not-allowed.admin", { admins: people }),
  );
}
