/** Two rows of people are one human, or are no longer. Answers, chats and history stay where they are. */
import { joinCases } from "../cases/join.ts";
import { reopenCase } from "../cases/reopen.ts";
import type { Work } from "../engine.ts";
import { AppError } from "../errors.ts";
import { audit } from "../store/audit.ts";
import { ungroupCases } from "../store/case-humans.ts";
import { lockCase, updateCase } from "../store/cases.ts";
import { newId } from "../store/ids.ts";
import {
  duplicatesOf,
  insertMerge,
  keepSettled,
  lastWishAt,
  lockHumans,
  type MergeHow,
  readMerge,
  readMerges,
  undoMerge,
} from "../store/merges.ts";
import { settleRoles } from "../store/roles.ts";
import { markSignals } from "../store/signals.ts";
import { asBefore, type Link, type Settled, settle, settleWithout } from "./humans.ts";

export interface MergeRequest {
  /** Any two rows of the two humans; which is which makes no difference to what comes out. */
  readonly kept: string;
  readonly absorbed: string;
  readonly how: MergeHow;
  /** A person's id, "operator", or "aftertalk". */
  readonly actor: string;
}

export type MergeOutcome =
  | {
      readonly kind: "merged";
      /** What {@link unmerge} takes. */
      readonly mergeId: string;
      readonly humanId: string;
      /** Rows that came to another human. */
      readonly moved: readonly string[];
    }
  /** They were one human already; nothing changed. */
  | { readonly kind: "same-human"; readonly humanId: string };

/**
 * Makes one human of two, in the transaction of `work`: the stricter wish about being asked holds
 * for all, one of two open cases is closed as the other's duplicate. Throws `not-found` for a person
 * that the workspace does not have.
 */
export async function mergeHumans(
  work: Work,
  workspaceId: number,
  { kept, absorbed, how, actor }: MergeRequest,
): Promise<MergeOutcome> {
  const { transaction, now } = work;
  const rows = await lockHumans(transaction, workspaceId, [kept, absorbed]);
  const [one, other] = [humanIn(rows, kept), humanIn(rows, absorbed)];
  if (one === other) return { kind: "same-human", humanId: one };

  const { links, saidAt } = await readPast(work, workspaceId, rows);
  const [humanId, part] = one < other ? [one, other] : [other, one];
  const moved = await keepChanged(work, workspaceId, rows, settle(rows));
  await joinCases(work, workspaceId, humanId, part);
  await markSignals(transaction, workspaceId, [humanId]);
  const mergeId = newId();
  const at = now.getTime();
  const earlier = asBefore(rows, links, saidAt);
  const merge = { id: mergeId, at, kept, absorbed, how, actor, people: moved, earlier };
  await insertMerge(transaction, workspaceId, merge);
  const details = { mergeId, how };
  await audit(transaction, workspaceId, now, {
    actor,
    action: "person.merged",
    target: humanId,
    details,
  });
  return { kind: "merged", mergeId, humanId, moved };
}

export type UnmergeOutcome =
  | {
      readonly kind: "unmerged";
      /** The humans that there are now. */
      readonly humans: readonly string[];
      readonly moved: readonly string[];
    }
  | { readonly kind: "undone-already" };

/**
 * Takes a link back: the rows are of the humans that the other links make, and want to be asked as
 * they did before, unless they said so since. Throws `not-found` for an unknown id.
 */
export async function unmerge(
  work: Work,
  workspaceId: number,
  mergeId: string,
  actor: string,
): Promise<UnmergeOutcome> {
  const { transaction, now } = work;
  const found = await readMerge(transaction, workspaceId, mergeId);
  if (found === undefined) throw unknownMerge();
  const rows = await lockHumans(transaction, workspaceId, [found.kept, found.absorbed]);
  const { ids, links, saidAt } = await readPast(work, workspaceId, rows);
  // Somebody else may have been faster, before the rows were locked.
  if (!links.some(({ id }) => id === mergeId)) return { kind: "undone-already" };

  const settled = settleWithout(rows, links, mergeId, saidAt);
  const moved = await keepChanged(work, workspaceId, rows, settled);
  await undoMerge(transaction, workspaceId, mergeId, now);
  await partCases(work, workspaceId, ids, found.at);
  await markSignals(transaction, workspaceId, ids);
  await audit(transaction, workspaceId, now, {
    actor,
    action: "person.unmerged",
    target: found.kept,
    details: { mergeId },
  });
  const humans = settled.flatMap(({ id, humanId }) => (humanId === null ? [id] : []));
  return { kind: "unmerged", humans, moved };
}

/** What made the rows what they are: the links that hold, and when a wish was last said. */
async function readPast(
  { transaction }: Work,
  workspaceId: number,
  rows: readonly Settled[],
): Promise<{ ids: string[]; links: readonly Link[]; saidAt: number | null }> {
  const ids = rows.map(({ id }) => id);
  const merges = await readMerges(transaction, workspaceId, ids);
  const links = merges.filter(({ undoneAt }) => undoneAt === null);
  const said = links.length === 0 ? null : await lastWishAt(transaction, workspaceId, ids);
  return { ids, links, saidAt: said?.getTime() ?? null };
}

/** Writes the rows that changed; gives those that are of another human now. */
async function keepChanged(
  { transaction }: Work,
  workspaceId: number,
  rows: readonly Settled[],
  settled: readonly Settled[],
): Promise<string[]> {
  const before = new Map(rows.map((row) => [row.id, row]));
  const changed = settled.filter((row) => !isSame(row, before.get(row.id)));
  await keepSettled(transaction, workspaceId, changed);
  await settleRoles(
    transaction,
    workspaceId,
    rows.map(({ id }) => id),
  );
  const moved = changed.filter((row) => row.humanId !== before.get(row.id)?.humanId);
  return moved.map(({ id }) => id);
}

/**
 * Cases are of whoever each person is now. What was closed as a duplicate when the two were linked
 * never was one: it is open again.
 */
async function partCases(
  work: Work,
  workspaceId: number,
  people: readonly string[],
  mergedAt: number,
): Promise<void> {
  const { transaction } = work;
  await ungroupCases(transaction, workspaceId, people);
  for (const id of await duplicatesOf(transaction, workspaceId, people, new Date(mergedAt))) {
    const duplicate = await lockCase(transaction, workspaceId, id);
    if (duplicate === undefined) continue;
    const open = await reopenCase(work, workspaceId, duplicate);
    await updateCase(transaction, workspaceId, open.id, { stale: true });
  }
}

function isSame(a: Settled, b: Settled | undefined): boolean {
  const keys = ["humanId", "consent", "pausedUntil", "accountId", "accountRole"] as const;
  return b !== undefined && keys.every((key) => a[key] === b[key]);
}

function humanIn(rows: readonly Settled[], personId: string): string {
  const row = rows.find(({ id }) => id === personId);
  if (row === undefined)
    throw new AppError("not-found", "There is no such person here.", {
      advice: "Look them up again: they may have asked to be forgotten.",
    });
  return row.humanId ?? row.id;
}

function unknownMerge(): AppError {
  return new AppError("not-found", "There is no such link between people.", {
    advice: "The links of a person are listed with the person.",
  });
}
