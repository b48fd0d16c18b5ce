import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";

const checks = await readFile(new URL("in-page-checks.js", import.meta.url), "utf8");

/** What is wrong with the page as it is drawn now, in words; see in-page-checks.js. */
export async function problemsOf(page: Page): Promise<string[]> {
  await page.evaluate("document.fonts.ready.then(() => undefined)");
  // A picture that has just come onto the page is looked at once it is there, or cannot come.
  await page.evaluate(
    "Promise.allSettled([...document.images].map((each) => each.decode())).then(() => undefined)",
  );
  return page.evaluate<string[]>(checks);
}
