/**
 * Seals what must not stand in a database as it is: AES-256-GCM (NIST SP 800-38D) with a key derived
 * from the operator's secret, a random 96-bit nonce each time, and where it belongs as associated
 * data, so that a sealed text moved to another row, column or workspace does not open.
 */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { AppError } from "./errors.ts";

/** Where a sealed text belongs; it opens nowhere else. */
export interface SealedPlace {
  readonly workspaceId: number;
  readonly row: string;
  readonly column: string;
}

export interface Vault {
  /** Of the key that seals: 16 hexadecimal digits, from which no key can be told. */
  readonly keyId: string;
  /** `v1.<key id>.<base64url of nonce, ciphertext and tag>`. */
  seal(text: string, place: SealedPlace): string;
  /**
   * What was sealed, by the secret or one of the previous ones. Throws `secret-lost` when none of
   * them is the right one, or when the text was altered or moved.
   */
  open(sealed: string, place: SealedPlace): string;
  /** Whether it says to be sealed by a key that is here. */
  knows(sealed: string): boolean;
}

export interface VaultOptions {
  readonly secret: string;
  /** Older secrets: they open and never seal. */
  readonly previous?: readonly string[];
}

const VERSION = "v1";
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_ID_BYTES = 8;
const SEALED = /^v1\.([0-9a-f]{16})\.([\w-]+)$/;

interface Key {
  readonly id: string;
  readonly bytes: Buffer;
}

export function createVault({ secret, previous = [] }: VaultOptions): Vault {
  const current = deriveKey(secret);
  const keys = new Map([...previous.map(deriveKey), current].map((key) => [key.id, key]));
  return {
    keyId: current.id,
    seal(text, place) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv("aes-256-gcm", current.bytes, nonce);
      cipher.setAAD(placeBytes(place));
      const body = Buffer.concat([nonce, cipher.update(text, "utf8"), cipher.final()]);
      const whole = Buffer.concat([body, cipher.getAuthTag()]);
      return `${VERSION}.${current.id}.${whole.toString("base64url")}`;
    },
    open(sealed, place) {
      const [, id = "", text = ""] = SEALED.exec(sealed) ?? [];
      const key = keys.get(id);
      if (key === undefined) throw lost(place, "none of the given secrets sealed it");
      return decrypt(key, Buffer.from(text, "base64url"), place);
    },
    knows: (sealed) => keys.has(SEALED.exec(sealed)?.[1] ?? ""),
  };
}

function deriveKey(secret: string): Key {
  const derive = (info: string, bytes: number) =>
    Buffer.from(hkdfSync("sha256", secret, "", info, bytes));
  return {
    id: derive("aftertalk vault key id", KEY_ID_BYTES).toString("hex"),
    bytes: derive("aftertalk vault", 32),
  };
}

function decrypt(key: Key, whole: Buffer, place: SealedPlace): string {
  if (whole.length < NONCE_BYTES + TAG_BYTES) throw lost(place, "it is cut off");
  const cipher = createDecipheriv("aes-256-gcm", key.bytes, whole.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  });
  cipher.setAAD(placeBytes(place));
  cipher.setAuthTag(whole.subarray(-TAG_BYTES));
  try {
    const body = cipher.update(whole.subarray(NONCE_BYTES, -TAG_BYTES));
    return Buffer.concat([body, cipher.final()]).toString("utf8");
  } catch {
    throw lost(place, "it was altered, or belongs elsewhere");
  }
}

function placeBytes({ workspaceId, row, column }: SealedPlace): Buffer {
  return Buffer.from(JSON.stringify([workspaceId, row, column]));
}

function lost({ row }: SealedPlace, why: string): AppError {
  return new AppError("secret-lost", `What is sealed as "${row}" cannot be opened: ${why}.`, {
    advice:
      "Give the secret it was sealed with in AFTERTALK_SECRET or AFTERTALK_SECRET_PREVIOUS. If it is lost for good, run: aftertalk secret reset",
  });
}
