/** What the command line changes of what is set up: as everybody else, all of it or nothing. */
import type { Change, Conflict } from "../configuration/change.ts";
import { AppError } from "../errors.ts";
import { applyChanges } from "../store/configuration.ts";
import type { Db } from "../store/schema.ts";
import { flatten, readSettings } from "../store/settings.ts";

/**
 * Makes all changes in the name of the operator, who needs nobody's approval. Call inside a transaction.
 * Errors: `bad-input` when somebody else saved something meanwhile; a ZodError for settings.
 */
export async function applyAsOperator(
  transaction: Db,
  workspaceId: number,
  changes: readonly Change[],
  at: Date,
): Promise<void> {
  if (changes.length === 0) return;
  const changing = { by: "operator", at, origin: "command-line" } as const;
  const outcome = await applyChanges(transaction, workspaceId, changes, changing);
  if (outcome.kind === "applied") return;
  throw conflictError(outcome.conflicts);
}

/** Why nothing was changed, and what to do. */
export function conflictError(conflicts: readonly Conflict[]): AppError {
  const asked = conflicts.flatMap((each) => (each.why === "asked-by" ? each.schedules : []));
  if (asked.length > 0) {
    const names = asked.join(", ");
    return refusal(`schedules that are on ask this survey: ${names}`, {
      advice: "Switch them off first: aftertalk schedules off NAME",
    });
  }
  if (conflicts.some(({ why }) => why === "last-admin")) {
    return refusal("then there would be no admin left", {
      advice: "Make somebody else an admin first: aftertalk roles grant admin PERSON",
    });
  }
  return refusal("somebody else changed the same in this moment", {
    advice: "Look at what holds now and run it again.",
  });
}

function refusal(why: string, more: { readonly advice: string }): AppError {
  return new AppError("bad-input", `Nothing was changed: ${why}.`, more);
}

/** Settings by their names with dots, whatever they were before. */
export async function setAsOperator(
  transaction: Db,
  workspaceId: number,
  set: Readonly<Record<string, unknown>>,
  at: Date,
): Promise<void> {
  const before = flatten(await readSettings(transaction, workspaceId));
  const was = Object.fromEntries(Object.keys(set).map((name) => [name, before[name]]));
  await applyAsOperator(transaction, workspaceId, [{ kind: "settings", set, was }], at);
}
