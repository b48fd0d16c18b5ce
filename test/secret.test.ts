import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { findSecrets, loadSecret, loadSecrets, secretFile } from "../src/secret.ts";

let root: string;
let dataFolder: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "aftertalk-secret-"));
  dataFolder = join(root, "data");
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

const load = (secret?: string) => loadSecret({ secret, dataFolder });
const modeOf = (path: string) => statSync(path).mode & 0o777;

test("a secret that is set is used, and nothing is written", async () => {
  expect(await load("x".repeat(40))).toBe("x".repeat(40));
  expect(existsSync(dataFolder)).toBe(false);
});

test("without one it is made once, for its owner only, and the same from then on", async () => {
  const secret = await load();
  expect(secret).toMatch(/^[0-9a-f]{64}$/);
  expect(await load()).toBe(secret);
  expect(modeOf(secretFile(dataFolder))).toBe(0o600);
  expect(modeOf(dataFolder)).toBe(0o700);
  expect(readdirSync(dataFolder)).toEqual(["secret"]);
});

test("many that make it at once get the same", async () => {
  const secrets = await Promise.all(Array.from({ length: 20 }, () => load()));
  expect(new Set(secrets).size).toBe(1);
  expect(readdirSync(dataFolder)).toEqual(["secret"]);
});

test("a file that others could read is narrowed", async () => {
  const secret = await load();
  chmodSync(secretFile(dataFolder), 0o644);
  expect(await load()).toBe(secret);
  expect(modeOf(secretFile(dataFolder))).toBe(0o600);
});

test("a file that holds too little is refused and left as it is", async () => {
  await load();
  for (const content of ["", "\n", "short"]) {
    writeFileSync(secretFile(dataFolder), content);
    await expect(load()).rejects.toMatchObject({ code: "bad-setting" });
    expect(readFileSync(secretFile(dataFolder), "utf8")).toBe(content);
  }
});

test("a data folder that cannot be made is told with what to do", async () => {
  writeFileSync(dataFolder, "a file in its place");
  await expect(load()).rejects.toMatchObject({
    code: "bad-setting",
    advice: expect.stringContaining("AFTERTALK_SECRET"),
  });
});

test("the previous secrets are those of the settings, and the one that was made before", async () => {
  const made = await load();
  const old = "o".repeat(40);
  const config = { secret: "x".repeat(40), previousSecrets: [old, "x".repeat(40)], dataFolder };
  expect(await loadSecrets(config)).toEqual({ secret: "x".repeat(40), previous: [old, made] });
  const unset = { ...config, secret: undefined };
  expect(await loadSecrets(unset)).toEqual({ secret: made, previous: [old, "x".repeat(40)] });
});

test("looking for the secret makes none", async () => {
  const config = { secret: undefined, previousSecrets: [], dataFolder };
  expect(await findSecrets(config)).toBeUndefined();
  expect(existsSync(dataFolder)).toBe(false);
  const secret = await load();
  expect(await findSecrets(config)).toEqual({ secret, previous: [] });
});
