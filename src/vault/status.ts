/** What is sealed by which of the operator's secrets, and whether an older one is still needed. Pure. */
import type { KeptSecret } from "../store/secrets.ts";
import type { Vault } from "../vault.ts";

/**
 * Buttons of questions and cards are pressed for so long after they were sent; those that an older
 * secret signed are strange without it.
 */
const BUTTONS_MS = 30 * 24 * 60 * 60 * 1000;

export interface SecretStatus {
  /** Names of what the current secret sealed, an older one that is here, and none that is here. */
  readonly current: readonly string[];
  readonly older: readonly string[];
  readonly lost: readonly string[];
  /** Until when older secrets are needed for buttons; undefined while anything is not sealed anew. */
  readonly olderUntil: Date | undefined;
}

export function secretStatus(vault: Vault, secrets: readonly KeptSecret[]): SecretStatus {
  const named = (which: (secret: KeptSecret) => boolean) =>
    secrets.filter(which).map(({ name }) => name);
  const isCurrent = ({ keyId }: KeptSecret) => keyId === vault.keyId;
  const isLost = ({ sealed }: KeptSecret) => !vault.knows(sealed);
  const latest = Math.max(...secrets.map(({ keptAt }) => keptAt.getTime()));
  const done = secrets.length > 0 && secrets.every(isCurrent);
  return {
    current: named(isCurrent),
    older: named((secret) => !isCurrent(secret) && !isLost(secret)),
    lost: named(isLost),
    olderUntil: done ? new Date(latest + BUTTONS_MS) : undefined,
  };
}
