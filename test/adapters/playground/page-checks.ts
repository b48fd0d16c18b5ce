import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";

const checks = await readFile(new URL("in-page-checks.js", import.meta.url), "utf8");

/** What is wrong with the page as it is drawn now, in words; see in-page-checks.js. */
export async function problemsOf(page: Page): Promise<string[]> {
  await page.evaluate("document.fonts.ready.then(() => undefined)");
  return page.evaluate<string[]>(checks);
}
