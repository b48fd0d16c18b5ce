/** How many answers a second are taken in, beside a bare insert of the same durability. */
import type { BenchOptions } from "./options.ts";
import type { Peer } from "./peers/peer.ts";
import { type Section, whole } from "./report.ts";
import type { Stage } from "./stage.ts";
import { bare, type Mode, makeRows, medianRate, ours, type Way, writeInTurns } from "./writing.ts";

const cases: readonly (readonly [name: string, mode: Mode, writers: number])[] = [
  ["1 writer", "spread", 1],
  ["16, spread", "spread", 16],
  ["16, one hot workspace", "hot workspace", 16],
  ["16, one hot row", "hot row", 16],
];

/** What was measured of one way: the rate of each case, and of the bare insert in the same turns. */
export interface Taken {
  readonly name: string;
  readonly cells: readonly { readonly rate: number; readonly bare: number }[];
}

/** Ours in all cases. */
export async function measureTaking(stage: Stage, options: BenchOptions): Promise<Taken> {
  await makeRows(stage.client);
  return measure(stage, options, ours);
}

/** A peer's insert into its full table; undefined where it has none. */
export async function measurePeerTaking(
  stage: Stage,
  options: BenchOptions,
  peer: Peer,
): Promise<Taken | undefined> {
  const [table = ""] = peer.tables;
  if (peer.insert === undefined) return undefined;
  // What it wrote stays: it is dropped after this.
  const way = { name: `${peer.name}: ${table}`, insert: peer.insert, undo: "select 1" };
  return measure(stage, options, way);
}

async function measure(stage: Stage, options: BenchOptions, way: Way): Promise<Taken> {
  const cells: { rate: number; bare: number }[] = [];
  for (const [nth, [name, mode, writers]] of cases.entries()) {
    options.progress(`${way.name}: answers taken in, ${name} …`);
    const about = { nth, mode, writers, seconds: options.writeSeconds };
    const rates = await writeInTurns(stage.url, [bare, way], about);
    cells.push({ rate: medianRate(rates, way.name), bare: medianRate(rates, bare.name) });
  }
  return { name: way.name, cells };
}

/** A row a way: how many a second, and how much of the bare insert's rate that is. */
export function takingSection(answers: number, taken: readonly Taken[]): Section {
  const [first] = taken;
  const bareRow = [bare.name, ...(first?.cells ?? []).flatMap((cell) => [whole(cell.bare), "1"])];
  return {
    title: `Answers taken in a second, at the SQL, beside ${whole(answers)} answers`,
    header: ["", ...cases.flatMap(([name]) => [name, "of bare"])],
    rows: [
      bareRow,
      ...taken.map(({ name, cells }) => [
        name,
        ...cells.flatMap(({ rate, bare }) => [whole(rate), (rate / bare).toFixed(2)]),
      ]),
    ],
    notes: [
      "each answer a transaction of its own, durable when it is committed; no program in front of the database",
      "each way in turns with the bare insert, the middle of three rounds; the others' tables are full as well",
      "hot row: all answers are of one survey, score and day",
    ],
  };
}
