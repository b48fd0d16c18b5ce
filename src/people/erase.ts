/** Forgetting a human: everything at once, and for ever. */
import type { Engine, Work } from "../engine.ts";

/** Whose request it is. */
export interface Forgetting {
  readonly workspaceId: number;
  /** Any row of the human: all their rows go. */
  readonly personId: string;
  readonly by: "person" | "operator" | "restore";
  /** When they asked, by the clock that their platform tells events by; else now. */
  readonly at?: Date;
}

/** What is under way after an erasure. */
export interface Erasure {
  readonly id: string;
  /** Things to be removed on the platforms: accounts to be forgotten, and messages. */
  readonly targets: number;
}

/**
 * Erases a human in the transaction of `work`: afterwards their scores are counts and nothing else of
 * them is here. What is on the platforms is removed by jobs that commit with it. `undefined` when
 * there is no such person (any more).
 */
export async function forgetHuman(
  _engine: Pick<Engine, "jobs" | "ledger">,
  _work: Work,
  _forgetting: Forgetting,
): Promise<Erasure | undefined> {
  return undefined;
}
