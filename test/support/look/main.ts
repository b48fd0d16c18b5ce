/**
 * Pictures of everything that leads and admins see, to be looked at:
 * `npm run look -- FOLDER [slack,discord,playground] [en,ru] [leads,admins or names of stories]`.
 * The core and the adapters are real, and so is the playground's page; the others are near enough to the
 * platforms' own looks. Beside each language's pictures are their words, and sheets of many at once.
 */
import { mkdir, mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { languages } from "../../../src/locales/index.ts";
import { createLog } from "../../../src/log.ts";
import { createJobs } from "../../../src/scheduling/jobs/jobs.ts";
import { migrateToLatest } from "../../../src/store/migrate.ts";
import { openPostgres } from "../../../src/store/postgres.ts";
import type { CoreDatabase } from "../../life/core.ts";
import { insertWorkspace } from "../database-rows.ts";
import { startPostgres } from "../postgres.ts";
import { lookAtAdmins } from "./admins.ts";
import type { Booth } from "./booths/booth.ts";
import { openDiscordBooth } from "./booths/discord.ts";
import { openPlaygroundBooth } from "./booths/playground.ts";
import { openSlackBooth } from "./booths/slack.ts";
import { lookAtLeads } from "./leads.ts";
import { openPages, type Pages } from "./pages.ts";
import { writeSheets } from "./sheets.ts";

const booths: Readonly<Record<string, (pages: Pages) => Promise<Booth>>> = {
  slack: openSlackBooth,
  discord: openDiscordBooth,
  playground: openPlaygroundBooth,
};

const [folder, some, spoken, wanted = "leads,admins"] = process.argv.slice(2);
if (folder === undefined) throw new Error("say which folder the pictures go to");
const names = some === undefined ? Object.keys(booths) : some.split(",");
const read = languages.filter((one) => spoken === undefined || spoken.split(",").includes(one));
const what = wanted.split(",");
const stories = what.filter((each) => each !== "leads" && each !== "admins");

await mkdir(folder, { recursive: true });
const server = await startPostgres({
  folder: await mkdtemp(join(tmpdir(), "aftertalk-look-")),
  careless: true,
});
const log = createLog("error");
const limits = { connection: 20_000 };
const kept = await openPostgres({ databaseUrl: server.url("postgres"), log, limits });
await migrateToLatest(kept);
const jobs = createJobs({ database: kept.jobsDatabase, kind: kept.kind, log });
await jobs.start();
const pages = await openPages();
const wrong: string[] = [];
try {
  for (const name of names) {
    if (what.includes("leads")) await inBooth(name, (...at) => leads(name, ...at));
    if (what.includes("admins") || stories.length > 0)
      for (const language of read) await inBooth(name, (...at) => admins(name, language, ...at));
  }
} finally {
  await pages.close();
  await jobs.stop();
  await kept.close();
  await server.stop();
}
for (const each of wrong) process.stderr.write(`${each}\n`);
process.exitCode = wrong.length === 0 ? 0 : 1;

type Act = (booth: Booth, database: CoreDatabase) => Promise<string[]>;

/** A workspace and a platform of their own. */
async function inBooth(name: string, act: Act): Promise<void> {
  const open = booths[name];
  if (open === undefined) throw new Error(`there is no platform ${name}`);
  const booth = await open(pages);
  const workspaceId = await insertWorkspace(kept.db, { name: "Acme" });
  const taken = await act(booth, { ...kept, workspaceId, jobs: async () => jobs });
  await booth.stop();
  // The next desk is another place, though its emulator gives it the same id.
  const gone = { external_id: sql<string>`id::text` };
  await kept.db.updateTable("connections").set(gone).execute();
  await writeSheets(pages, taken);
}

async function leads(name: string, booth: Booth, database: CoreDatabase): Promise<string[]> {
  const { taken, noted } = notes();
  await lookAtLeads({ database, booth, read, path: join(String(folder), name), noted });
  return taken;
}

async function admins(
  name: string,
  language: (typeof read)[number],
  booth: Booth,
  database: CoreDatabase,
): Promise<string[]> {
  const { taken, noted } = notes();
  const path = join(String(folder), `${name}-${language}`);
  const only = stories.length > 0 ? stories : undefined;
  wrong.push(...(await lookAtAdmins({ database, booth, language, path, only, noted })));
  return taken;
}

function notes(): { readonly taken: string[]; noted(path: string): void } {
  const taken: string[] = [];
  return {
    taken,
    noted(path) {
      taken.push(path);
      process.stdout.write(`${path}\n`);
    },
  };
}
