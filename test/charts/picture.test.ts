import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { Resvg } from "@resvg/resvg-js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  drawBars,
  drawCut,
  drawDrivers,
  drawFirstReply,
  drawOverview,
  drawSummary,
} from "../../src/charts/picture.ts";
import { colours } from "../../src/charts/theme.ts";
import type { Picture } from "../../src/platform.ts";
import { drivers, overview, reasons, replies, teams, week } from "./examples.ts";

const drawEach: Readonly<Record<string, (alt: string) => Promise<Picture>>> = {
  summary: (alt) => drawSummary({ ...week, alt }),
  cut: (alt) => drawCut({ ...teams, alt }),
  "first reply": (alt) => drawFirstReply({ ...replies, alt }),
  drivers: (alt) => drawDrivers({ ...drivers, alt }),
  bars: (alt) => drawBars({ ...reasons, alt }),
  overview: (alt) => drawOverview({ ...overview, alt }),
};

/** RGBA of every device pixel, row by row. */
function pixelsIn({ png, width, height }: Picture): Buffer {
  const size = `width="${width * 2}" height="${height * 2}"`;
  const data = Buffer.from(png).toString("base64");
  const image = `<image ${size} href="data:image/png;base64,${data}"/>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" ${size}>${image}</svg>`;
  return new Resvg(svg, { font: { loadSystemFonts: false } }).render().pixels;
}

describe("a drawn picture", () => {
  for (const [name, draw] of Object.entries(drawEach)) {
    test(`of kind ${name}: two pixels for each CSS pixel, its alternative text in full, the same bytes each time`, async () => {
      const alt = `Everything that it says: 完整的说明 ${"and more ".repeat(500)}🎉`;
      const picture = await draw(alt);
      const bytes = Buffer.from(picture.png);
      expect(bytes.subarray(0, 8).toString("latin1")).toBe("\x89PNG\r\n\x1a\n");
      expect(bytes.readUInt32BE(16)).toBe(picture.width * 2);
      expect(bytes.readUInt32BE(20)).toBe(picture.height * 2);
      expect(picture.width).toBe(440);
      expect(picture.alt).toBe(alt);
      expect(Buffer.from((await draw("another")).png).equals(bytes)).toBe(true);
    });
  }

  test("passes the trend in one line on, and has none where there was none", async () => {
    expect(await drawSummary({ ...week, sparkline: "▃▄▅" })).toMatchObject({ sparkline: "▃▄▅" });
    expect(await drawSummary(week)).not.toHaveProperty("sparkline");
  });

  test("is opaque everywhere, so that light and dark clients show the same", async () => {
    const pixels = pixelsIn(await drawCut(teams));
    for (let at = 3; at < pixels.length; at += 4) {
      if (pixels[at] !== 255) expect.fail(`pixel ${(at - 3) / 4} lets the client through`);
    }
    const inside = (10 * 880 + 10) * 4;
    expect(pixels.subarray(inside, inside + 3).toString("hex")).toBe(colours.card.slice(1));
  });

  test("several at once are each their own", async () => {
    const titles = ["one", "two", "three"];
    const together = await Promise.all(titles.map((title) => drawSummary({ ...week, title })));
    for (const [i, title] of titles.entries()) {
      const alone = await drawSummary({ ...week, title });
      expect(Buffer.from(together[i]?.png ?? []).equals(alone.png)).toBe(true);
    }
  });

  test("N1 any string of any units can be drawn", async () => {
    const units = fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(units, async (codes) => {
        const title = String.fromCharCode(...codes);
        const { png } = await drawBars({ ...reasons, title, subtitle: title });
        expect(png.length).toBeGreaterThan(0);
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
    promisify(execFile)(process.execPath, ["--eval", script], {
      timeout: 50_000,
      killSignal: "SIGKILL",
    });

  test("are loaded outside the main thread, and a drawn picture does not keep the process alive", async () => {
    const { stdout } = await run(`
      import { registerHooks } from "node:module";
      const seen = [];
      registerHooks({ load: (url, context, next) => { seen.push(url); return next(url, context); } });
      const { drawSummary } = await import(${source});
      const { png } = await drawSummary(${JSON.stringify(week)});
      const heavy = seen.filter((url) => /resvg|harfbuzz/.test(url)).length;
      console.log(JSON.stringify([seen.length > 0, heavy, png.length > 10_000]));
    `);
    expect(JSON.parse(stdout)).toEqual([true, 0, true]);
  });
});
