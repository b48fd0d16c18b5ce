import { v7 } from "uuid";

/** A new id: UUID version 7, so that rows made later sort later (RFC 9562, section 5.7). */
export function newId(): string {
  return v7();
}
