/** Forgetting a human: everything at once, and for ever. */
import { forgottenCard } from "../cases/thread.ts";
import type { Engine, Work } from "../engine.ts";
import { audit } from "../store/audit.ts";
import {
  casesWithCard,
  eraseRows,
  foldAnswersOf,
  lockHuman,
  messagesToRemove,
} from "../store/erasing.ts";
import { beginErasure, type ErasureReport } from "../store/erasures.ts";
import { keepForgotten, lockForErasure } from "../store/forgotten.ts";
import { chatKeysOf, identitiesOf, keysOf } from "../store/identities-of.ts";
import { newId } from "../store/ids.ts";
import { IMPORT_PLATFORM } from "../store/import-rows.ts";
import type { Who } from "../store/personal-data.ts";
import type { RemovalTarget } from "../store/removal-target.ts";
import { SAMPLE_PLATFORM } from "../store/sample-rows.ts";
import type { Db } from "../store/schema.ts";

/**
 * What was being sent when it was erased is looked for after this time: longer than any call of a
 * platform takes, and than it takes to take up what a crashed process had begun.
 */
const UNDER_WAY_MS = 2 * 60 * 1000;

/** Nothing of ours was ever said there. */
const silentPlatforms: readonly string[] = [IMPORT_PLATFORM, SAMPLE_PLATFORM];

/** Whose request it is. */
export interface Forgetting {
  readonly workspaceId: number;
  /** Any row of the human: all their rows go. */
  readonly personId: string;
  readonly by: ErasureReport["requestedBy"];
  /** When they asked, by the clock that their platform tells events by; else now. */
  readonly at?: Date;
}

/** What is under way after an erasure. */
export interface Erasure {
  readonly id: string;
  /** Things to be removed on the platforms: accounts to be forgotten, and messages. */
  readonly targets: number;
}

/**
 * Erases a human in the transaction of `work`: afterwards their scores are counts and nothing else of
 * them is here. What is on the platforms is removed by jobs that commit with it. `undefined` when
 * there is no such person (any more).
 */
export async function forgetHuman(
  engine: Pick<Engine, "jobs" | "ledger">,
  work: Work,
  { workspaceId, personId, by, at }: Forgetting,
): Promise<Erasure | undefined> {
  const { transaction, now } = work;
  await lockForErasure(transaction, workspaceId);
  const people = await lockHuman(transaction, workspaceId, personId);
  if (people.length === 0) return undefined;
  const who: Who = { workspaceId, people };
  const keys = [
    ...(await keysOf(transaction, workspaceId, people)),
    ...(await chatKeysOf(transaction, workspaceId, people)),
    // As exported files call them: an older one must not bring them back.
    ...people.map((id) => ({ kind: "user", platform: IMPORT_PLATFORM, externalId: id }) as const),
  ];
  const hashes = new Set(keys.map((key) => engine.ledger.hash(workspaceId, key)));
  const entries = [...hashes].map((hash) => ({ hash, forgottenAt: at ?? now, liftedAt: null }));
  await keepForgotten(transaction, workspaceId, entries);
  await foldAnswersOf(transaction, who);
  const targets = await findTargets(transaction, who, at ?? afterUnderWay(now));
  const cards = await casesWithCard(transaction, who);
  await eraseRows(transaction, who, now);
  // Whoever works on their case is told why there is nothing to be done any more.
  for (const caseId of cards) await forgottenCard(engine, work, workspaceId, caseId);
  const id = newId();
  const ids = await beginErasure(transaction, workspaceId, { id, at: now, by, targets });
  for (const [i, targetId] of ids.entries()) {
    if (isWaiting(targets[i]?.target)) continue;
    const later = isUnderWay(targets[i]?.target) ? afterUnderWay(now) : undefined;
    await engine.jobs.enqueue(transaction, "remove", { workspaceId, targetId }, later);
  }
  work.wake.add("remove");
  const actor = by === "person" ? personId : "operator";
  await audit(transaction, workspaceId, now, { actor, action: `person.forget`, target: personId });
  return { id, targets: targets.length };
}

interface PlacedTarget {
  readonly connectionId: string;
  readonly target: RemovalTarget;
}

/**
 * Their accounts, then the messages to and about them. Before the rows are gone. What they are told
 * from `until` on is the answer to their request.
 */
async function findTargets(transaction: Db, who: Who, until: Date): Promise<PlacedTarget[]> {
  const identities = await identitiesOf(transaction, who.workspaceId, who.people);
  const account = { kind: "user", until: until.toISOString() } as const;
  const accounts = identities.flatMap(({ platform, connectionId, externalId }): PlacedTarget[] =>
    silentPlatforms.includes(platform)
      ? []
      : [{ connectionId, target: { ...account, userId: externalId } }],
  );
  const messages = await messagesToRemove(transaction, who, until);
  return [...accounts, ...messages.map((message) => waitOnlyFor(accounts, message))];
}

/** A message waits for an account that is forgotten with it; for any other it would wait for ever. */
function waitOnlyFor(accounts: readonly PlacedTarget[], message: PlacedTarget): PlacedTarget {
  const { connectionId, target } = message;
  if (target.kind !== "message" || target.to.kind !== "direct") return message;
  const { userId } = target.to;
  const isCalled = accounts.some(
    (each) =>
      each.connectionId === connectionId &&
      each.target.kind === "user" &&
      each.target.userId === userId,
  );
  if (isCalled) return message;
  const { waits: _, ...alone } = target;
  return { connectionId, target: alone };
}

function isWaiting(target: RemovalTarget | undefined): boolean {
  return target?.kind === "message" && target.waits === true;
}

function afterUnderWay(now: Date): Date {
  return new Date(now.getTime() + UNDER_WAY_MS);
}

function isUnderWay(target: RemovalTarget | undefined): boolean {
  return target?.kind === "message" && target.messageId === null;
}
