/**
 * Pictures of everything that leads see, to be looked at: `npm run look -- FOLDER [slack|discord] [en,ru]`.
 * The core and the adapters are real; the pages are near enough to the platforms' own looks.
 */
import { mkdir, mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Language, languages } from "../../../src/locales/index.ts";
import { createLog } from "../../../src/log.ts";
import { createJobs } from "../../../src/scheduling/jobs/jobs.ts";
import { migrateToLatest } from "../../../src/store/migrate.ts";
import { openPostgres } from "../../../src/store/postgres.ts";
import type { Asker, Desk } from "../../life/desks/desk.ts";
import { openDiscordDesk } from "../../life/desks/discord.ts";
import { historyOfDesks, type Office, openOffice } from "../../life/desks/office.ts";
import { openSlackDesk } from "../../life/desks/slack.ts";
import type { Seen } from "../../life/town.ts";
import { insertWorkspace } from "../database-rows.ts";
import { startPostgres } from "../postgres.ts";
import { discordMessage, discordStyle } from "./discord.ts";
import { pngUrl } from "./html.ts";
import { openPages, type Pages } from "./pages.ts";
import { otherScenes, scenesIn } from "./scenes.ts";
import { slackMessage, slackStyle } from "./slack.ts";

/** A desk, and how one of its messages looks. */
interface Looked {
  readonly desk: Desk;
  readonly style: string;
  draw(who: Asker, id: string): string;
}

const platforms: Readonly<Record<string, () => Promise<Looked>>> = {
  async slack() {
    const desk = await openSlackDesk();
    return {
      ...{ desk, style: slackStyle },
      draw(who, id) {
        const all = desk.personOf(who.id)?.sees(desk.channel) ?? [];
        const message = all.find(({ ts }) => ts === id);
        return message ? slackMessage(message, (file) => pngUrl(desk.slack.file(file))) : "";
      },
    };
  },
  async discord() {
    const desk = await openDiscordDesk();
    return {
      ...{ desk, style: discordStyle },
      draw(who, id) {
        const all = desk.personOf(who.id)?.sees(desk.channel) ?? [];
        const message = all.find((each) => each.id === id);
        return message ? discordMessage(message) : "";
      },
    };
  },
};

async function look(folder: string, names: readonly string[], read: readonly Language[]) {
  await mkdir(folder, { recursive: true });
  const folderOfServer = await mkdtemp(join(tmpdir(), "aftertalk-look-"));
  const server = await startPostgres({ folder: folderOfServer, careless: true });
  const log = createLog("error");
  const database = await openPostgres({
    databaseUrl: server.url("postgres"),
    log,
    limits: { connection: 20_000 },
  });
  await migrateToLatest(database);
  const jobs = createJobs({ database: database.jobsDatabase, kind: database.kind, log });
  await jobs.start();
  const pages = await openPages();
  try {
    for (const name of names) {
      const open = platforms[name];
      if (open === undefined) throw new Error(`there is no platform ${name}`);
      const workspaceId = await insertWorkspace(database.db, { name: "Acme" });
      const looked = await open();
      const office = { ...database, workspaceId, jobs: async () => jobs };
      await lookAt(join(folder, name), pages, looked, {
        office: await openOffice(office, looked.desk, historyOfDesks()),
        read,
      });
      await looked.desk.stop();
    }
  } finally {
    await pages.close();
    await jobs.stop();
    await database.close();
    await server.stop();
  }
}

async function lookAt(
  path: string,
  pages: Pages,
  { desk, style, draw }: Looked,
  { office, read }: { office: Office; read: readonly Language[] },
): Promise<void> {
  const take = async (name: string, who: Asker, { id }: Seen) => {
    await pages.take(`${path}-${name}`, draw(who, id), style);
    process.stdout.write(`${path}-${name}\n`);
  };
  const newest = async (who: Asker): Promise<Seen> => {
    await office.settle();
    const seen = (await who.sees("leads")).at(-1);
    if (seen === undefined) throw new Error("nothing is there");
    return seen;
  };
  for (const language of read) {
    const lead = desk.leads[language];
    for (const { name, asked, presses } of scenesIn(language)) {
      const seen = await lead.asks(asked);
      if (presses !== undefined && seen.buttons.includes(presses)) {
        await lead.presses("leads", seen, presses);
        await newest(lead);
      }
      await take(`${language}-${name}`, lead, seen);
      if (name.endsWith("shared"))
        await take(`${language}-${name}-posted`, lead, await newest(lead));
    }
  }
  for (const { name, who, asked } of otherScenes(desk))
    await take(`en-${name}`, who, await who.asks(asked));
  await office.weekEnds();
  await take("en-alert", desk.leads.en, await newest(desk.leads.en));
}

const [folder, only, spoken] = process.argv.slice(2);
if (folder === undefined) throw new Error("say which folder the pictures go to");
const read = languages.filter((one) => spoken === undefined || spoken.split(",").includes(one));
await look(folder, only === undefined ? Object.keys(platforms) : [only], read);
