import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { drawSummary, type SummaryPicture, summarySvg } from "../../src/charts/picture.ts";
import { colours, groupColours, INNER_WIDTH, PADDING } from "../../src/charts/theme.ts";
import { type Area, pixelsOf, point, week } from "./examples.ts";

const everything: Area = { left: 0, top: 0, width: 440, height: 469 };
/** Where the trend of {@link week} is drawn, and the column of one of its twelve periods. */
const trendArea: Area = { left: 62, top: 280, width: 356, height: 136 };
const column = (period: number): Area => ({
  ...trendArea,
  left: trendArea.left + (period + 0.5) * (trendArea.width / 12) - 3,
  width: 6,
});

async function inkOf(input: SummaryPicture, area: Area = everything): Promise<number> {
  return pixelsOf(await drawSummary(input), colours.text, area);
}

describe("drawSummary", () => {
  test("returns a PNG with two pixels for each CSS pixel, and the alternative text", async () => {
    const { png, width, height, alt } = await drawSummary(week);
    const bytes = Buffer.from(png);
    expect(bytes.subarray(0, 8).toString("latin1")).toBe("\x89PNG\r\n\x1a\n");
    expect(bytes.readUInt32BE(16)).toBe(width * 2);
    expect(bytes.readUInt32BE(20)).toBe(height * 2);
    expect({ width, height }).toEqual({ width: everything.width, height: everything.height });
    expect(alt).toBe(week.alt);
  });

  test("gives the same bytes for the same input", async () => {
    const [first, , again] = [
      await drawSummary(week),
      await drawSummary({ ...week, title: "between" }),
      await drawSummary(week),
    ];
    expect(Buffer.from(first.png).equals(again.png)).toBe(true);
  });

  test("lies on an opaque card that fills the whole picture", async () => {
    const { svg } = await summarySvg(week);
    expect(svg).toContain(`<rect width="440" height="469" x="0" y="0" fill="${colours.card}">`);
  });

  test("draws title, subtitle and headings in every script", async () => {
    const head = { left: PADDING, top: 0, width: INNER_WIDTH, height: 50 };
    expect(await inkOf({ ...week, title: "" }, head)).toBe(0);
    for (const title of ["NPS", "本周", "臺灣", "Неделя"]) {
      expect(await inkOf({ ...week, title }, head)).toBeGreaterThan(100);
    }
    const quiet = async (subtitle: string) =>
      pixelsOf(await drawSummary({ ...week, subtitle }), colours.quiet, {
        ...head,
        top: 50,
        height: 18,
      });
    expect(await quiet("сравнение")).toBeGreaterThan((await quiet("")) + 100);
  });

  test("prints the count over each bar, also a zero", async () => {
    const alone = (count: number): SummaryPicture => ({
      ...week,
      distribution: [
        { label: "", count, group: "high" },
        { label: "", count: 5, group: "high" },
      ],
    });
    const left = { left: PADDING, top: 100, width: INNER_WIDTH / 2, height: 120 };
    const [one, many] = [await inkOf(alone(1), left), await inkOf(alone(4_999), left)];
    expect(one).toBeGreaterThan(0);
    expect(many).toBeGreaterThan(one * 2);
    const zero = await drawSummary(alone(0));
    expect(pixelsOf(zero, colours.quiet, left)).toBeGreaterThan(0);
  });

  test("draws each group of the distribution in its own colour, as high as its count", async () => {
    const picture = await drawSummary(week);
    const of = (colour: string) => pixelsOf(picture, colour, { ...everything, height: 240 });
    expect(of(groupColours.high.fill)).toBeGreaterThan(of(groupColours.low.fill));
    expect(of(groupColours.low.fill)).toBeGreaterThan(0);
    expect(of(groupColours.middle.fill)).toBeGreaterThan(0);
  });

  test("draws line and band through every period that has a score", async () => {
    const picture = await drawSummary(week);
    for (let period = 0; period < 12; period += 1) {
      expect(pixelsOf(picture, colours.accent, column(period))).toBeGreaterThan(0);
      expect(pixelsOf(picture, colours.band, column(period))).toBeGreaterThan(0);
    }
  });

  test("the band is as high as the range", async () => {
    const heightOf = async (half: number) => {
      const wide = [0, 0, 0, 0].map((score) => point(score, { range: [-half, half] }));
      const ends = [point(80), point(-80)]; // so that the axis is always the whole domain
      const picture = await drawSummary({ ...week, trend: [...wide, ...ends] });
      const betweenPoints = { ...trendArea, left: trendArea.left + 100, width: 0.5 };
      return pixelsOf(picture, colours.band, betweenPoints);
    };
    const [low, middle, high] = [await heightOf(20), await heightOf(40), await heightOf(60)];
    const grown = (2 * 20 * 120 * 2) / 200; // both ends, 120 CSS pixels for 200 points
    expect(Math.abs(middle - low - grown)).toBeLessThanOrEqual(2);
    expect(Math.abs(high - middle - grown)).toBeLessThanOrEqual(2);
  });

  test("leaves a gap where a score is missing, in the line and in the band", async () => {
    const trend = week.trend.map((each, i) => (i === 4 ? point(null, { n: 3 }) : each));
    const picture = await drawSummary({ ...week, trend });
    expect(pixelsOf(picture, colours.accent, column(4))).toBe(0);
    expect(pixelsOf(picture, colours.band, column(4))).toBe(0);
    expect(pixelsOf(picture, colours.band, column(3))).toBeGreaterThan(0);
    expect(pixelsOf(picture, colours.band, column(5))).toBeGreaterThan(0);
  });

  test("a lone score between gaps is seen with its range", async () => {
    const trend = week.trend.map((_, i) => point(i === 4 ? 30 : null));
    const picture = await drawSummary({ ...week, trend });
    expect(pixelsOf(picture, colours.accent, column(4))).toBeGreaterThan(50);
    expect(pixelsOf(picture, colours.band, column(4))).toBeGreaterThan(50);
    expect(pixelsOf(picture, colours.band, column(5))).toBe(0);
  });

  test("the point of the running period is hollow, the others are filled", async () => {
    const flat = (running: boolean) => ({
      ...week,
      trend: week.trend.map((_, i) => ({ ...point(20), running: running && i === 11 })),
    });
    const inside = async (running: boolean) => {
      const picture = await drawSummary(flat(running));
      const spot = { ...column(11), left: column(11).left + 2, width: 2 };
      return pixelsOf(picture, colours.accent, spot);
    };
    expect(await inside(true)).toBeLessThan(await inside(false));
  });

  test("points have a zero line, percentages have none", async () => {
    const zeroLine = async (input: SummaryPicture) =>
      pixelsOf(await drawSummary(input), colours.zero, trendArea);
    expect(await zeroLine(week)).toBeGreaterThan(500);
    const trend = week.trend.map(() => point(50));
    expect(await zeroLine({ ...week, unit: "percent", domain: [0, 100], trend })).toBe(0);
  });

  test("says that there is no data in place of an empty chart", async () => {
    const nobody = week.distribution.map((bar) => ({ ...bar, count: 0 }));
    const never = week.trend.map(() => point(null, { n: 0 }));
    const empty = { ...week, distribution: nobody, trend: never };
    const picture = await drawSummary(empty);
    expect(picture.height).toBeLessThan(everything.height);
    const silent = await drawSummary({ ...empty, labels: { ...empty.labels, noData: "" } });
    const words = (of: typeof picture) =>
      pixelsOf(of, colours.quiet, { ...everything, height: picture.height });
    expect(words(picture)).toBeGreaterThan(words(silent) + 200);
    await expect(drawSummary({ ...empty, distribution: [], trend: [] })).resolves.toBeDefined();
  });

  test("one empty chart does not move the other's axes", async () => {
    const nobody = week.distribution.map((bar) => ({ ...bar, count: 0 }));
    const { svg } = await summarySvg({ ...week, distribution: nobody });
    expect(svg).toContain(colours.band);
    const picture = await drawSummary({ ...week, trend: [] });
    expect(
      pixelsOf(picture, groupColours.high.fill, { ...everything, height: 240 }),
    ).toBeGreaterThan(0);
  });

  test("N1 N2 no company name breaks the picture: markup, emoji, overrides, NUL, lone surrogates", async () => {
    const nasty = [
      `<b>A & B</b> "C" 'D' ]]> <!-- </svg><script>`,
      "{a|x} {value} %s &#0; &lt;",
      "Acme 🎉👩‍👩‍👧 שלום \u202Ecba\u202C \u2066x",
      "a\u0000b\u0008c\uD800d\uDFFFe\uFFFEf\uFFFF",
      `z${"\u0336".repeat(5_000)}`,
      "x".repeat(40_000),
    ];
    for (const text of nasty) {
      const labels = { distribution: text, trend: text, answers: text, noData: text };
      const distribution = week.distribution.map((bar) => ({ ...bar, label: text }));
      const trend = week.trend.map((each) => ({ ...each, label: text }));
      const input = { ...week, title: text, subtitle: text, labels, distribution, trend };
      expect((await summarySvg(input)).svg).not.toMatch(/<text|<script|<!--/);
      expect((await drawSummary(input)).width).toBe(everything.width);
    }
  });

  test("draws a name literally: its markup is ink, not structure", async () => {
    expect(await inkOf({ ...week, title: "<b>A</b>" })).toBeGreaterThan(
      await inkOf({ ...week, title: "A" }),
    );
  });

  test("N1 any string of any units can be drawn", async () => {
    const units = fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(units, async (codes) => {
        const title = String.fromCharCode(...codes);
        expect((await drawSummary({ ...week, title, subtitle: title })).png.length).toBeGreaterThan(
          0,
        );
      }),
      { numRuns: 8 },
    );
  });
});

