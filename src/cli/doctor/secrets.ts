/** Can everything that is sealed in the database be opened, and may a previous secret go? */
import type { Finding } from "../../platform.ts";
import { findSecrets } from "../../secret.ts";
import type { Database } from "../../store/database.ts";
import { migrationStatus } from "../../store/migrate.ts";
import { listSecrets } from "../../store/secrets.ts";
import { listWorkspaces } from "../../store/workspaces.ts";
import { secretStatus } from "../../vault/status.ts";
import { createVault } from "../../vault.ts";
import type { CliContext } from "../context.ts";
import { describeSecrets } from "../secret.ts";

/** Nothing when there is nothing sealed yet. */
export async function checkSecrets(context: CliContext, database: Database): Promise<Finding[]> {
  const check = "sealed secrets";
  const { pending } = await migrationStatus(database);
  if (pending.length > 0) return [];
  const secrets = await findSecrets(context.config());
  const workspaces = await listWorkspaces(database.db);
  const kept = await Promise.all(workspaces.map(({ id }) => listSecrets(database.db, id)));
  if (kept.flat().length === 0) return [];
  // Without any secret here nothing opens: one that is made now would not have sealed these.
  const vault = createVault(secrets ?? { secret: "" });
  const status = secretStatus(vault, kept.flat());
  const [says = "", ...mend] = describeSecrets(
    status,
    secrets !== undefined && secrets.previous.length > 0,
    context.clock.now(),
  );
  return [
    status.lost.length === 0
      ? { check, ok: true, says: [says, ...mend].join(" ") }
      : { check, ok: false, says, mend: mend.join(" ") },
  ];
}
