/** Is the data folder there, ours alone, writable, with room left; is the secret in it private? */
import { constants } from "node:fs";
import { access, stat, statfs } from "node:fs/promises";
import type { Config } from "../../config.ts";
import type { Finding } from "../../platform.ts";
import { secretFile } from "../../secret.ts";
import { problem } from "./finding.ts";

const MEGABYTE = 1024 * 1024;
/** Below this the embedded database is about to stop (docs/faults.md, B8). */
const LEAST_ROOM = 500 * MEGABYTE;
const OTHERS = 0o077;

/** Checks the folder; one that is not there yet is made at the first start. */
export async function checkDataFolder(config: Config): Promise<Finding[]> {
  const { dataFolder } = config;
  const found = await stat(dataFolder).catch(() => undefined);
  if (found === undefined) {
    const says = `${dataFolder} is not there yet; the first start makes it`;
    return [{ check: "data folder", ok: true, says }];
  }
  return [
    await checkAccess(dataFolder, found.isDirectory(), found.mode),
    await checkRoom(dataFolder),
    ...(config.secret === undefined ? await checkSecret(dataFolder) : []),
  ];
}

async function checkAccess(folder: string, isFolder: boolean, mode: number): Promise<Finding> {
  const check = "data folder";
  if (!isFolder) {
    const mend = "Let AFTERTALK_DATA_DIR name a folder.";
    return { check, ok: false, says: `${folder} is a file`, mend };
  }
  try {
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    return problem(check, error, `Let this user read and write ${folder}.`);
  }
  if (process.platform !== "win32" && (mode & OTHERS) !== 0) {
    const says = `other users of this machine can look into ${folder}`;
    return { check, ok: false, says, mend: `Run: chmod 700 ${folder}` };
  }
  return { check, ok: true, says: folder };
}

async function checkRoom(folder: string): Promise<Finding> {
  const check = "free space";
  const { bavail, bsize } = await statfs(folder);
  const room = bavail * bsize;
  const says = `${Math.floor(room / MEGABYTE).toLocaleString("en")} MB`;
  if (room >= LEAST_ROOM) return { check, ok: true, says };
  const mend = "Make room: a full disk stops the embedded database.";
  return { check, ok: false, says: `only ${says}`, mend };
}

async function checkSecret(folder: string): Promise<Finding[]> {
  const file = secretFile(folder);
  const found = await stat(file).catch(() => undefined);
  if (found === undefined || process.platform === "win32") return [];
  if ((found.mode & OTHERS) === 0) return [{ check: "secret", ok: true, says: "kept privately" }];
  const says = `other users of this machine can read ${file}`;
  return [{ check: "secret", ok: false, says, mend: `Run: chmod 600 ${file}` }];
}
