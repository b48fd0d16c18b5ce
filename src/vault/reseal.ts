/** After the operator's secret was changed: everything sealed by an older one is sealed anew. */
import type { Db } from "../store/schema.ts";
import { listSecrets, resealSecret } from "../store/secrets.ts";
import type { Vault } from "../vault.ts";

/**
 * Seals anew what an older secret has sealed and returns how many there were. One after another,
 * each by itself: whoever is stopped in the middle goes on where it was, and until then both secrets
 * are needed. What no given secret opens stays as it is.
 */
export async function resealAll(
  db: Db,
  vault: Vault,
  workspaceId: number,
  now: Date,
): Promise<number> {
  const secrets = await listSecrets(db, workspaceId);
  const older = secrets.filter(({ keyId, sealed }) => keyId !== vault.keyId && vault.knows(sealed));
  for (const secret of older) await resealSecret(db, vault, workspaceId, secret, now);
  return older.length;
}
