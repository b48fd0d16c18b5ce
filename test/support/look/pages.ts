/** Takes pictures of pages, as wide as a phone and as a window, by day and by night. */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { startBrowser } from "../browser.ts";
import { type Theme, themes } from "./html.ts";

/** A page is on no server: what it asks for is answered here. */
const ORIGIN = "http://look.localhost";

export const widths = { phone: 390, window: 820 } as const;

/** A picture of each is taken; the other two would show nothing new. */
export const looks: readonly { readonly width: keyof typeof widths; readonly theme: Theme }[] = [
  { width: "phone", theme: themes[1] },
  { width: "window", theme: themes[0] },
];

export interface Pages {
  readonly browser: Browser;
  /** Writes `NAME-phone-dark.png` and `NAME-window-light.png`; gives their paths. */
  take(path: string, body: string, style: string): Promise<string[]>;
  close(): Promise<void>;
}

export async function openPages(): Promise<Pages> {
  const browser = await startBrowser();
  const page = await openPage(browser);
  return {
    browser,
    async take(path, body, style) {
      const taken: string[] = [];
      for (const { width, theme } of looks) {
        const file = `${path}-${width}-${theme}.png`;
        await page.setViewportSize({ width: widths[width], height: 200 });
        await show(page, `<body class="${theme}">${body}</body>`, style);
        await page.screenshot({ path: file, fullPage: true });
        taken.push(file);
      }
      return taken;
    },
    close: () => browser.close(),
  };
}

async function openPage(browser: Browser): Promise<Page> {
  const page = await browser.newPage({ deviceScaleFactor: 1.5 });
  await page.route(`${ORIGIN}/*`, async (route) => {
    const weight = new URL(route.request().url()).pathname.slice(1);
    const name = weight === "700" ? "700Bold" : "400Regular";
    const file = `@expo-google-fonts/noto-sans-sc/${name}/NotoSansSC_${name}.ttf`;
    const body = await readFile(fileURLToPath(import.meta.resolve(file)));
    await route.fulfill({ body, headers: { "access-control-allow-origin": "*" } });
  });
  await page.setContent("");
  return page;
}

/** The fonts that platforms have; where a picture is wider than the page it would be cut off. */
async function show(page: Page, body: string, style: string): Promise<void> {
  const fonts = ["400", "700"].map(
    (weight) =>
      `@font-face { font-family: "Look"; font-weight: ${weight}; src: url("${ORIGIN}/${weight}"); }`,
  );
  await page.setContent(`<style>${fonts.join("")}${style}</style>${body}`);
  // Fonts are asked for as soon as anything is laid out.
  await page.evaluate("document.body.offsetHeight && document.fonts.ready.then(() => undefined)");
}
