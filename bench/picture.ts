/**
 * What each picture costs: `node bench/picture.ts`. First the steps in this thread, by the time of the
 * processor; then the pictures as they are asked for, with how long the event loop of the asking
 * thread stood still meanwhile. On a busy machine the clock says more than the computing.
 */
import { monitorEventLoopDelay } from "node:perf_hooks";
import { composeScene, type PictureRequest } from "../src/charts/compose.ts";
import { drawHere } from "../src/charts/drawing.ts";
import { createDrawingThread } from "../src/charts/drawing-thread.ts";
import { createPen } from "../src/charts/pen.ts";
import { rasterize } from "../src/charts/png.ts";
import { svgOf } from "../src/charts/svg.ts";
import { sharedTypeface } from "../src/charts/typeface.ts";
import { drivers, overview, reasons, replies, teams, week } from "../test/charts/examples.ts";

const PICTURES = 40;

/** As large as they get: twenty rows, a dozen metrics. */
const requests: readonly PictureRequest[] = [
  { kind: "summary", input: week },
  { kind: "cut", input: { ...teams, rows: filled(teams.rows, 20) } },
  { kind: "first-reply", input: replies },
  { kind: "drivers", input: { ...drivers, rows: filled(drivers.rows, 20) } },
  { kind: "bars", input: { ...reasons, bars: filled(reasons.bars, 20) } },
  { kind: "overview", input: { ...overview, rows: filled(overview.rows, 10) } },
];

function filled<T>(rows: readonly T[], count: number): T[] {
  return Array.from({ length: count }, (_, i) => rows.slice(i % rows.length)[0]).flatMap(
    (row) => row ?? [],
  );
}

/** Other words each time, so that nothing can be remembered but characters. */
function variant(request: PictureRequest, index: number): PictureRequest {
  const subtitle = `${index} · Acme & Söhne · 上周 · за прошлую неделю`;
  return { ...request, input: { ...request.input, subtitle } } as PictureRequest;
}

const megabytes = () => Math.round(process.memoryUsage().rss / 1e6);

function spread(values: readonly number[]): string {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => (sorted[Math.ceil(sorted.length * share) - 1] ?? 0).toFixed(1);
  return `${at(0.5).padStart(6)} ${at(0.99).padStart(6)}`;
}

/** Milliseconds of the processor that a step takes in this thread. */
async function computing(step: () => unknown): Promise<number> {
  const before = process.threadCpuUsage();
  await step();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000;
}

async function benchAsked(): Promise<void> {
  const thread = createDrawingThread();
  const delay = monitorEventLoopDelay({ resolution: 1 });
  const beside = megabytes();
  delay.enable();
  const started = performance.now();
  for (const [i, request] of requests.entries()) {
    if (i === 0) {
      await thread.draw(variant(request, 0));
      const first = (performance.now() - started).toFixed(0);
      const stood = (delay.max / 1e6).toFixed(1);
      console.log(
        `first picture, asked for: ${first} ms by the clock, memory ${beside} → ${megabytes()} MB,`,
      );
      console.log(`the event loop stood still for ${stood} ms at most\n`);
      console.log("asked for      by the clock    event loop delay   (ms: p50, p99)");
    }
    delay.reset();
    const clock: number[] = [];
    for (let index = 1; index <= PICTURES; index += 1) {
      const start = performance.now();
      await thread.draw(variant(request, index));
      clock.push(performance.now() - start);
    }
    const stood = [50, 99].map((at) => (delay.percentile(at) / 1e6).toFixed(1).padStart(6));
    console.log(`${request.kind.padEnd(12)} ${spread(clock)}     ${stood.join(" ")}`);
  }
  delay.disable();
  console.log(`memory ${megabytes()} MB after ${requests.length * PICTURES + 1} pictures`);
  await thread.stop();
  console.log(`memory ${megabytes()} MB after the thread has ended\n`);
}

async function benchHere(): Promise<void> {
  const first = requests[0];
  if (first === undefined) return;
  const loading = await computing(() => drawHere(first));
  console.log(`first picture, here: ${loading.toFixed(0)} ms of computing with font and tools\n`);
  const typeface = await sharedTypeface();
  const pen = createPen(typeface);
  console.log(
    "computing      places          outlines        pixels          all     (ms: p50, p99)",
  );
  for (const request of requests) {
    const times: Record<"places" | "outlines" | "pixels" | "all", number[]> = {
      places: [],
      outlines: [],
      pixels: [],
      all: [],
    };
    let bytes = 0;
    for (let index = 1; index <= PICTURES; index += 1) {
      const each = variant(request, index);
      let scene = composeScene(each, pen);
      let svg = "";
      const places = await computing(() => {
        scene = composeScene(each, pen);
      });
      const outlines = await computing(() => {
        svg = svgOf(scene, typeface);
      });
      const pixels = await computing(async () => {
        bytes += (await rasterize(svg)).length;
      });
      times.places.push(places);
      times.outlines.push(outlines);
      times.pixels.push(pixels);
      times.all.push(places + outlines + pixels);
    }
    const columns = [times.places, times.outlines, times.pixels, times.all].map(spread);
    console.log(
      `${request.kind.padEnd(12)} ${columns.join("   ")}   ${Math.round(bytes / PICTURES / 1000)} kB`,
    );
  }
}

await benchAsked();
await benchHere();
