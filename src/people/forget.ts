/** Whether somebody asked to be forgotten, and the ledger brought to a database that does not know. */
import type { Engine } from "../engine.ts";
import type { PlatformUser } from "../platform.ts";
import { keepForgotten, type LedgerEntry, readForgotten, readLedger } from "../store/forgotten.ts";
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
 * Brings entries of a ledger into a database that does not know them (it was restored from an older
 * backup): whoever they are about is erased, also who came back since, because what is here is from
 * before. Then they are kept. Ended anywhere and begun again it goes on: an entry counts as known
 * only when its people are gone. Gives how many humans were erased.
 */
export async function applyLedger(
  engine: Pick<Engine, "db" | "jobs" | "ledger" | "clock">,
  workspaceId: number,
  entries: readonly LedgerEntry[],
): Promise<{ readonly erased: number }> {
  const known = new Map((await readLedger(engine.db, workspaceId)).map((own) => [own.hash, own]));
  const newer = entries.filter(({ hash, forgottenAt }) => {
    const own = known.get(hash);
    return own === undefined || own.forgottenAt < forgottenAt;
  });
  const wanted = new Map(newer.map(({ hash, forgottenAt }) => [hash, forgottenAt]));
  const erased = wanted.size === 0 ? 0 : await eraseAll(engine, workspaceId, wanted);
  await inTransaction(engine.db, (trx) => keepForgotten(trx, workspaceId, entries));
  return { erased };
}

/** Erases whoever has one of these hashes, each in a transaction of their own. */
async function eraseAll(
  engine: Pick<Engine, "db" | "jobs" | "ledger" | "clock">,
  workspaceId: number,
  wanted: ReadonlyMap<string, Date>,
): Promise<number> {
  let erased = 0;
  let after: string | undefined;
  for (;;) {
    const batch = await identitiesAfter(engine.db, workspaceId, after, BATCH);
    for (const { personId, keys } of batch) {
      const hash = keys
        .map((key) => engine.ledger.hash(workspaceId, key))
        .find((h) => wanted.has(h));
      const at = hash === undefined ? undefined : wanted.get(hash);
      if (at === undefined) continue;
      const done = await inTransaction(engine.db, (transaction) =>
        forgetHuman(
          engine,
          { transaction, now: engine.clock.now(), wake: new Set() },
          { workspaceId, personId, by: "restore", at },
        ),
      );
      if (done !== undefined) erased += 1;
    }
    after = batch.at(-1)?.personId;
    if (after === undefined) return erased;
  }
}
