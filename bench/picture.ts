/**
 * What a picture of a summary costs: `node bench/picture.ts`. Prints the first picture, which loads
 * the tools, and then p50 and p99 of both steps over 50 pictures, with memory. "Computing" is time of
 * the processor, also of other threads; on a busy machine the clock says more.
 */
import { drawSummary, type SummaryPicture, summarySvg } from "../src/charts/picture.ts";
import { rasterize } from "../src/charts/png.ts";

const PICTURES = 50;

/** Texts and numbers that differ from picture to picture, in all scripts. */
function exampleOf(index: number): SummaryPicture {
  const languages = ["en", "zh-Hans", "zh-Hant", "ru"] as const;
  const score = (period: number) => Math.round(30 * Math.sin(index + period)) + 25;
  return {
    title:
      ["NPS +31 · this week", "NPS +31 · 本周", "NPS +31 · 本週", "NPS +31 · неделя"][index % 4] ??
      "",
    subtitle: "95 % range +9 to +50 · 52 of 160 reached answered (33 %) · last week +21 (n 47)",
    language: languages[index % 4] ?? "en",
    unit: "points",
    domain: [-100, 100],
    distribution: Array.from({ length: 11 }, (_, step) => ({
      label: String(step),
      count: (step * step + index) % 60,
      group: step < 7 ? "low" : step < 9 ? "middle" : "high",
    })),
    trend: Array.from({ length: 12 }, (_, period) => ({
      label: `W${period + 29}`,
      score: score(period),
      range: [score(period) - 20, score(period) + 18],
      n: 40 + period,
      running: period === 11,
    })),
    labels: { distribution: "分布", trend: "Последние 12", answers: "52 answers", noData: "–" },
    alt: "",
  };
}

const megabytes = () => Math.round(process.memoryUsage().rss / 1e6);

function spread(name: string, milliseconds: number[]): void {
  const sorted = milliseconds.toSorted((a, b) => a - b);
  const at = (share: number) => (sorted[Math.ceil(sorted.length * share) - 1] ?? 0).toFixed(1);
  console.log(`${name.padEnd(18)} p50 ${at(0.5)} ms   p99 ${at(0.99)} ms`);
}

const before = megabytes();
const started = performance.now();
await drawSummary(exampleOf(0));
const first = performance.now() - started;
console.log(`first picture      ${first.toFixed(0)} ms   memory ${before} → ${megabytes()} MB`);

const times = { svg: [] as number[], png: [] as number[], whole: [] as number[] };
const all = process.cpuUsage();
const main = process.threadCpuUsage();
let bytes = 0;
for (let index = 1; index <= PICTURES; index += 1) {
  const start = performance.now();
  const { svg } = await summarySvg(exampleOf(index));
  const drawn = performance.now();
  bytes += (await rasterize(svg)).length;
  const end = performance.now();
  times.svg.push(drawn - start);
  times.png.push(end - drawn);
  times.whole.push(end - start);
}
const perPicture = ({ user, system }: NodeJS.CpuUsage) =>
  ((user + system) / 1000 / PICTURES).toFixed(1);
const computing = perPicture(process.cpuUsage(all));
const onLoop = perPicture(process.threadCpuUsage(main));
spread("numbers → SVG", times.svg);
spread("SVG → PNG", times.png);
spread("whole picture", times.whole);
console.log(`computing          ${computing} ms a picture, ${onLoop} ms of it on the event loop`);
console.log(`size               ${Math.round(bytes / PICTURES / 1000)} kB on average`);
console.log(`memory             ${megabytes()} MB after ${PICTURES} pictures`);
