import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startBrowser } from "../../support/browser.ts";
import { problemsOf } from "./page-checks.ts";
import { Visit } from "./page-visit.ts";
import { connection } from "./stage.ts";

/** For what takes longer on a busy machine. */
const patiently = { timeout: 20_000 };

let browser: Browser;
let visit: Visit;

beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(async () => {
  await browser?.close();
});
beforeEach(async () => {
  visit = await Visit.begin(browser);
});
afterEach(async () => {
  await visit.end();
});

describe("one deed is one event", () => {
  test("D1 a double-click on a score answers once", async () => {
    await visit.playToQuestion();
    await visit.score(9).dblclick();
    await visit.pane("messages").getByText("You answered 9").waitFor();
    expect(visit.kinds().filter((kind) => kind === "action")).toHaveLength(2); // ask now, the score
  });

  test("D1 further presses while the answer is awaited are not further answers", async () => {
    await visit.playToQuestion();
    const work = Promise.withResolvers<void>();
    visit.stage.core.hold = work.promise;
    await visit.score(9).click();
    await visit.score(8).click({ force: true });
    await visit.score(9).press("Enter");
    work.resolve();
    await visit.pane("messages").getByText("You answered 9").waitFor();
    expect(visit.kinds().filter((kind) => kind === "action")).toHaveLength(2);
  });

  test("a double-click on closing closes once, and on sending sends once", async () => {
    await visit.box("chat").fill("Hello?");
    await visit.pane("chat").locator(".send").dblclick();
    await visit.log("chat").filter({ hasText: "Hello?" }).waitFor();
    await visit.pane("chat").getByRole("button", { name: "Close as solved" }).dblclick();
    await visit.pane("chat").getByRole("button", { name: "Reopen" }).waitFor();
    expect(visit.kinds()).toEqual(["chat-message", "chat-closed"]);
  });

  test("Enter that chooses a word in an input method sends nothing", async () => {
    await visit.box("chat").fill("nihao");
    await visit.box("chat").dispatchEvent("keydown", { key: "Enter", isComposing: true });
    await visit.box("chat").press("Shift+Enter");
    expect(await visit.box("chat").inputValue()).toBe("nihao\n");
    expect(visit.stage.core.events).toEqual([]);
  });
});

describe("nothing typed is lost", () => {
  test("what the core could not take stays, marked, and is the same event when sent again", async () => {
    visit.stage.core.away = true;
    await visit.write("messages", "Nine, thank you");
    await visit.pane("messages").getByText("Not saved.").waitFor();
    expect(await visit.box("messages").inputValue()).toBe("");
    const id = await visit.log("messages").first().getAttribute("data-message");
    await visit.page.reload();
    visit.stage.core.away = false;
    await visit.pane("messages").getByRole("button", { name: "Try again" }).click();
    await visit.log("messages").filter({ hasText: "Thank you, that helps" }).waitFor();
    expect(await visit.pane("messages").getByText("Not saved.").count()).toBe(0);
    expect(visit.stage.core.events.map((event) => event.id)).toEqual([id]);
  });

  test("a press that failed can be tried again as the same event", async () => {
    await visit.playToQuestion();
    visit.stage.core.away = true;
    await visit.score(9).click();
    await visit.pane("messages").getByRole("alert").waitFor();
    visit.stage.core.away = false;
    await visit.pane("messages").getByRole("button", { name: "Try again" }).click();
    await visit.pane("messages").getByText("You answered 9").waitFor();
    expect(await visit.pane("messages").getByRole("alert").count()).toBe(0);
  });

  test("while the server is gone words stay, also over a reload, and arrive once it is back", async () => {
    const comeBack = await visit.leave();
    await visit.write("messages", "Nine, thank you");
    await visit.log("messages").getByRole("alert").waitFor();
    await visit.box("messages").fill("And one more thing");
    await comeBack();
    await visit.page.reload();
    expect(await visit.box("messages").inputValue()).toBe("And one more thing");
    await visit.log("messages").getByRole("button", { name: "Try again" }).click();
    await visit.log("messages").filter({ hasText: "Thank you, that helps" }).waitFor();
    expect(await visit.log("messages").getByRole("alert").count()).toBe(0);
    expect(visit.kinds()).toEqual(["direct-message"]);
  });

  test("what is written faster than it can be taken arrives in its order, and closing comes last", async () => {
    const work = Promise.withResolvers<void>();
    visit.stage.core.hold = work.promise;
    const texts = ["My invoice", "is wrong", "since October"];
    for (const text of texts) await visit.write("chat", text);
    await visit.pane("chat").getByRole("button", { name: "Close as solved" }).click();
    expect(await visit.log("chat").locator(".words").allTextContents()).toEqual(texts);
    work.resolve();
    await visit.pane("chat").getByRole("button", { name: "Reopen" }).waitFor();
    expect(
      visit.stage.core.events.map((event) => ("text" in event ? event.text : event.kind)),
    ).toEqual([...texts, "chat-closed"]);
  });

  test("a message that was refused goes back to where it was written, with the reason", async () => {
    await visit.page.route("**/playground/events", (route) =>
      route.fulfill({
        status: 400,
        json: { error: { code: "bad-input", message: "No such chat" } },
      }),
    );
    await visit.write("chat", "Hello?");
    await visit.pane("chat").getByText("No such chat").waitFor();
    expect(await visit.box("chat").inputValue()).toBe("Hello?");
    expect(await visit.log("chat").count()).toBe(0);
  });

  test("N3 40 000 characters are refused with the limit, and stay over a reload", async () => {
    const text = "x".repeat(40_000);
    await visit.write("chat", text);
    const alert = visit.pane("chat").getByRole("alert");
    await alert.waitFor();
    expect(await alert.textContent()).toMatch(/40,000.*4,000/);
    await visit.page.reload();
    expect(await visit.box("chat").inputValue()).toBe(text);
    expect(visit.stage.core.events).toEqual([]);
  });

  test("a form that could not be sent keeps what is in it", async () => {
    await visit.playToQuestion();
    await visit.score(9).click();
    await visit.pane("messages").getByRole("button", { name: "Say more" }).click();
    const dialog = visit.page.getByRole("dialog");
    const field = dialog.getByLabel("What is the main reason");
    await field.fill("Very quick");
    visit.stage.core.away = true;
    await dialog.getByRole("button", { name: "Send" }).click();
    await dialog.getByRole("alert").waitFor();
    expect(await field.inputValue()).toBe("Very quick");
    expect(await problemsOf(visit.page)).toEqual([]);
    visit.stage.core.away = false;
    await dialog.getByRole("button", { name: "Send" }).click();
    await dialog.waitFor({ state: "detached" });
    await visit.log("messages").filter({ hasText: "Very quick" }).waitFor();
    expect(visit.stage.core.events.at(-1)).toMatchObject({
      kind: "action",
      from: { name: "Dana" },
      values: { comment: "Very quick" },
    });
  });

  test("what is no command stays in the line and is explained", async () => {
    const line = visit.pane("leads").locator("input");
    await line.fill("nps week");
    await line.press("Enter");
    await visit.pane("leads").getByRole("alert").waitFor();
    expect(await line.inputValue()).toBe("nps week");
    expect(visit.stage.core.events).toEqual([]);
  });
});

