/** Whether somebody asked to be forgotten, and the ledger brought to a database that does not know. */
import type { Engine } from "../engine.ts";
import type { PlatformUser } from "../platform.ts";
import { keepForgotten, type LedgerEntry, readForgotten } from "../store/forgotten.ts";
import { identitiesAfter } from "../store/identities-of.ts";
import type { Db } from "../store/schema.ts";
import { inTransaction } from "../store/transaction.ts";
import { forgetHuman } from "./erase.ts";
import type { IdentityKey, Ledger } from "./ledger.ts";

/** So many identities are looked at in one statement. */
const BATCH = 1000;

/** All ways to know a user of a platform; their address counts only because the platform verified it. */
export function identityKeysOf(
  platform: string,
  user: Pick<PlatformUser, "externalId" | "email">,
): IdentityKey[] {
  const { externalId, email } = user;
  const known: IdentityKey = { kind: "user", platform, externalId };
  return email === undefined ? [known] : [known, { kind: "email", email }];
}

/** True when one of these identities of somebody asked to be forgotten and did not come back. */
export async function isForgotten(
  db: Db,
  ledger: Ledger,
  workspaceId: number,
  identities: readonly IdentityKey[],
): Promise<boolean> {
  const [forgotten = false] = await forgottenAmong(db, ledger, workspaceId, [identities]);
  return forgotten;
}

/** The same for many at once, each with all their identities: one answer each, in their order. */
export async function forgottenAmong(
  db: Db,
  ledger: Ledger,
  workspaceId: number,
  people: readonly (readonly IdentityKey[])[],
): Promise<boolean[]> {
  const hashes = people.map((keys) => keys.map((key) => ledger.hash(workspaceId, key)));
  const found = await readForgotten(db, workspaceId, [...new Set(hashes.flat())]);
  return hashes.map((own) => own.some((hash) => found.has(hash)));
}

/**
 * Brings entries of a ledger into the database, then erases whoever is in it and still known here:
 * after a restore, before anything is served. Ended anywhere and begun again it goes on. Gives how
 * many humans were erased.
 */
export async function applyLedger(
  engine: Pick<Engine, "db" | "jobs" | "ledger" | "clock">,
  workspaceId: number,
  entries: readonly LedgerEntry[],
): Promise<{ readonly erased: number }> {
  await inTransaction(engine.db, (trx) => keepForgotten(trx, workspaceId, entries));
  let erased = 0;
  let after: string | undefined;
  for (;;) {
    const batch = await identitiesAfter(engine.db, workspaceId, after, BATCH);
    const keys = batch.map((each) => each.keys);
    const forgotten = await forgottenAmong(engine.db, engine.ledger, workspaceId, keys);
    for (const [i, { personId }] of batch.entries()) {
      if (!forgotten[i]) continue;
      const done = await inTransaction(engine.db, (transaction) =>
        forgetHuman(
          engine,
          { transaction, now: engine.clock.now(), wake: new Set() },
          { workspaceId, personId, by: "restore" },
        ),
      );
      if (done !== undefined) erased += 1;
    }
    after = batch.at(-1)?.personId;
    if (after === undefined) return { erased };
  }
}
