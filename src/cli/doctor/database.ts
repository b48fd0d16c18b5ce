/** Does the database answer, is its schema ours, is the job queue there, was anything given up? */
import type { Clock } from "../../clock.ts";
import { hasCode } from "../../errors.ts";
import type { Finding } from "../../platform.ts";
import { APART_MS } from "../../scheduling/clockwork/database-clock.ts";
import type { Database } from "../../store/database.ts";
import { readDatabaseTime } from "../../store/database-time.ts";
import { readHealth } from "../../store/health.ts";
import { migrationStatus } from "../../store/migrate.ts";
import type { CliContext } from "../context.ts";
import { withOpenDatabase } from "../with-database.ts";
import { problem } from "./finding.ts";
import { checkSecrets } from "./secrets.ts";

type Tell = (finding: Finding) => void;

const MIGRATE = "Run: aftertalk migrate";

export async function checkDatabase(context: CliContext, tell: Tell): Promise<void> {
  const check = "database";
  try {
    await withOpenDatabase(context, async (database) => {
      await look(database, tell);
      if (database.kind === "postgres") tell(await checkClock(database, context.clock));
      for (const finding of await checkSecrets(context, database)) tell(finding);
    });
  } catch (error) {
    if (hasCode(error, "data-in-use")) {
      // Most likely our own service at work: nothing is wrong, we just cannot look inside.
      tell({ check, ok: true, says: `${error.message} Stop it to check the database too.` });
      return;
    }
    tell(problem(check, error, "Check that the database runs and can be reached."));
  }
}

async function look(database: Database, tell: Tell): Promise<void> {
  const status = await migrationStatus(database);
  const health = await readHealth(database.db);
  const place = database.kind === "embedded" ? "embedded PostgreSQL" : "PostgreSQL";
  tell({ check: "database", ok: true, says: `${place} ${health.version} answers` });
  tell(schemaFinding(status));
  tell({
    check: "job queue",
    ok: true,
    says: health.hasJobQueue ? "its tables are there" : "not there yet; the first start makes it",
  });
  tell(deadFinding(health.deadDeliveries));
}

/** Ticks, and the times in logs, are this machine's; what is due is decided by the database's. */
async function checkClock({ db }: Database, clock: Clock): Promise<Finding> {
  const check = "clock";
  const ms = (await readDatabaseTime(db)).getTime() - clock.now().getTime();
  if (Math.abs(ms) <= APART_MS) return { check, ok: true, says: "as the database's" };
  const says = `${Math.round(Math.abs(ms) / 1000)} seconds ${ms > 0 ? "behind" : "ahead of"} the database's`;
  return { check, ok: false, says, mend: "Let both machines keep the time by NTP." };
}

function schemaFinding(status: Awaited<ReturnType<typeof migrationStatus>>): Finding {
  const check = "schema";
  if (status.unknown.length > 0) {
    const says = `a newer aftertalk wrote it (${status.unknown.join(", ")})`;
    return { check, ok: false, says, mend: "Update aftertalk on this machine." };
  }
  if (status.pending.length === 0) return { check, ok: true, says: "up to date" };
  if (status.applied.length === 0) {
    return { check, ok: true, says: "empty; the first start makes it" };
  }
  const says = `not up to date: ${status.pending.join(", ")}`;
  return { check, ok: false, says, mend: `${MIGRATE}, or start aftertalk: it does so itself` };
}

function deadFinding(dead: number | undefined): Finding {
  const check = "deliveries";
  if (dead === undefined) return { check, ok: true, says: "none yet" };
  if (dead === 0) return { check, ok: true, says: "none was given up" };
  return {
    check,
    ok: false,
    says: `${dead} were given up after all tries`,
    mend: "See why (aftertalk jobs dead), mend it, and have them tried again (aftertalk jobs redrive --all).",
  };
}
