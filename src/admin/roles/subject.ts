/** Whom `/aftertalk roles lead …` means: a person, met or not, or a group or role of a platform. */

import type { AdminRequest } from "../../commands/command.ts";
import { findOneHuman, refused } from "../../commands/one-human.ts";
import type { Subject } from "../../configuration/change.ts";
import { doWork, type Engine } from "../../engine.ts";
import { textsFor } from "../../locales/index.ts";
import { meetPerson } from "../../people/meet.ts";
import type { PlatformUser, Reply } from "../../platform.ts";
import { readHumans } from "../../store/identities.ts";

export const ROLE_EXAMPLES = "/aftertalk roles lead @Robin · /aftertalk roles none @Robin";

export type FoundSubject =
  | { readonly kind: "found"; readonly subject: Subject; readonly name: string }
  | { readonly kind: "refused"; readonly reply: Reply };

/** @throws what the platform throws when it cannot be asked now. */
export async function findSubject(
  engine: Engine,
  request: AdminRequest,
  word: string,
): Promise<FoundSubject> {
  const { connection } = request;
  const [, platform = "", isGroup, id = ""] =
    /^([a-z][a-z0-9-]*):(group:)?(\S+)$/u.exec(word) ?? [];
  const here = platform === connection.ref.platform;
  if (isGroup !== undefined)
    return here ? findGroup(engine, request, id) : refuse(request, "roles.group.elsewhere");
  if (here) await meetUnknown(engine, request, id);
  const found = await findOneHuman(engine.db, request, word, { examples: ROLE_EXAMPLES });
  if (found.kind === "refused") return found;
  const { human } = found;
  if (human.people.some(({ bot }) => bot)) return refuse(request, "roles.bot");
  const [first] = human.people;
  const name = first?.name ?? word;
  return { kind: "found", subject: { kind: "person", personId: human.humanId }, name };
}

async function findGroup(
  engine: Engine,
  request: AdminRequest,
  groupId: string,
): Promise<FoundSubject> {
  const { connection } = request;
  const groups = await platformOf(engine, request)?.groups?.(connection.ref);
  const group = groups?.find(({ id }) => id === groupId);
  if (group === undefined) return refuse(request, "roles.group.unknown");
  const subject = {
    kind: "group",
    connectionId: connection.id,
    groupId,
    label: group.name,
  } as const;
  return { kind: "found", subject, name: group.name };
}

/** Whoever is mentioned and was never met is met now, as their platform knows them. */
async function meetUnknown(engine: Engine, request: AdminRequest, userId: string): Promise<void> {
  const { connection, workspace } = request;
  const { platform } = connection.ref;
  const looked = { by: "user", platform, userId } as const;
  if ((await readHumans(engine.db, workspace.id, looked)).length > 0) return;
  const user: PlatformUser | undefined = await platformOf(engine, request)?.person?.(
    connection.ref,
    userId,
  );
  if (user === undefined) return;
  await doWork(engine, (work) => meetPerson(work, workspace.id, connection.id, user));
}

function platformOf(engine: Engine, { connection }: AdminRequest) {
  return engine.platforms?.find(({ name }) => name === connection.ref.platform);
}

type RefusalKey = "roles.bot" | "roles.group.unknown" | "roles.group.elsewhere";

function refuse(request: AdminRequest, key: RefusalKey): FoundSubject {
  const reply = refused(request, ROLE_EXAMPLES, textsFor(request.language).text(key));
  return { kind: "refused", reply };
}
