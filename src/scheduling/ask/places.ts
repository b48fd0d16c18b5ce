/** Where a question is asked, and where next when it cannot be asked there. Pure. */
import type { Address } from "../../platform.ts";
import type { ConnectionSettings } from "../../store/connections.ts";

/** Whom a question is for, and the chat it is about as its platform names it. */
export interface Whereabouts {
  readonly askIn: ConnectionSettings["askIn"];
  readonly userId: string;
  readonly chatId: string | undefined;
}

/** Every place to ask in, in the order in which they are tried; after the last: the next contact. */
export function placesFor({ askIn, userId, chatId }: Whereabouts): readonly Address[] {
  const direct: Address = { kind: "direct", userId };
  if (chatId === undefined) return [direct];
  const whisper: Address = { kind: "whisper", chatId, userId };
  return askIn === "thread" ? [{ kind: "chat", chatId }, direct, whisper] : [direct, whisper];
}

/**
 * The place after the one that failed; `undefined` after the last, and after a place that is not one
 * of the usual ones (a whisper where the person happened to be).
 */
export function placeAfter(whereabouts: Whereabouts, failed: Address): Address | undefined {
  const places = placesFor(whereabouts);
  const index = places.findIndex((place) => same(place, failed));
  return index === -1 ? undefined : places[index + 1];
}

function same(one: Address, other: Address): boolean {
  if (one.kind === "whisper" && other.kind === "whisper") return one.chatId === other.chatId;
  return one.kind === other.kind;
}
