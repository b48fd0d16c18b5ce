/**
 * What a change of a chat means: whether it is closed or opened with it, why, and in whose name.
 * Discord tells that a thread changed, and only the audit log tells who did it.
 */
import { z } from "zod";
import type { CloseReason, PlatformUser } from "../../../src/platform.ts";
import { isTeam } from "../../common/people.ts";
import type { ChatKind } from "./chat.ts";
import type { AuditPayload } from "./payloads.ts";

/** What is new; what is absent stayed as it was. */
export interface ChatChange {
  readonly archived?: boolean;
  readonly locked?: boolean;
  /** It says now that it is solved (a post's tag) or closed (a ticket's name), or no more. */
  readonly marked?: boolean;
}

/** How a chat stands. */
export interface ChatState {
  readonly archived: boolean;
  readonly locked: boolean;
  readonly marked: boolean;
}

const fields = ["archived", "locked", "marked"] as const;

export function changeBetween(before: ChatState, after: ChatState): ChatChange {
  const changed = fields.filter((field) => before[field] !== after[field]);
  return Object.fromEntries(changed.map((field) => [field, after[field]]));
}

/** How tags and names are understood: ids of tags, names of channels. */
export interface Marks {
  isSolved(tagIds: readonly string[]): boolean;
  isClosedName(name: string): boolean;
}

const tagIds = z.array(z.string()).catch([]);
const isTrue = (value: unknown): boolean => value === true || value === "true";

/** What an entry of the audit log says of a chat. */
export function changeIn({ changes }: AuditPayload, marks: Marks): ChatChange {
  const states = { before: new Map<string, boolean>(), after: new Map<string, boolean>() };
  const note = (field: string, before: boolean, after: boolean) => {
    states.before.set(field, before);
    states.after.set(field, after);
  };
  for (const { key, old_value: before, new_value: after } of changes) {
    if (key === "archived" || key === "locked") note(key, isTrue(before), isTrue(after));
    if (key === "applied_tags")
      note("marked", marks.isSolved(tagIds.parse(before)), marks.isSolved(tagIds.parse(after)));
    if (key === "name")
      note("marked", marks.isClosedName(String(before)), marks.isClosedName(String(after)));
  }
  const stateOf = (values: ReadonlyMap<string, boolean>): ChatState => ({
    archived: values.get("archived") ?? false,
    locked: values.get("locked") ?? false,
    marked: values.get("marked") ?? false,
  });
  return changeBetween(stateOf(states.before), stateOf(states.after));
}

/** Whether an entry tells who made this change. */
export function explains(entry: ChatChange, change: ChatChange): boolean {
  return fields.some((field) => change[field] !== undefined && entry[field] === change[field]);
}

export const isNothing = (change: ChatChange): boolean =>
  fields.every((field) => change[field] === undefined);

/**
 * A closing or an opening; `by` is absent where nobody is known to have done it, and where it is not
 * somebody of the team: Discord lets a thread's starter archive it and tag a post, and nobody else but
 * who may manage threads. Whoever it lets is somebody who may, and forum customers close theirs so.
 */
export type Turn =
  | { readonly kind: "chat-closed"; readonly reason: CloseReason; readonly by?: PlatformUser }
  | { readonly kind: "chat-reopened"; readonly by?: PlatformUser };

/**
 * What a change means. `by`: who did it; undefined when the log does not tell, which is also how
 * Discord's own timer looks. A closing wins over an opening in the same change.
 */
export function turnOf(
  kind: ChatKind,
  change: ChatChange,
  by: PlatformUser | undefined,
): Turn | undefined {
  const person = by === undefined || by.bot === true ? undefined : by;
  const closer = person !== undefined && isTeam(person) ? { by: person } : {};
  if (change.marked === true) {
    return { kind: "chat-closed", reason: kind === "ticket" ? "manual" : "solved", ...closer };
  }
  if (change.archived === true || change.locked === true) {
    // By Discord's timer, a bot that sweeps, or nobody known: it only rests.
    const reason = person === undefined ? "inactivity" : "manual";
    return { kind: "chat-closed", reason, ...closer };
  }
  if (change.marked === false) {
    return { kind: "chat-reopened", ...(person === undefined ? {} : { by: person }) };
  }
  // A thread wakes up with any message, also with our own question: only a person opens it.
  const woken = change.archived === false || change.locked === false;
  return woken && person !== undefined ? { kind: "chat-reopened", by: person } : undefined;
}

/** Deleted: of a thread nobody is asked, a ticket is deleted when it is done. */
export function deletionOf(isThread: boolean): Turn {
  return { kind: "chat-closed", reason: isThread ? "spam" : "manual" };
}
