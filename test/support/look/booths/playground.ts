/** The desk in the playground, on its real page in a real browser. */
import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import type { Locator, Page } from "playwright-core";
import { type Language, languages } from "../../../../src/locales/index.ts";
import type { Asker } from "../../../life/desks/desk.ts";
import { openPlaygroundDesk } from "../../../life/desks/playground.ts";
import type { Where } from "../../../life/town.ts";
import { looks, type Pages, widths } from "../pages.ts";
import type { Booth, Viewer } from "./booth.ts";

/** High enough that the longest card is not cut off by the pane that it scrolls in. */
const TALL = 3400;
/** As the page stands on a screen, under a form. */
const SCREEN = { phone: 844, window: 900 } as const;
/** A window is as wide as it takes for three panes beside each other. */
const WIDE = 1280;

export async function openPlaygroundBooth({ browser }: Pages): Promise<Booth> {
  const desk = await openPlaygroundDesk();
  const { web } = desk.platform;
  if (web === undefined) throw new Error("the playground has no page");
  const server = createAdaptorServer({ fetch: (request) => web.fetch(request) });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  const { port } = server.address() as AddressInfo;
  const pages = new Map<Language, Promise<Page>>();
  const pageIn = (language: Language) => {
    const known = pages.get(language) ?? openPage(language);
    pages.set(language, known);
    return known;
  };
  async function openPage(language: Language): Promise<Page> {
    const context = await browser.newContext({ locale: language, reducedMotion: "reduce" });
    const page = await context.newPage();
    await page.goto(`http://127.0.0.1:${port}/`);
    await page.locator(".pane-leads .composer").waitFor({ state: "attached" });
    return page;
  }
  const onPage = (language: Language, who: Asker) => viewerOf(who, () => pageIn(language));
  const reads = (id: string, language: Language) => onPage(language, desk.as(id, language));
  return {
    desk,
    admin: (language) => reads("ada", language),
    second: (language) => reads("robin", language),
    lead: (language) => reads("noor", language),
    viewer: (who) => onPage(languages.find((each) => desk.leads[each] === who) ?? "en", who),
    async stop() {
      for (const page of pages.values()) await (await page).context().close();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        if ("closeAllConnections" in server) server.closeAllConnections();
      });
      await desk.stop();
    },
  };
}

/** Buttons and forms are those of the page; commands are typed as the page would send them. */
function viewerOf(who: Asker, opened: () => Promise<Page>): Viewer {
  const paneOf = (where: Where) => (where === "direct" ? "messages" : "leads");
  const show = async (where: Where): Promise<Page> => {
    const page = await opened();
    await page.emulateMedia({ colorScheme: "light" });
    await page.setViewportSize({ width: WIDE, height: TALL });
    const reader = page.locator(`.pane-${paneOf(where)} .pane-header select`);
    if ((await reader.inputValue()) !== who.id) await reader.selectOption(who.id);
    return page;
  };
  const messageOn = (page: Page, where: Where, id: string) =>
    page.locator(`.pane-${paneOf(where)} [data-message="${id}"]`).first();
  return {
    ...who,
    async presses(where, { id }, label) {
      const message = messageOn(await show(where), where, id);
      const button = message.getByRole("button", { name: label, exact: true }).first();
      const byText = message.locator("button", { hasText: label }).first();
      await message.waitFor();
      await ((await button.count()) > 0 ? button : byText).click();
    },
    async fills(values) {
      const dialog = (await show("leads")).locator("dialog");
      for (const [label, value] of Object.entries(values)) await fill(dialog, label, value);
      await dialog.locator("button[type=submit]").click();
      // Until it is taken and gone, or stands there once more.
      await dialog.locator("button[type=submit][disabled]").waitFor({ state: "detached" });
    },
    async takes(path, where, { id }) {
      const page = await show(where);
      for (const { width, theme } of looks) {
        await page.emulateMedia({ colorScheme: theme });
        await page.setViewportSize({
          width: width === "phone" ? widths.phone : WIDE,
          height: TALL,
        });
        if (width === "phone")
          await page
            .locator(".pane-choice button")
            .nth(where === "direct" ? 1 : 2)
            .click();
        const message = messageOn(page, where, id);
        await ready(page, message);
        await message.screenshot({ path: `${path}-${width}-${theme}.png` });
      }
    },
    hasForm: async () => (await (await opened()).locator("dialog[open]").count()) > 0,
    async leavesForm() {
      const cancel = (await opened()).locator("dialog[open] button[type=button]");
      if ((await cancel.count()) === 0) return;
      await cancel.click();
      await cancel.waitFor({ state: "detached" });
    },
    async takesForm(path) {
      const page = await show("leads");
      for (const { width, theme } of looks) {
        await page.emulateMedia({ colorScheme: theme });
        await page.setViewportSize({
          width: width === "phone" ? widths.phone : WIDE,
          height: SCREEN[width],
        });
        await ready(page, page.locator("dialog"));
        await page.screenshot({ path: `${path}-${width}-${theme}.png` });
      }
    },
    isPending: () => false,
  };
}

async function ready(page: Page, what: Locator): Promise<void> {
  await what.waitFor();
  await page.evaluate("document.fonts.ready");
  await page.evaluate(
    "Promise.allSettled([...document.images].map((each) => each.decode())).then(() => undefined)",
  );
}

/** A field by its label, whatever it is: written in, chosen, or ticked. */
async function fill(dialog: Locator, label: string, value: string): Promise<void> {
  const field = dialog.locator(".field").filter({ hasText: label }).first();
  const select = field.locator("select");
  if ((await select.count()) > 0) {
    await select.selectOption({ label: value }).catch(() => select.selectOption(value));
    return;
  }
  const ticks = field.locator(".checks label");
  for (const tick of await ticks.all()) {
    const words = (await tick.innerText()).trim();
    await tick.locator("input").setChecked(value.split(",").includes(words));
  }
  if ((await ticks.count()) === 0) await field.locator("input, textarea").first().fill(value);
}
