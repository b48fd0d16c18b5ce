/**
 * The clock of an instance that shares its database with others: what is due and whose lease is over
 * is decided by the database's time, which all of them have in common. Between two looks at it this
 * machine's time that never jumps goes on, so that setting its clock changes nothing here.
 */
import { type Clock, systemClock } from "../../clock.ts";
import type { Log } from "../../log.ts";
import type { Database } from "../../store/database.ts";
import { readDatabaseTime } from "../../store/database-time.ts";
import type { Db } from "../../store/schema.ts";

/** Clocks that differ by more are told of: cron ticks and times in logs are this machine's. */
export const APART_MS = 30_000;

/** Both clocks of a machine. */
export interface MachineClock extends Clock {
  /** Milliseconds since some time in the past; never set, never backwards. */
  elapsed(): number;
}

const thisMachine: MachineClock = { ...systemClock, elapsed: () => performance.now() };

/** The clock of a service: an embedded database has nobody to agree with. */
export async function openClock({ kind, db }: Database, log: Log): Promise<Clock> {
  return kind === "embedded" ? systemClock : followDatabase(db, log, thisMachine);
}

/** Rejects when the database cannot be reached at first; later its clock goes on as before. */
export async function followDatabase(
  db: Db,
  log: Log,
  machine: MachineClock,
): Promise<Required<Clock>> {
  let begin: number | undefined;
  let apart = false;
  const look = async () => {
    const before = machine.elapsed();
    const time = (await readDatabaseTime(db)).getTime();
    const after = machine.elapsed();
    // The database looked at its clock somewhere between, and tells whole milliseconds. The most that
    // is possible: what is due by its clock is due by ours too, and what is still possible is left.
    const most = time + 1 - before;
    if (begin === undefined || begin < time - after || begin > most) begin = most;
    apart = tellApart(log, time - machine.now().getTime(), apart);
  };
  await look();
  return {
    now: () => new Date((begin ?? 0) + machine.elapsed()),
    // A database that is away changes nothing, and is told of by who needs it more.
    measure: () => look().catch((error) => log.debug({ error }, "the clock was not compared")),
  };
}

/** Says so once when the clocks come apart, and once when they are together again. */
function tellApart(log: Log, ms: number, apart: boolean): boolean {
  const seconds = Math.round(ms / 1000);
  if (Math.abs(ms) > APART_MS) {
    if (!apart)
      log.warn(
        { seconds },
        "this machine's clock and the database's differ: the database's decides; mend this machine's (NTP)",
      );
    return true;
  }
  if (apart) log.info({ seconds }, "this machine's clock and the database's agree again");
  return false;
}
