import { beforeAll, beforeEach, expect, test } from "vitest";
import { listSecrets } from "../../src/store/secrets.ts";
import { loadLedger, resetLedger } from "../../src/vault/ledger-key.ts";
import { resealAll } from "../../src/vault/reseal.ts";
import { createVault } from "../../src/vault.ts";
import { describeEachDatabase, type TestDatabase } from "../support/database.ts";
import { insertWorkspace } from "../support/database-rows.ts";

const now = new Date("2026-11-02T12:00:00Z");
const later = new Date("2026-11-03T12:00:00Z");
const secret = "a secret of at least thirty-two characters";
const next = "another secret of thirty-two characters!";
const vault = createVault({ secret });
const rotated = createVault({ secret: next, previous: [secret] });
const ada = { kind: "email", email: "ada@example.com" } as const;

describeEachDatabase("the ledger's key", (open) => {
  let database: TestDatabase;
  let workspaceId: number;
  beforeAll(async () => {
    database = await open();
  });
  beforeEach(async () => {
    workspaceId = await insertWorkspace(database.db);
  });
  const load = (by = vault) => loadLedger(database.db, by, workspaceId, now);

  test("is made once, also by many at once, and is another one in each workspace", async () => {
    const ledgers = await Promise.all([load(), load(), load(), load()]);
    const hashes = ledgers.map((ledger) => ledger.hash(workspaceId, ada));
    expect(new Set(hashes).size).toBe(1);
    expect((await load()).hash(workspaceId, ada)).toBe(hashes[0]);
    const elsewhere = await insertWorkspace(database.db);
    const theirs = await loadLedger(database.db, vault, elsewhere, now);
    expect(theirs.hash(workspaceId, ada)).not.toBe(hashes[0]);
  });

  test("P8 stands sealed in the database", async () => {
    const hash = (await load()).hash(workspaceId, ada);
    const [kept, ...others] = await listSecrets(database.db, workspaceId);
    expect(others).toEqual([]);
    expect(kept).toMatchObject({ name: "ledger", keyId: vault.keyId, keptAt: now });
    expect(kept?.sealed).toMatch(/^v1\.[0-9a-f]{16}\.[\w-]{80,100}$/);
    expect(kept?.sealed).not.toContain(hash);
  });

  test("P8 a sealed key moved to another workspace does not open there", async () => {
    await load();
    const elsewhere = await insertWorkspace(database.db);
    const [kept] = await listSecrets(database.db, workspaceId);
    await database.db
      .insertInto("secrets")
      .values({
        workspace_id: elsewhere,
        name: "ledger",
        key_id: vault.keyId,
        sealed: kept?.sealed ?? "",
        kept_at: now,
      })
      .execute();
    await expect(loadLedger(database.db, vault, elsewhere, now)).rejects.toMatchObject({
      code: "secret-lost",
    });
  });

  test("P8 after a change of the secret it is sealed anew and stays the same key", async () => {
    const hash = (await load()).hash(workspaceId, ada);
    expect((await load(rotated)).hash(workspaceId, ada)).toBe(hash);
    expect(await resealAll(database.db, rotated, workspaceId, later)).toBe(1);
    expect(await resealAll(database.db, rotated, workspaceId, later)).toBe(0);
    const [kept] = await listSecrets(database.db, workspaceId);
    expect(kept).toMatchObject({ keyId: rotated.keyId, keptAt: later });
    const alone = createVault({ secret: next });
    expect((await load(alone)).hash(workspaceId, ada)).toBe(hash);
  });

  test("U9 with the secret lost it is refused; after a reset there is another key", async () => {
    const hash = (await load()).hash(workspaceId, ada);
    const alone = createVault({ secret: next });
    await expect(load(alone)).rejects.toMatchObject({ code: "secret-lost" });
    expect(await resealAll(database.db, alone, workspaceId, later)).toBe(0);
    const reset = await resetLedger(database.db, alone, workspaceId, later);
    expect(reset.hash(workspaceId, ada)).not.toBe(hash);
    expect((await load(alone)).hash(workspaceId, ada)).toBe(reset.hash(workspaceId, ada));
  });
});
