import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Message } from "../../../src/platform.ts";
import { startBrowser } from "../../support/browser.ts";
import { helpCard, scoreCard } from "../../support/fake-cards.ts";
import { wordsFor } from "../../support/fake-words.ts";
import { problemsOf } from "./page-checks.ts";
import { readSnapshot } from "./requests.ts";
import { connection, type Stage, startStage, temporaryFolder, texts } from "./stage.ts";

/** For what takes longer on a busy machine. */
const patiently = { timeout: 20_000 };

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let stage: Stage;
let browser: Browser;

beforeAll(async () => {
  folder = await temporaryFolder();
  stage = await startStage(folder.path, { askAfterMs: 3_600_000 });
  await playStory(stage);
  browser = await startBrowser();
});
afterAll(async () => {
  await browser?.close();
  await stage?.close();
  await folder?.remove();
});

/** Something in every pane: long words, markup, another direction, every kind of part. */
async function playStory({ platform, core, url }: Stage): Promise<void> {
  const chat = (await readSnapshot(platform)).chats[0]?.id;
  let count = 0;
  const act = async (event: object) => {
    count += 1;
    const id = `event-${String(count).padStart(4, "0")}`;
    const common = { id, language: "en", timeZone: "UTC" };
    const response = await fetch(`${url}playground/events`, {
      method: "POST",
      headers: { "content-type": "application/json", origin: url.slice(0, -1) },
      body: JSON.stringify({ ...common, ...event }),
    });
    if (!response.ok) throw new Error(await response.text());
  };
  const long = `${"Donaudampfschifffahrtsgesellschaft".repeat(6)} <b>bold</b> عربي`;
  await act({ kind: "chat-message", chat, as: "dana", text: "My invoice is wrong" });
  await act({ kind: "chat-message", chat, as: "dana", text: long });
  await act({ kind: "chat-message", chat, as: "kim", text: "Let me look." });
  await act({ kind: "chat-closed", chat, as: "kim", reason: "solved" });
  await act({ kind: "action", as: "kim", message: "bot:event-0004", token: `ask:${chat}` });
  await act({ kind: "command", as: "robin", text: "/nps week" });
  await platform.send(connection, { kind: "leads" }, helpCard(wordsFor("zh")), "help");
  const leads = { kind: "leads" } as const;
  const { messageId } = await platform.send(connection, leads, scoreCard(wordsFor("ru")), "card");
  const beneath = { kind: "thread", messageId } as const;
  await platform.send(connection, beneath, threadCard(long), "thread");
  core.away = true;
  await act({ kind: "direct-message", as: "dana", text: long }).catch(() => {});
  core.away = false;
}

/** What is said beneath a card, with a button that cannot be taken back and a file. */
function threadCard(text: string): Message {
  const file = { name: "a.json", title: "Your data", mediaType: "application/json" };
  return {
    summary: text,
    locale: "en",
    parts: [
      { kind: "quote", text, by: "Dana" },
      { kind: "actions", options: [{ label: "Erase everything", token: "erase", tone: "danger" }] },
      { kind: "file", file: { ...file, bytes: new Uint8Array([1]) } },
    ],
  };
}

interface Look {
  readonly language: string;
  readonly colorScheme: "light" | "dark";
  readonly width: 390 | 1280;
}

async function open(look: Look): Promise<{ page: Page; errors: string[] }> {
  const context = await browser.newContext({ locale: look.language, reducedMotion: "reduce" });
  const page = await context.newPage();
  await show(page, look);
  const errors: string[] = [];
  page.on("console", (line) => {
    if (line.type() === "error" || line.type() === "warning") errors.push(line.text());
  });
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("response", (response) => {
    if (response.status() >= 400) errors.push(`${response.status()} ${response.url()}`);
  });
  await page.goto(stage.url);
  await page.locator(".pane-leads .picture").first().waitFor({ state: "attached" });
  return { page, errors };
}

async function show(page: Page, { colorScheme, width }: Omit<Look, "language">): Promise<void> {
  await page.setViewportSize({ width, height: 844 });
  await page.emulateMedia({ colorScheme });
}

const looks = ([390, 1280] as const).flatMap((width) =>
  (["light", "dark"] as const).map((colorScheme) => ({ colorScheme, width })),
);

