/** The page as somebody uses it: its panes, and what one does there. */
import type { Browser, Locator, Page } from "playwright-core";
import { type Stage, startStage, temporaryFolder } from "./stage.ts";

type PaneName = "chat" | "messages" | "leads";

/** A playground of its own with a page on it. */
export class Visit {
  readonly #browser: Browser;
  readonly #folder: Awaited<ReturnType<typeof temporaryFolder>>;
  readonly page: Page;
  stage: Stage;

  private constructor(
    browser: Browser,
    folder: Awaited<ReturnType<typeof temporaryFolder>>,
    stage: Stage,
    page: Page,
  ) {
    this.#browser = browser;
    this.#folder = folder;
    this.stage = stage;
    this.page = page;
  }

  static async begin(browser: Browser): Promise<Visit> {
    const folder = await temporaryFolder();
    const stage = await startStage(folder.path, { askAfterMs: 3_600_000 });
    return new Visit(browser, folder, stage, await openPage(browser, stage.url, 1280));
  }

  /** Another page of the same playground. */
  open(width = 1280): Promise<Page> {
    return openPage(this.#browser, this.stage.url, width);
  }

  /** The server goes away, and later comes back on the same port. */
  async leave(): Promise<() => Promise<void>> {
    const { port } = this.stage;
    await this.stage.close();
    return async () => {
      this.stage = await startStage(this.#folder.path, { port, askAfterMs: 3_600_000 });
    };
  }

  async emptyFolder(): Promise<void> {
    await this.#folder.remove();
  }

  async end(): Promise<void> {
    await this.page.context().close();
    await this.stage.close();
    await this.#folder.remove();
  }

  pane(name: PaneName, on = this.page): Locator {
    return on.locator(`.pane-${name}`);
  }

  /** Where one writes. */
  box(name: "chat" | "messages"): Locator {
    return this.pane(name).locator("textarea");
  }

  /** The messages of a pane. */
  log(name: PaneName, on = this.page): Locator {
    return this.pane(name, on).locator(".message");
  }

  /** The button of a score. */
  score(value: number, on = this.page): Locator {
    return this.pane("messages", on).locator(".scores button").nth(value);
  }

  /** What the core was given. */
  kinds(): string[] {
    return this.stage.core.events.map(({ kind }) => kind);
  }

  async write(name: "chat" | "messages", text: string): Promise<void> {
    await this.box(name).fill(text);
    await this.box(name).press("Enter");
  }

  /** Writes in the support chat and waits until it stands there. */
  async writeAs(person: string, text: string): Promise<void> {
    await this.pane("chat").getByRole("radio", { name: person }).check();
    await this.write("chat", text);
    await this.log("chat").filter({ hasText: text }).waitFor();
  }

  /** Two messages, a reply, closed, asked at once. */
  async playToQuestion(): Promise<void> {
    await this.writeAs("Dana", "My invoice is wrong");
    await this.writeAs("Dana", "It says 240");
    await this.writeAs("Kim", "Mended!");
    await this.pane("chat").getByRole("button", { name: "Close as solved" }).click();
    await this.pane("chat").getByRole("button", { name: "Ask now" }).click();
    await this.pane("messages").locator(".scale").waitFor();
  }
}

async function openPage(browser: Browser, url: string, width: number): Promise<Page> {
  const context = await browser.newContext({ viewport: { width, height: 800 }, locale: "en" });
  const page = await context.newPage();
  await page.goto(url);
  await page.locator(".pane-chat .composer").waitFor({ state: "attached" });
  return page;
}
