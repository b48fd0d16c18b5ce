/** The whole run: a database of each size, everything measured on it, all as sections of a report. */
import { type Grown, growthSection } from "./growth.ts";
import type { BenchOptions } from "./options.ts";
import { type Section, whole } from "./report.ts";
import { ourTables, type Size, sizeOf, sizesSection } from "./sizes.ts";
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
      const groups = await measureSummaries(stage, options, show);
      grown.push({ answers, groups });
      wrong.push(...disagreementsOf(groups));
    } finally {
      await stage.close();
    }
  }
  if (grown.length > 1) show(growthSection(grown));
  return { wrong };
}

function makingSection({ answers, took }: Stage): Section {
  return {
    title: `Made: ${whole(answers)} answers of three years in 50 workspaces`,
    header: ["", "seconds"],
    rows: [...took].map(([what, seconds]) => [what, seconds.toFixed(1)]),
  };
}

async function measureSummaries(
  stage: Stage,
  options: BenchOptions,
  show: Show,
): Promise<readonly Group[]> {
  if (!options.parts.has("summaries")) return [];
  const { client, answers } = stage;
  const groups = [await measureOurs(stage, options)];
  const sizes = new Map<string, Size>();
  for (const [name, tables] of ourTables) sizes.set(name, await sizeOf(client, tables));
  for (const peer of options.parts.has("peers") ? peers : []) {
    options.progress(`${peer.name}: its tables …`);
    await peer.build(client);
    groups.push(await measurePeer(stage, peer, options));
    sizes.set(peer.name, await sizeOf(client, peer.tables));
    await client.query(`drop table ${peer.tables.join(", ")}`);
  }
  show(summariesSection(answers, groups));
  show(ratiosSection(answers, groups));
  show(sizesSection(answers, sizes));
  return groups;
}