describe("the page", () => {
  test.each(Object.keys(texts))(
    "is whole in %s, wide and narrow, light and dark",
    async (language) => {
      const { page, errors } = await open({ language, colorScheme: "light", width: 390 });
      expect(await page.locator("html").getAttribute("lang")).toBe(language);
      for (const look of looks) {
        await show(page, look);
        const panes = page.locator(".pane-choice button");
        for (let index = 0; index < (look.width === 390 ? 3 : 1); index += 1) {
          if (look.width === 390) await panes.nth(index).click();
          expect(await problemsOf(page), JSON.stringify(look)).toEqual([]);
        }
      }
      expect(errors).toEqual([]);
      await page.context().close();
    },
  );

  test("is checked by something that notices what is wrong", async () => {
    const { page } = await open({ language: "en", colorScheme: "light", width: 1280 });
    const harms = {
      "no name: <button": 'document.querySelector(".send").removeAttribute("aria-label")',
      "a picture without words": 'document.querySelector(".picture").alt = ""',
      "structure: h1": 'document.querySelector("h1").remove()',
      "an id twice": 'document.querySelector(".who").id = "app"',
      "scrolls sideways": 'document.querySelector(".words").style.minWidth = "3000px"',
      "text wider":
        'Object.assign(document.querySelector(".pane-chat .small"), { textContent: "w".repeat(90) }).style.cssText = "width:40px;white-space:nowrap"',
      "only 8 by 8 pixels": 'document.querySelector(".send").style.transform = "scale(0.2)"',
      "outside its pane": 'document.querySelector(".pane-leads .send").style.translate = "500px"',
      "contrast of only 2.85": 'document.querySelector(".note").style.color = "#999"',
      "contrast of only 1.6": 'document.querySelector(".scores button").style.borderColor = "#ccc"',
    };
    for (const harm of Object.values(harms)) await page.evaluate(`{ ${harm} }`);
    const found = (await problemsOf(page)).join("\n");
    for (const noticed of Object.keys(harms)) expect(found).toContain(noticed);
    await page.context().close();
  });

  test("has every open menu, the suggestions and the forms whole too", async () => {
    for (const width of [390, 1280] as const) {
      const { page } = await open({ language: "ru", colorScheme: "dark", width });
      const show = async (index: number) => {
        if (width < 1000) await page.locator(".pane-choice button").nth(index).click();
      };
      await page.locator(".pane-chat .pane-header button").click();
      await page.locator(".new-chat button").nth(1).click();
      await page.locator(".closing summary").click();
      expect(await problemsOf(page)).toEqual([]);
      await page.keyboard.press("Escape");
      expect(await page.locator(".closing details").getAttribute("open")).toBeNull();
      await show(1);
      await page.locator(".pane-messages select").selectOption("dana");
      await page.locator(".pane-messages .menu summary").click();
      expect(await problemsOf(page)).toEqual([]);
      await show(2);
      await page.locator(".pane-leads input").fill("/");
      await page.locator(".suggestions li").first().waitFor();
      expect(await problemsOf(page)).toEqual([]);
      await page.context().close();
    }
  });

  test("follows the system's theme until somebody chooses, and remembers the choice", async () => {
    const { page } = await open({ language: "en", colorScheme: "dark", width: 1280 });
    const ground = () => page.evaluate("getComputedStyle(document.body).backgroundColor");
    const dark = await ground();
    await page.emulateMedia({ colorScheme: "light" });
    const light = await ground();
    expect(light).not.toBe(dark);
    await page.getByRole("button", { name: "Switch to dark" }).click();
    await expect.poll(ground, patiently).toBe(dark);
    await page.reload();
    await page.getByRole("button", { name: "Switch to light" }).waitFor();
    expect(await ground()).toBe(dark);
    await page.context().close();
  });

  test("moves nothing for who wants no motion", async () => {
    const { page } = await open({ language: "en", colorScheme: "light", width: 1280 });
    const moving = () =>
      page.evaluate<string[]>(`[...document.querySelectorAll("*")].filter((element) => {
        const { transitionDuration, animationName } = getComputedStyle(element);
        return parseFloat(transitionDuration) > 0 || animationName !== "none";
      }).map((element) => element.outerHTML.slice(0, 80))`);
    expect(await moving()).toEqual([]);
    await page.emulateMedia({ reducedMotion: "no-preference" });
    expect(await moving()).not.toEqual([]);
    await page.context().close();
  });

  test("brings its own font where the system has none for a script, and only then", async () => {
    const other = await temporaryFolder();
    const western = await startStage(other.path, { languages: ["en"] });
    const page = await browser.newPage({ locale: "en" });
    await page.goto(western.url);
    const loaded = () =>
      page.evaluate("document.fonts.ready.then((all) => [...all].map(({ status }) => status))");
    await page.locator(".pane-chat textarea").waitFor();
    expect(await loaded()).toEqual(["unloaded"]);
    await page.locator(".pane-chat textarea").fill("您好");
    await expect.poll(loaded, patiently).toEqual(["loaded"]);
    await page.close();
    await western.close();
    await other.remove();
  });
});
