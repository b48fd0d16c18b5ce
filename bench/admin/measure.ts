/** What is done in turns, in the workspaces of one database and beside `select 1`. */
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { megabytes, ms, type Section, times, whole } from "../summaries/report.ts";
import { quantile } from "../summaries/timing.ts";
import { type Ask, customerPresses } from "./asks.ts";
import type { Place, Stage } from "./stage.ts";

export interface Limits {
  readonly rounds: number;
  /** Milliseconds for all repetitions of one thing. */
  readonly limitMs: number;
  readonly progress: (line: string) => void;
}

interface Figures {
  readonly times: number[];
  /** Of one time. */
  readonly statements: number;
  readonly buffers: number | undefined;
}

/** What is done in one place, with what came of it. */
interface Turn extends Figures {
  readonly run: () => Promise<unknown>;
}

/** All of these in all places, in turns with `select 1`. What fails is a row that says why. */
export async function measureQuick(
  stage: Stage,
  asks: readonly Ask[],
  limits: Limits,
): Promise<Section> {
  const figures = new Map<string, Figures[]>();
  const failed = new Map<string, string>();
  const floor: number[] = [];
  for (const ask of asks) {
    limits.progress(`${stage.kind}: ${ask.name} …`);
    try {
      figures.set(ask.name, await inTurns(stage, ask, limits, floor));
    } catch (error) {
      failed.set(ask.name, error instanceof Error ? error.message : String(error));
    }
  }
  const { notes = [], ...made } = section(stage, figures, floor);
  return {
    ...made,
    notes: [...notes, ...[...failed].map(([name, why]) => `${name} FAILED: ${why}`)],
  };
}

async function inTurns(
  stage: Stage,
  ask: Ask,
  { rounds, limitMs }: Limits,
  floor: number[],
): Promise<Figures[]> {
  const turns: Turn[] = [];
  for (const place of stage.places) {
    const run = await ask.prepare(place);
    turns.push({ run, ...(await counted(stage, run)) });
  }
  const began = performance.now();
  for (let round = 0; round < rounds; round += 1) {
    if (round > 0 && performance.now() - began > limitMs * turns.length) break;
    floor.push(await timed(stage.floor));
    for (const turn of turns) turn.times.push(await timed(turn.run));
  }
  return turns;
}

async function timed(run: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await run();
  return performance.now() - began;
}

/** The second time is counted: what is prepared and remembered once is no part of it. */
async function counted(stage: Stage, run: () => Promise<unknown>): Promise<Figures> {
  await run();
  await stage.buffers();
  stage.statements();
  await run();
  return { times: [], statements: stage.statements(), buffers: await stage.buffers() };
}

function section(
  { kind, places }: Stage,
  figures: ReadonlyMap<string, readonly Figures[]>,
  floor: readonly number[],
): Section {
  const base = quantile(floor, 0.5);
  const hasBuffers = kind === "postgres";
  const columns = ["p50", "p99", "× select 1", "statements", ...(hasBuffers ? ["pages"] : [])];
  const grows = places.length > 1;
  const rows = [...figures].map(([name, own]) => [
    name,
    ...own.flatMap((each) => [
      ms(quantile(each.times, 0.5)),
      ms(quantile(each.times, 0.99)),
      times(quantile(each.times, 0.5) / base),
      whole(each.statements),
      ...(hasBuffers ? [whole(each.buffers ?? 0)] : []),
    ]),
    ...(grows ? [times(growth(own, ({ times: t }) => quantile(t, 0.5)))] : []),
  ]);
  const sizes = places.map(({ size }) => whole(size)).join(" and ");
  return {
    title: `Commands and presses, ${kind}, ${sizes} people: milliseconds`,
    header: ["", ...places.flatMap(() => columns), ...(grows ? ["as long"] : [])],
    rows,
    notes: [`select 1: p50 ${ms(base)} ms, in the same turns`],
  };
}

function growth(own: readonly Figures[], of: (figures: Figures) => number): number {
  const [first, last] = [own[0], own.at(-1)];
  return first === undefined || last === undefined ? Number.NaN : of(last) / of(first);
}

/** Looks ahead one after the other: how long, how much is held, and how long others wait meanwhile. */
export async function measureAheads(
  stage: Stage,
  asks: readonly Ask[],
  limits: Limits,
): Promise<Section> {
  const rows: string[][] = [];
  for (const place of stage.places) {
    for (const ask of asks) {
      limits.progress(`${stage.kind}, ${place.size} people: ${ask.name} …`);
      rows.push([
        `${whole(place.size)}: ${ask.name}`,
        ...(await aheadOf(stage, place, ask, limits)),
      ]);
    }
  }
  return {
    title: `Looking 30 days ahead, ${stage.kind}`,
    header: [
      ...["", "seconds", "statements", ...(stage.kind === "postgres" ? ["pages"] : [])],
      ...["heap", "loop held, ms", "press alone", "press beside: p50", "longest"],
    ],
    rows,
    notes: [
      "heap: what is reachable at its highest beyond what was before, garbage collected every 200 ms",
      "loop held: the longest time in which this process did nothing else",
      "press: a customer presses a button, one every 100 ms while it is looked ahead; milliseconds",
    ],
  };
}

async function aheadOf(
  stage: Stage,
  place: Place,
  ask: Ask,
  { rounds, limitMs }: Limits,
): Promise<string[]> {
  const run = await ask.prepare(place);
  await stage.buffers();
  stage.statements();
  const took = [await timed(run)];
  const [statements, buffers] = [stage.statements(), await stage.buffers()];
  const began = performance.now();
  while (took.length < Math.min(rounds, 5) && performance.now() - began < limitMs)
    took.push(await timed(run));
  const heap = await heapOf(run);
  const pressing = await customerPresses.prepare(place);
  const alone: number[] = [];
  for (let n = 0; n < 10; n += 1) alone.push(await timed(pressing));
  const loop = monitorEventLoopDelay({ resolution: 10 });
  loop.enable();
  const beside = await besideOf(run, pressing);
  loop.disable();
  return [
    (quantile(took, 0.5) / 1000).toFixed(2),
    whole(statements),
    ...(buffers === undefined ? [] : [whole(buffers)]),
    megabytes(heap),
    ms(loop.max / 1e6),
    ms(quantile(alone, 0.5)),
    ms(quantile(beside, 0.5)),
    ms(Math.max(...beside)),
  ];
}

/** The presses of one who presses again and again while something runs. */
async function besideOf(
  run: () => Promise<unknown>,
  press: () => Promise<unknown>,
): Promise<number[]> {
  let over = false;
  const running = run().finally(() => {
    over = true;
  });
  const waits: number[] = [];
  do {
    await new Promise((resolve) => setTimeout(resolve, 100));
    waits.push(await timed(press));
  } while (!over && waits.length < 60);
  await running;
  return waits;
}

/** How much more is reachable at most. */
async function heapOf(run: () => Promise<unknown>): Promise<number> {
  setFlagsFromString("--expose-gc");
  const collect: () => void = runInNewContext("gc");
  const reachable = () => {
    collect();
    return process.memoryUsage().heapUsed;
  };
  const before = reachable();
  let highest = before;
  const watch = setInterval(() => {
    highest = Math.max(highest, reachable());
  }, 200);
  await run();
  clearInterval(watch);
  return highest - before;
}
