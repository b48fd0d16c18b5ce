import fc from "fast-check";
import { expect, test } from "vitest";
import { createVault, type SealedPlace } from "../src/vault.ts";

const secret = "a secret of at least thirty-two characters";
const other = "another secret of thirty-two characters!";
const place: SealedPlace = { workspaceId: 1, row: "secrets:ledger", column: "sealed" };
const vault = createVault({ secret });
const places = fc.record({
  workspaceId: fc.nat(),
  row: fc.string(),
  column: fc.string(),
});
const lost = expect.objectContaining({ code: "secret-lost" });

test("P8 what is sealed opens where it was sealed, and its text is nowhere in it", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), places, (text, where) => {
      expect(vault.open(vault.seal(text, where), where)).toBe(text.toWellFormed());
    }),
  );
  const sealed = vault.seal("canary-51bdc", place);
  expect(sealed).not.toContain("canary");
  expect(Buffer.from(sealed.split(".")[2] ?? "", "base64url").toString("latin1")).not.toContain(
    "canary",
  );
});

test("P8 moved to another row, column or workspace it never opens", () => {
  fc.assert(
    fc.property(places, places, (here, there) => {
      fc.pre(JSON.stringify(here) !== JSON.stringify(there));
      const sealed = vault.seal("text", here);
      expect(() => vault.open(sealed, there)).toThrow(lost);
    }),
  );
});

test("P8 altered anywhere it never opens", () => {
  const sealed = vault.seal("text", place);
  const [version, id, body = ""] = sealed.split(".");
  const bytes = Buffer.from(body, "base64url");
  for (let i = 0; i < bytes.length; i += 1) {
    const altered = Buffer.from(bytes);
    altered[i] = (altered[i] ?? 0) ^ 1;
    const text = `${version}.${id}.${altered.toString("base64url")}`;
    expect(() => vault.open(text, place)).toThrow(lost);
  }
  for (const text of ["", "v1", `v1.${id}.`, `v2.${id}.${body}`, `v1.${id}.${body.slice(0, 8)}`]) {
    expect(() => vault.open(text, place)).toThrow(lost);
  }
});

test("P8 the same text sealed twice looks different: each has a nonce of its own", () => {
  const sealed = Array.from({ length: 1000 }, () => vault.seal("text", place));
  const nonces = sealed.map((text) => (text.split(".")[2] ?? "").slice(0, 16));
  expect(new Set(nonces).size).toBe(1000);
});

test("P8 after a rotation the older secret opens, and the current one seals", () => {
  const rotated = createVault({ secret: other, previous: [secret] });
  expect(rotated.open(vault.seal("text", place), place)).toBe("text");
  const sealed = rotated.seal("text", place);
  expect(() => vault.open(sealed, place)).toThrow(lost);
  expect(rotated.keyId).not.toBe(vault.keyId);
  expect(rotated.knows(vault.seal("text", place))).toBe(true);
  expect(vault.knows(sealed)).toBe(false);
});

test("U9 without the secret the error says what to do, and neither text nor secret", () => {
  const sealed = createVault({ secret: other }).seal("canary-51bdc", place);
  const open = () => vault.open(sealed, place);
  expect(open).toThrow(
    expect.objectContaining({
      code: "secret-lost",
      message: expect.stringContaining("secrets:ledger"),
      advice: expect.stringMatching(/AFTERTALK_SECRET_PREVIOUS.*secret reset/),
    }),
  );
});

test("the id of a key says nothing about the secret but whether it is the same", () => {
  expect(vault.keyId).toMatch(/^[0-9a-f]{16}$/);
  expect(createVault({ secret }).keyId).toBe(vault.keyId);
});
