/** Many pictures beside each other on a sheet, each with its name: to be looked at at once. */
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { escaped, pngUrl } from "./html.ts";
import { looks, type Pages } from "./pages.ts";

/** So many columns are on a sheet, and each is about so many times as high as it is wide. */
const sheets = {
  phone: { columns: 4, high: 4 },
  window: { columns: 2, high: 2 },
} as const;
const WIDE = 1500;

interface Shown {
  readonly name: string;
  readonly png: Buffer;
  /** Times its width. */
  readonly height: number;
}

/** Writes `…-sheet-phone-1.png` and on, beside the first of the pictures. */
export async function writeSheets({ browser }: Pages, paths: readonly string[]): Promise<void> {
  const [first] = paths;
  if (first === undefined) return;
  const page = await browser.newPage({ viewport: { width: WIDE, height: 200 } });
  for (const { width, theme } of looks) {
    const shown = await Promise.all(paths.map((path) => read(path, `${width}-${theme}`)));
    for (const [i, columns] of arranged(shown, sheets[width]).entries()) {
      const body = columns.map((each) => `<div>${each.map(figure).join("")}</div>`).join("");
      await page.setContent(`<style>${style}</style>${body}`);
      await page.screenshot({ path: `${first}-sheet-${width}-${i + 1}.png`, fullPage: true });
    }
  }
  await page.close();
}

async function read(path: string, look: string): Promise<Shown> {
  const png = await readFile(`${path}-${look}.png`);
  // "PNG Specification", IHDR: width and height come first.
  return { name: basename(path), png, height: png.readUInt32BE(20) / png.readUInt32BE(16) };
}

/** In order, each in the shortest column; a new sheet where no column has room. */
function arranged(
  shown: readonly Shown[],
  { columns, high }: { readonly columns: number; readonly high: number },
): Shown[][][] {
  const empty = () => Array.from({ length: columns }, (): Shown[] => []);
  const done: Shown[][][] = [];
  let sheet = empty();
  const heightOf = (column: readonly Shown[]) =>
    column.reduce((sum, { height }) => sum + height, 0);
  for (const each of shown) {
    const heights = sheet.map(heightOf);
    const least = Math.min(...heights);
    if (least > 0 && least + each.height > high) {
      done.push(sheet);
      sheet = empty();
      sheet[0]?.push(each);
    } else sheet[heights.indexOf(least)]?.push(each);
  }
  return [...done, sheet];
}

function figure({ name, png }: Shown): string {
  return `<figure>${escaped(name)}<img src="${pngUrl(png)}"></figure>`;
}

const style = `body { margin: 8px; display: flex; gap: 8px; font: 13px sans-serif; background: #bbb; }
  div { flex: 1; min-width: 0; } figure { margin: 0 0 8px; } img { display: block; width: 100%; }`;
