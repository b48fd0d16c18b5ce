/**
 * Keyed hashes of identities. Whoever was forgotten is known again by them and by nothing else: who
 * has the database but not the key can neither read an identity out of a hash nor try one.
 */
import { createHmac } from "node:crypto";

/** One way to know somebody. */
export type IdentityKey =
  /** A platform's id of a user; on every connection of the platform the same. */
  | { readonly kind: "user"; readonly platform: string; readonly externalId: string }
  /** In any case of letters. */
  | { readonly kind: "email"; readonly email: string }
  /** A chat of theirs: others may still write in it, and it may be named after them. */
  | { readonly kind: "chat"; readonly connectionId: string; readonly externalId: string };

export interface Ledger {
  /** 43 characters of base64url; never the same in two workspaces. */
  hash(workspaceId: number, identity: IdentityKey): string;
}

/** A ledger with a key of 32 random bytes that stays the same as long as the database lives. */
export function createLedger(key: Buffer): Ledger {
  return {
    hash(workspaceId, identity) {
      return createHmac("sha256", key)
        .update(JSON.stringify([workspaceId, identity.kind, ...partsOf(identity)]))
        .digest("base64url");
    },
  };
}

function partsOf(identity: IdentityKey): string[] {
  switch (identity.kind) {
    case "user":
      return [identity.platform, identity.externalId];
    case "email":
      return [identity.email.normalize("NFKC").trim().toLowerCase()];
    case "chat":
      return [identity.connectionId, identity.externalId];
  }
}
