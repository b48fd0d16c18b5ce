/** What was changed elsewhere since a file was exported, and would be written over by it. Pure. */
import type { Change } from "../change.ts";
import { type Thing, thingsOf } from "./plan-changes.ts";

/** A line of the audit log about something that a file can say. */
export interface LoggedChange {
  readonly thing: Thing;
  readonly at: Date;
  /** A person's id, or "operator". */
  readonly by: string;
  /** By what: "chat", "file" …; null where that was not kept. */
  readonly origin: string | null;
  /** `from` null: it was new. */
  readonly versions: { readonly from: number | null; readonly to: number } | undefined;
}

/** Something that the file does not know of. */
export interface Overwritten {
  readonly thing: Thing;
  /** Of the newest change. */
  readonly at: Date;
  readonly by: string;
  readonly origin: string;
  readonly versions: { readonly from: number; readonly to: number } | undefined;
}

/**
 * Of `changes` what was changed since by something else than a file. Whoever applied a file after that
 * knew of it, or has said so. `logged`: since the file's `asOf`, the oldest first.
 */
export function overwrittenBy(
  changes: readonly Change[],
  logged: readonly LoggedChange[],
): Overwritten[] {
  const wanted = new Map(changes.flatMap(thingsOf).map((thing) => [keyOf(thing), thing]));
  return [...wanted].flatMap(([key, thing]): Overwritten[] => {
    const its = logged.filter((each) => keyOf(each.thing) === key);
    const since = its.slice(its.findLastIndex(({ origin }) => origin === "file") + 1);
    const last = since.at(-1);
    if (last === undefined) return [];
    const versions = since.flatMap((each) => (each.versions === undefined ? [] : [each.versions]));
    const [from, to] = [versions[0]?.from, versions.at(-1)?.to];
    const { at, by, origin } = last;
    return [
      {
        ...{ thing, at, by, origin: origin ?? (by === "operator" ? "command-line" : "chat") },
        versions: typeof from === "number" && to !== undefined ? { from, to } : undefined,
      },
    ];
  });
}

function keyOf({ kind, name }: Thing): string {
  return `${kind} ${name}`;
}