describe("the tools", () => {
  const source = JSON.stringify(
    fileURLToPath(new URL("../../src/charts/picture.ts", import.meta.url)),
  );
  /** Runs a script in a process of its own; rejects when it does not end by itself. */
  const run = (script: string) =>
    promisify(execFile)(process.execPath, ["--input-type=module", "--eval", script], {
      timeout: 50_000,
      killSignal: "SIGKILL",
    });

  test("a drawn picture does not keep the process alive", async () => {
    const { stdout } = await run(`
      import { drawSummary } from ${source};
      const { png } = await drawSummary(${JSON.stringify(week)});
      console.log(png.length);
    `);
    expect(Number(stdout)).toBeGreaterThan(10_000);
  });

  test("are loaded with the first picture and not before", async () => {
    const { stdout } = await run(`
      import { registerHooks } from "node:module";
      const seen = [];
      registerHooks({ load: (url, context, next) => { seen.push(url); return next(url, context); } });
      const heavy = () => seen.filter((url) => /echarts|resvg|harfbuzz/.test(url)).length;
      const { drawSummary } = await import(${source});
      const before = heavy();
      await drawSummary(${JSON.stringify(week)});
      console.log(JSON.stringify([seen.length > 0, before, heavy() > 0]));
    `);
    expect(JSON.parse(stdout)).toEqual([true, 0, true]);
  });
});
