/**
 * The ledger of the forgotten, once more outside the database: hashes only, appended to and never
 * rewritten. A database that is restored from an older backup is told by it who was forgotten since.
 */
import { open, readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { Ledger } from "../people/ledger.ts";
import type { LedgerEntry } from "../store/forgotten.ts";

const line = z.object({
  /** Which key made the hash: one of another ledger says nothing here. */
  ledger: z.string(),
  workspace: z.number(),
  hash: z.string(),
  forgotten: z.iso.datetime(),
  lifted: z.iso.datetime().nullable(),
});
type Line = z.infer<typeof line>;

/** Entries of a ledger, and how many there are of ledgers with another key. */
export interface FiledLedger {
  readonly entries: readonly LedgerEntry[];
  readonly foreign: number;
}

export function ledgerFile(dataFolder: string): string {
  return join(dataFolder, "forgotten.jsonl");
}

/** Tells one ledger from another; says nothing about its key. */
export function ledgerId(ledger: Ledger): string {
  return ledger.hash(0, { kind: "user", platform: "", externalId: "" }).slice(0, 16);
}

/** What the file has of this workspace's ledger: of each hash the latest. None when there is no file. */
export async function readLedgerFile(
  file: string,
  workspaceId: number,
  ledger: Ledger,
): Promise<FiledLedger> {
  const lines = (await readLines(file)).filter(({ workspace }) => workspace === workspaceId);
  const id = ledgerId(ledger);
  const own = lines.filter((each) => each.ledger === id);
  const latest = new Map<string, LedgerEntry>();
  for (const { hash, forgotten, lifted } of own) {
    const entry: LedgerEntry = {
      hash,
      forgottenAt: new Date(forgotten),
      liftedAt: lifted === null ? null : new Date(lifted),
    };
    latest.set(hash, latestOf(entry, latest.get(hash)));
  }
  return { entries: [...latest.values()], foreign: lines.length - own.length };
}

/** Appends what the file does not have yet, and gives how much that was. For its owner only. */
export async function addToLedgerFile(
  file: string,
  workspaceId: number,
  ledger: Ledger,
  entries: readonly LedgerEntry[],
): Promise<number> {
  const there = await readLedgerFile(file, workspaceId, ledger);
  const known = new Map(there.entries.map((entry) => [entry.hash, entry]));
  const added = entries.filter((entry) => {
    const own = known.get(entry.hash);
    return own === undefined || !isSame(latestOf(entry, own), own);
  });
  if (added.length === 0) return 0;
  const id = ledgerId(ledger);
  const text = added.map(({ hash, forgottenAt, liftedAt }) => {
    const content: Line = {
      ledger: id,
      workspace: workspaceId,
      hash,
      forgotten: forgottenAt.toISOString(),
      lifted: liftedAt?.toISOString() ?? null,
    };
    return JSON.stringify(content);
  });
  const handle = await open(file, "a", 0o600);
  try {
    // Whatever was cut off before stays a line of its own, which nobody can read.
    await handle.appendFile(`\n${text.join("\n")}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  return added.length;
}

/** The lines that can be read; one that was cut off by a crash is still in the database. */
async function readLines(file: string): Promise<Line[]> {
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return "";
    throw error;
  });
  return text.split("\n").flatMap((each) => {
    if (each === "") return [];
    try {
      const { data } = line.safeParse(JSON.parse(each));
      return data === undefined ? [] : [data];
    } catch {
      return [];
    }
  });
}

/** Of two about one hash: what happened last holds, whichever was written first. */
function latestOf(a: LedgerEntry, b: LedgerEntry | undefined): LedgerEntry {
  if (b === undefined) return a;
  const forgottenAt = a.forgottenAt > b.forgottenAt ? a.forgottenAt : b.forgottenAt;
  const lifted = Math.max(a.liftedAt?.getTime() ?? 0, b.liftedAt?.getTime() ?? 0);
  return {
    hash: a.hash,
    forgottenAt,
    liftedAt: lifted > forgottenAt.getTime() ? new Date(lifted) : null,
  };
}

function isSame(a: LedgerEntry, b: LedgerEntry): boolean {
  return (
    a.forgottenAt.getTime() === b.forgottenAt.getTime() &&
    a.liftedAt?.getTime() === b.liftedAt?.getTime()
  );
}
