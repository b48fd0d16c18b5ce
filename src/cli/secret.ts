/** `aftertalk secret status|reset`: what the operator's secret has sealed, and a way on without it. */
import { hasCode } from "../errors.ts";
import { loadSecrets } from "../secret.ts";
import { audit } from "../store/audit.ts";
import { readLedger } from "../store/forgotten.ts";
import type { Db } from "../store/schema.ts";
import { listSecrets } from "../store/secrets.ts";
import { loadLedger, resetLedger } from "../vault/ledger-key.ts";
import { type SecretStatus, secretStatus } from "../vault/status.ts";
import { createVault, type Vault } from "../vault.ts";
import { confirm } from "./confirm.ts";
import type { CliContext } from "./context.ts";
import { exitCodes } from "./exit-codes.ts";
import { withDatabase } from "./with-database.ts";
import { inWork } from "./with-engine.ts";

export function showSecrets(context: CliContext): Promise<number> {
  return withDatabase(context, async ({ db }, { id }) => {
    const { out } = context;
    const secrets = await loadSecrets(context.config());
    const status = secretStatus(createVault(secrets), await listSecrets(db, id));
    for (const line of describeSecrets(status, secrets.previous.length > 0, context.clock.now())) {
      out.line(line);
    }
    out.result({ ...status, previous: secrets.previous.length });
    return status.lost.length === 0 ? exitCodes.ok.code : exitCodes.failure.code;
  });
}

/** Says how things are, and what to do. */
export function describeSecrets(
  { current, older, lost, olderUntil }: SecretStatus,
  hasPrevious: boolean,
  now: Date,
): string[] {
  if (lost.length > 0) {
    return [
      `Sealed by a secret that is not here: ${lost.join(", ")}.`,
      "Give it in AFTERTALK_SECRET or AFTERTALK_SECRET_PREVIOUS; if it is lost: aftertalk secret reset",
    ];
  }
  if (older.length > 0) {
    return [
      `Sealed by a previous secret: ${older.join(", ")}. The next start seals it anew; keep AFTERTALK_SECRET_PREVIOUS until then.`,
    ];
  }
  const sealed =
    current.length === 0 ? "Nothing is sealed yet." : "All is sealed by the current secret.";
  if (!hasPrevious || olderUntil === undefined) return [sealed];
  return [
    sealed,
    olderUntil > now
      ? `Buttons in messages may still need the previous secret until ${olderUntil.toISOString().slice(0, 10)}; then it may go.`
      : "The previous secret is not needed any more: AFTERTALK_SECRET_PREVIOUS (and the file secret in the data folder, when AFTERTALK_SECRET is set) may go.",
  ];
}

export interface ResetOptions {
  readonly yes?: true;
}

/** For a secret that is lost for good: refused while there is nothing to give up. */
export function resetSecret(context: CliContext, { yes }: ResetOptions): Promise<number> {
  return withDatabase(context, async (database, { id }) => {
    const { out, clock } = context;
    const vault = createVault(await loadSecrets(context.config()));
    if (await canOpen(database.db, vault, id, clock.now())) {
      out.line("The ledger's key can be opened: there is nothing to reset.");
      out.result({ reset: false });
      return exitCodes.ok.code;
    }
    const entries = (await readLedger(database.db, id)).length;
    out.note(
      `The ledger of forgotten people gets a new key. ${entries} entries made with the lost one say nothing any more: whoever they are about would be met as somebody new, and a backup from before they were forgotten would bring them back. Buttons in messages sent until now are strange too.`,
    );
    if (!(await confirm(context, "This cannot be taken back.", yes))) {
      out.note("Nothing was changed.");
      return exitCodes.failure.code;
    }
    await inWork(context, database, async ({ transaction, now }) => {
      await resetLedger(transaction, vault, id, now);
      const details = { entries };
      await audit(transaction, id, now, { actor: "operator", action: "secret.reset", details });
    });
    out.line("The ledger has a new key. Keep AFTERTALK_SECRET in a safe place.");
    out.result({ reset: true, entries });
    return exitCodes.ok.code;
  });
}

async function canOpen(db: Db, vault: Vault, workspaceId: number, now: Date): Promise<boolean> {
  try {
    await loadLedger(db, vault, workspaceId, now);
    return true;
  } catch (error) {
    if (hasCode(error, "secret-lost")) return false;
    throw error;
  }
}
