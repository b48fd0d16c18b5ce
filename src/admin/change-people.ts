/** What the people in changes are called, and who else could agree to them. */
import type { Change } from "../configuration/change.ts";
import type { Texts } from "../locales/index.ts";
import { namesOf } from "../store/preview.ts";
import type { Db } from "../store/schema.ts";

/** Whose roles change. */
export function peopleIn(changes: readonly Change[]): string[] {
  return changes.flatMap((change) =>
    change.kind === "role" && change.subject.kind === "person" ? [change.subject.personId] : [],
  );
}

/** Says who somebody is by the word that is kept of them: a person's id, "operator", "aftertalk". */
export type SayWho = (by: string) => string;

const UUID = /^[0-9a-f-]{36}$/u;

export async function sayWhoOf(
  db: Db,
  workspaceId: number,
  texts: Texts,
  words: readonly string[],
): Promise<{ readonly names: ReadonlyMap<string, string>; readonly who: SayWho }> {
  const ids = [...new Set(words.filter((word) => UUID.test(word)))];
  const names = await namesOf(db, workspaceId, ids);
  const who: SayWho = (by) => {
    if (by === "operator") return texts.text("change.operator");
    if (by === "aftertalk") return texts.text("change.program");
    return names.get(by) ?? texts.text("change.somebody");
  };
  return { names, who };
}
