/** The whole run: a database of each size, everything measured on it, all as sections of a report. */
import { measureCommands } from "./commands.ts";
import { type Grown, growthSection } from "./growth.ts";
import { measureInbox } from "./inbox.ts";
import type { BenchOptions } from "./options.ts";
import { measurePg } from "./pg-beside.ts";
import { measureReads } from "./reads.ts";
import { type Section, whole } from "./report.ts";
import { ourTables, type Size, sizeOf, sizesSection } from "./sizes.ts";
import { measureCommand } from "./slack-command.ts";
import { openStage, type Stage } from "./stage.ts";
import {
  disagreementsOf,
  type Group,
  measureOurs,
  measurePeer,
  peers,
  ratiosSection,
  summariesSection,
} from "./summaries.ts";
import { measurePeerTaking, measureTaking, type Taken, takingSection } from "./taking.ts";

type Show = (section: Section) => void;

/** Runs everything on a server; each section is handed over when it is complete. */
export async function runBench(
  urlOf: (database: string) => string,
  options: BenchOptions,
  show: Show,
): Promise<{ readonly wrong: readonly string[] }> {
  const wrong: string[] = [];
  const grown: Grown[] = [];
  for (const answers of options.sizes) {
    const stage = await openStage(urlOf, answers, options);
    try {
      show(makingSection(stage));
      const groups = await measureDesigns(stage, options, show);
      grown.push({ answers, groups });
      wrong.push(...disagreementsOf(groups));
      wrong.push(...(await measureWork(stage, options, show)));
    } finally {
      await stage.close();
    }
  }
  if (grown.length > 1) show(growthSection(grown));
  return { wrong };
}

function makingSection({ answers, took }: Stage): Section {
  return {
    title: `Made: ${whole(answers)} answers of three years`,
    header: ["", "seconds"],
    rows: [...took].map(([what, seconds]) => [what, seconds.toFixed(1)]),
  };
}

/** What is not figures alone: the driver, the way in, and reading while others write. */
async function measureWork(stage: Stage, options: BenchOptions, show: Show): Promise<string[]> {
  const { parts } = options;
  if (parts.has("pg")) show(await measurePg(stage, options));
  if (parts.has("command")) show(await measureCommand(stage, options));
  if (parts.has("inbox")) show(await measureInbox(stage, options));
  const wrong: string[] = [];
  if (parts.has("reads")) {
    const read = await measureReads(stage, options);
    show(read.section);
    wrong.push(...read.wrong);
  }
  if (parts.has("commands")) show(await measureCommands(stage, options));
  return wrong;
}

/** Ours, then the tables of others, one after the other, each dropped before the next is made. */
async function measureDesigns(
  stage: Stage,
  options: BenchOptions,
  show: Show,
): Promise<readonly Group[]> {
  const { client, answers } = stage;
  const [reads, writes] = [options.parts.has("summaries"), options.parts.has("taking")];
  const groups: Group[] = reads ? [await measureOurs(stage, options)] : [];
  const sizes = new Map<string, Size>();
  for (const [name, tables] of ourTables) sizes.set(name, await sizeOf(client, tables));
  const taken: Taken[] = writes ? [await measureTaking(stage, options)] : [];
  for (const peer of options.parts.has("peers") ? peers : []) {
    options.progress(`${peer.name}: its tables …`);
    await peer.build(client);
    sizes.set(peer.name, await sizeOf(client, peer.tables));
    if (reads) groups.push(await measurePeer(stage, peer, options));
    const own = writes ? await measurePeerTaking(stage, options, peer) : undefined;
    if (own) taken.push(own);
    await client.query(`drop table ${peer.tables.join(", ")}`);
  }
  if (reads) {
    show(summariesSection(answers, groups));
    show(ratiosSection(answers, groups));
  }
  if (writes) show(takingSection(answers, taken));
  show(sizesSection(answers, sizes));
  return groups;
}
