/**
 * What each picture costs: `node bench/picture.ts`. First the pictures as they are asked for, with how
 * long the event loop of the asking thread stood still meanwhile, beside how long it did with nothing
 * to do; then the steps in this thread by the time of the processor, which a busy machine changes least.
 */
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout } from "node:timers/promises";
import { composeScene, type PictureRequest } from "../src/charts/compose.ts";
import { drawHere } from "../src/charts/drawing.ts";
import { createDrawingThread } from "../src/charts/drawing-thread.ts";
import { createPen } from "../src/charts/pen.ts";
import { rasterize } from "../src/charts/png.ts";
import { svgOf } from "../src/charts/svg.ts";
import { sharedTypeface } from "../src/charts/typeface.ts";
import {
  drivers,
  looks,
  overview,
  reasons,
  replies,
  teams,
  week,
} from "../test/charts/examples.ts";

const PICTURES = 40;

/** As large as they get, with other words each time: only characters can be remembered. */
const pictures: Readonly<Record<PictureRequest["kind"], (subtitle: string) => PictureRequest>> = {
  summary: (subtitle) => ({ kind: "summary", input: { ...week, subtitle } }),
  cut: (subtitle) => ({
    kind: "cut",
    input: { ...teams, rows: filled(teams.rows, 20), subtitle },
  }),
  "first-reply": (subtitle) => ({ kind: "first-reply", input: { ...replies, subtitle } }),
  drivers: (subtitle) => ({
    kind: "drivers",
    input: { ...drivers, rows: filled(drivers.rows, 20), subtitle },
  }),
  bars: (subtitle) => ({
    kind: "bars",
    input: { ...reasons, bars: filled(reasons.bars, 20), subtitle },
  }),
  overview: (subtitle) => ({
    kind: "overview",
    input: { ...overview, rows: filled(overview.rows, 8), subtitle },
  }),
  outlines: (subtitle) => ({ kind: "outlines", input: { ...looks, subtitle } }),
};

/** So many rows, the given ones again and again. */
function filled<T>(rows: readonly T[], count: number): T[] {
  const rounds = Math.ceil(count / rows.length);
  return Array.from({ length: rounds }, () => rows)
    .flat()
    .slice(0, count);
}

const subtitleOf = (index: number) => `${index} · Acme & Söhne · 上周 · за прошлую неделю`;
const megabytes = () => Math.round(process.memoryUsage().rss / 1e6);
const inMilliseconds = (nanoseconds: number) => nanoseconds / 1e6;

function columns(values: readonly number[]): string {
  return values.map((value) => value.toFixed(1).padStart(7)).join(" ");
}

/** p50 and p99. */
function spread(values: readonly number[]): number[] {
  const sorted = values.toSorted((a, b) => a - b);
  return [0.5, 0.99].map((share) => sorted[Math.ceil(sorted.length * share) - 1] ?? 0);
}

async function benchAsked(): Promise<void> {
  const thread = createDrawingThread();
  const delay = monitorEventLoopDelay({ resolution: 1 });
  const stoodStill = () => columns([50, 99, 100].map((at) => inMilliseconds(delay.percentile(at))));
  const before = megabytes();
  delay.enable();
  await setTimeout(2_000);
  console.log(`nothing to do${" ".repeat(20)}${stoodStill()}`);
  delay.reset();
  const started = performance.now();
  await thread.draw(pictures.summary(subtitleOf(0)));
  const first = performance.now() - started;
  console.log(`first picture${columns([first])}${" ".repeat(13)}${stoodStill()}`);
  console.log(`memory ${before} → ${megabytes()} MB with the thread, its font and tools\n`);
  console.log(
    "asked for   the clock: p50     p99    event loop: p50   p99     max   its computing (ms)",
  );
  for (const [kind, pictureOf] of Object.entries(pictures)) {
    delay.reset();
    const clock: number[] = [];
    const here = process.threadCpuUsage();
    for (let index = 1; index <= PICTURES; index += 1) {
      const start = performance.now();
      await thread.draw(pictureOf(subtitleOf(index)));
      clock.push(performance.now() - start);
    }
    const { user, system } = process.threadCpuUsage(here);
    const own = columns([(user + system) / 1000 / PICTURES]);
    console.log(`${kind.padEnd(14)}${columns(spread(clock))}    ${stoodStill()}   ${own}`);
  }
  delay.disable();
  console.log(`memory ${megabytes()} MB after all of them`);
  await thread.stop();
  console.log(`memory ${megabytes()} MB after the thread has ended\n`);
}

/** Milliseconds of the processor that a step takes in this process, all threads. */
async function computing(step: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await step();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

async function benchHere(): Promise<void> {
  const first = await computing(() => drawHere(pictures.summary(subtitleOf(0))));
  console.log(`first picture here: ${first.toFixed(0)} ms of computing, with font and tools\n`);
  const typeface = await sharedTypeface();
  const pen = createPen(typeface);
  console.log("computing           whole: p50 p99   places and outlines   pixels   (ms)     size");
  for (const [kind, pictureOf] of Object.entries(pictures)) {
    const svgs: number[] = [];
    const whole: number[] = [];
    let bytes = 0;
    for (let index = 1; index <= PICTURES; index += 1) {
      let svg = "";
      const words = await computing(() => {
        svg = svgOf(composeScene(pictureOf(subtitleOf(index)), pen), typeface);
      });
      const pixels = await computing(async () => {
        bytes += (await rasterize(svg)).length;
      });
      svgs.push(words);
      whole.push(words + pixels);
    }
    const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / PICTURES;
    const steps = columns([mean(svgs), mean(whole) - mean(svgs)]);
    const size = `${Math.round(bytes / PICTURES / 1000)} kB`;
    console.log(`${kind.padEnd(14)}    ${columns(spread(whole))}      ${steps}            ${size}`);
  }
}

await benchAsked();
await benchHere();