describe("live", () => {
  test("two pages agree, and each shows what the other did", async () => {
    const other = await visit.open();
    await visit.playToQuestion();
    await visit.pane("messages", other).locator(".scale").waitFor();
    await visit.score(7, other).click();
    await visit.pane("messages").getByText("You answered 7").waitFor();
    const texts = (on: Page) => on.locator(".message").allTextContents();
    expect(await texts(other)).toEqual(await texts(visit.page));
    await other.context().close();
  });

  test("after a restart of the server the page comes back by itself with what it missed", async () => {
    await visit.writeAs("Dana", "Before");
    const comeBack = await visit.leave();
    await visit.page.getByText("Connection lost").waitFor();
    await comeBack();
    const message = { summary: "Meanwhile", locale: "en", parts: [] };
    const parts = [{ kind: "text", text: "Meanwhile" }] as const;
    await visit.stage.platform.send(connection, { kind: "leads" }, { ...message, parts }, "key");
    await visit.pane("leads").getByText("Meanwhile").waitFor();
    await visit.page.getByText("Connection lost").waitFor({ state: "detached" });
    expect(await visit.log("chat").count()).toBe(1);
  });

  test("when the data folder was emptied the page starts anew", async () => {
    await visit.writeAs("Dana", "Before");
    const comeBack = await visit.leave();
    await visit.emptyFolder();
    await comeBack();
    await visit.log("chat").first().waitFor({ state: "detached" });
    await visit.page.getByText("Connection lost").waitFor({ state: "detached" });
    await visit.writeAs("Dana", "After");
  });

  test("on a narrow page a dot tells of news in another pane, until it is looked at", async () => {
    const narrow = await visit.open(390);
    await visit.playToQuestion();
    const messages = narrow.getByRole("button", { name: "Direct messages" });
    await messages.locator(".news").waitFor();
    await messages.click();
    await visit.pane("messages", narrow).locator(".scale").waitFor();
    await narrow.getByRole("button", { name: "Support chat" }).click();
    expect(await messages.locator(".news").count()).toBe(0);
    await narrow.context().close();
  });

  test("a screen reader hears the one-line summary of what the bot says", async () => {
    await visit.playToQuestion();
    await expect
      .poll(() => visit.page.locator("#announcer").textContent(), patiently)
      .toMatch(/aftertalk.*How likely are you to recommend us/);
  });
});
