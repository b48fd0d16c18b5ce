/** Who somebody is that an event comes from, and who else that is. */
import type { Work } from "../engine.ts";
import type { PlatformUser } from "../platform.ts";
import { ownersOfEmail, sameUserElsewhere } from "../store/identities.ts";
import { readMerges } from "../store/merges.ts";
import { ensurePerson, type Person, readPerson } from "../store/people.ts";
import { sameHuman } from "../store/same-human.ts";
import { joinAccountOfEmail } from "./accounts.ts";
import { mergeHumans } from "./merge.ts";

/** Who links people when nobody said so. */
const BY_ITSELF = "aftertalk";

/**
 * The person behind a platform user, brought up to date. Somebody who is new here, or whose address
 * is, is looked for among those we know: one id on a platform, or one verified address, is one
 * human. Whoever is known costs one statement.
 */
export async function meetPerson(
  work: Work,
  workspaceId: number,
  connectionId: string,
  user: PlatformUser,
): Promise<Person> {
  const { transaction } = work;
  const met = await ensurePerson(transaction, workspaceId, connectionId, user, work.now);
  if (!met.isNew && met.newEmail === undefined) return met;

  const { externalId } = user;
  const same = met.isNew
    ? await sameUserElsewhere(transaction, workspaceId, connectionId, externalId)
    : undefined;
  if (same !== undefined) {
    const link = { kept: same, absorbed: met.id, how: "platform", actor: BY_ITSELF } as const;
    await mergeHumans(work, workspaceId, link);
  }
  if (met.newEmail !== undefined && !met.bot) {
    await linkByEmail(work, workspaceId, met.id, met.newEmail);
    await joinAccountOfEmail(transaction, workspaceId, met, met.newEmail);
  }
  const now = (await readPerson(transaction, workspaceId, met.id)) ?? met;
  // What is kept of them may be more than what is certain at this moment.
  return user.roleUnsure === true ? { ...now, role: met.role } : now;
}

/** Links a person to the one other human that has their verified address; of several to nobody. */
async function linkByEmail(
  work: Work,
  workspaceId: number,
  personId: string,
  email: string,
): Promise<void> {
  const { transaction } = work;
  const owners = await ownersOfEmail(transaction, workspaceId, email);
  const own = owners.find((owner) => owner.personId === personId)?.humanId;
  const others = owners.filter(({ humanId }) => humanId !== own);
  const [other] = others;
  if (other === undefined || others.some(({ humanId }) => humanId !== other.humanId)) return;
  if (await wasTakenApart(work, workspaceId, personId, other.personId)) return;
  const how = others.some(({ verified }) => verified) ? "email" : "import";
  const link = { kept: other.personId, absorbed: personId, how, actor: BY_ITSELF } as const;
  await mergeHumans(work, workspaceId, link);
}

/** Whether somebody took a link between these two back: nothing but they may link them again. */
export async function wasTakenApart(
  { transaction }: Work,
  workspaceId: number,
  one: string,
  other: string,
): Promise<boolean> {
  const own = await sameHuman(transaction, workspaceId, one);
  const merges = await readMerges(transaction, workspaceId, own);
  return merges.some(({ undoneAt, earlier }) => {
    return undoneAt !== null && earlier.some(({ id }) => id === other);
  });
}
