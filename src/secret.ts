/** The secret that signs button tokens and seals what the database keeps: given, or made once and kept. */
import { randomBytes } from "node:crypto";
import { chmod, link, mkdir, open, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { SHORTEST_SECRET } from "./config/settings.ts";
import type { Config } from "./config.ts";
import { AppError } from "./errors.ts";

/** What {@link loadSecret} makes: so many random bytes, in hexadecimal digits. */
const MADE_BYTES = 32;

/** Where a made secret is kept. */
export function secretFile(dataFolder: string): string {
  return join(dataFolder, "secret");
}

/**
 * The secret of the settings, else the one kept in the data folder, which is made at the first call
 * (several processes may race: one wins and all get the same). The file is readable by its owner
 * only; a wider mode is narrowed. Throws `bad-setting` when it cannot be or the file is no secret.
 */
export async function loadSecret(config: Pick<Config, "secret" | "dataFolder">): Promise<string> {
  if (config.secret !== undefined) return config.secret;
  const file = secretFile(config.dataFolder);
  try {
    await makeUnlessThere(config.dataFolder, file);
    await narrowMode(file);
    return checked((await readFile(file, "utf8")).trim(), file);
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError("bad-setting", `The secret in ${file} cannot be read or made.`, {
      cause,
      advice: "Let this user read and write the data folder, or set AFTERTALK_SECRET.",
    });
  }
}

/** The secret and those that it was before, which are still understood. */
export interface Secrets {
  readonly secret: string;
  readonly previous: readonly string[];
}

type SecretConfig = Pick<Config, "secret" | "previousSecrets" | "dataFolder">;

/**
 * {@link loadSecret} with the previous ones of the settings. Whoever sets AFTERTALK_SECRET for the
 * first time need not copy the one that was made before: it is still in the data folder.
 */
export async function loadSecrets(config: SecretConfig): Promise<Secrets> {
  const secret = await loadSecret(config);
  const made = config.secret === undefined ? undefined : await readMade(config.dataFolder);
  const previous = [...config.previousSecrets, ...(made === undefined ? [] : [made])];
  return { secret, previous: previous.filter((each) => each !== secret) };
}

/** The same without making anything; `undefined` when there is no secret yet. */
export async function findSecrets(config: SecretConfig): Promise<Secrets | undefined> {
  const made = await readMade(config.dataFolder);
  return config.secret === undefined && made === undefined ? undefined : loadSecrets(config);
}

/** What was made before, when it is there and can be used. */
async function readMade(dataFolder: string): Promise<string | undefined> {
  const text = await readFile(secretFile(dataFolder), "utf8").catch(() => "");
  return text.trim().length < SHORTEST_SECRET ? undefined : text.trim();
}

/** Written aside and linked, so that nobody ever reads half a secret. */
async function makeUnlessThere(folder: string, file: string): Promise<void> {
  if (await exists(file)) return;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const aside = `${file}.${randomBytes(6).toString("hex")}`;
  try {
    await writeThrough(aside, `${randomBytes(MADE_BYTES).toString("hex")}\n`);
    await link(aside, file);
  } catch (error) {
    if (!isCode(error, "EEXIST")) throw error; // another process was first: theirs counts
  } finally {
    await rm(aside, { force: true });
  }
}

async function writeThrough(file: string, text: string): Promise<void> {
  const handle = await open(file, "wx", 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function exists(file: string): Promise<boolean> {
  try {
    await stat(file);
    return true;
  } catch (error) {
    if (isCode(error, "ENOENT")) return false;
    throw error;
  }
}

async function narrowMode(file: string): Promise<void> {
  if (process.platform === "win32") return; // no modes there
  const { mode } = await stat(file);
  if ((mode & 0o077) === 0) return;
  try {
    await chmod(file, 0o600);
  } catch (cause) {
    throw new AppError("bad-setting", `Other users can read the secret in ${file}.`, {
      cause,
      advice: `As the file's owner run: chmod 600 ${file}`,
    });
  }
}

function checked(secret: string, file: string): string {
  if (secret.length >= SHORTEST_SECRET) return secret;
  throw new AppError(
    "bad-setting",
    `${file} holds ${secret.length} characters; a secret has at least ${SHORTEST_SECRET}.`,
    {
      advice:
        "Put the secret back from your backup, or delete the file to get a new one (buttons in messages already sent then stop working).",
    },
  );
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
