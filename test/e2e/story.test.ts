import { rmSync } from "node:fs";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { startBrowser } from "../support/browser.ts";
import { makeDataFolder } from "../support/database.ts";
import { type Service, startService } from "./service.ts";

/** For one step: a busy machine is no fault, and what takes longer hangs. */
const PATIENCE_MS = 120_000;
vi.setConfig({ testTimeout: 300_000, hookTimeout: 180_000 });

let browser: Browser;
let page: Page;
let service: Service;
let dataFolder: string;
const problems: string[] = [];

beforeAll(async () => {
  dataFolder = makeDataFolder();
  service = await startService({ AFTERTALK_DATA_DIR: dataFolder });
  browser = await startBrowser();
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    locale: "en",
  });
  page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  page.on("console", (line) => {
    if (line.type() === "error") problems.push(line.text());
  });
  page.on("pageerror", (error) => problems.push(error.message));
  await page.goto(service.url);
  await pane("chat").locator("textarea").waitFor();
});
afterAll(async () => {
  await browser?.close();
  await service?.end("SIGKILL");
  rmSync(dataFolder, { recursive: true, force: true });
});

const pane = (name: "chat" | "messages" | "leads") => page.locator(`.pane-${name}`);
const said = (name: "chat" | "messages" | "leads", text: string | RegExp) =>
  pane(name).locator(".message").filter({ hasText: text }).last();

async function writeInChat(person: string, text: string): Promise<void> {
  await pane("chat").getByRole("radio", { name: person }).check();
  await write("chat", text);
  await said("chat", text).waitFor();
}

async function write(name: "chat" | "messages", text: string): Promise<void> {
  await pane(name).locator("textarea").fill(text);
  await pane(name).locator("textarea").press("Enter");
}

async function command(text: string): Promise<void> {
  const line = pane("leads").locator("textarea, input").first();
  await line.fill(text);
  await line.press("Enter");
}

test("a newcomer plays the whole story in the browser", async () => {
  await writeInChat("Dana", "My invoice says 240, it should be 24");
  await writeInChat("Kim", "Let me look at it");
  await writeInChat("Dana", "Thanks, I am waiting");
  await pane("chat").getByRole("button", { name: "Close as solved" }).click();
  await said("chat", /Dana will be asked in \d+ seconds?/).waitFor();
  await pane("chat").getByRole("button", { name: "Ask now" }).click();

  const question = said("messages", "recommend Acme");
  await question.waitFor();
  await question.getByRole("button", { name: /^3\b/ }).click();
  await said("messages", "You answered: 3").waitFor();
  await said("messages", "What went wrong?").waitFor();
  await said("leads", "Low score: Dana answered 3").waitFor();

  await write("messages", "Nobody told me about the fee <!channel> @everyone");
  await said("messages", "May someone from the team get back to you?")
    .getByRole("button", { name: "Yes, please" })
    .click();
  await said("messages", "get back to you").waitFor();
  const alert = said("leads", "Low score: Dana");
  await alert.filter({ hasText: "Nobody told me about the fee <!channel> @everyone" }).waitFor();
  await alert.filter({ hasText: "Kim" }).waitFor();

  await command("/nps week");
  await said("leads", /too few|early/i).waitFor();
  await command("/nps wek");
  await said("leads", /week/).waitFor();
  expect(problems).toEqual([]);
});

test("sample data gives the lead a summary with a picture, in each language", async () => {
  await command("/aftertalk sample");
  await said("leads", /Sample data is in: [\d,]+ chats/).waitFor();
  await command("/nps last week");
  const card = said("leads", /95\s?%/);
  await card.waitFor();
  const picture = card.locator("img");
  await picture.waitFor();
  expect((await picture.boundingBox())?.width).toBeGreaterThan(200);
  expect((await picture.getAttribute("alt"))?.length).toBeGreaterThan(40);
  await card.getByRole("button", { name: "Share" }).click();
  const shared = said("leads", "Shared by Robin");
  await shared.locator("img").waitFor();
  expect(await shared.locator("blockquote").count()).toBe(0);
  await command("/aftertalk home");
  await said("leads", "Low scores of the last 7 days").waitFor();
  for (const [language, word] of [
    ["zh-Hans", "回答"],
    ["zh-Hant", "回答"],
    ["ru", /ответ/i],
    ["en", /answer/i],
  ] as const) {
    await page.locator("header select").first().selectOption(language);
    await command("/ces month");
    await pane("leads").locator(".message").last().filter({ hasText: word }).waitFor();
  }
  await command("/aftertalk sample remove");
  await said("leads", "The sample data is gone").waitFor();
  expect(problems).toEqual([]);
});

test("S13 a kill and a new start lose nothing that was said, and the page goes on by itself", async () => {
  const port = new URL(service.url).port;
  await service.end("SIGKILL");
  service = await startService({ AFTERTALK_DATA_DIR: dataFolder, PORT: port });
  await write("messages", "and it is still wrong");
  await said("messages", "I added that to your answer").waitFor();
  await said("leads", "and it is still wrong").waitFor();
  expect(await service.end("SIGTERM")).toBe(0);
});
