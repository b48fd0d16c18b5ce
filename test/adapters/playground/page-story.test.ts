import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startBrowser } from "../../support/browser.ts";
import { problemsOf } from "./page-checks.ts";
import { Visit } from "./page-visit.ts";

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

describe("a newcomer's first minute", () => {
  test("chat, close, question, low score, summary: everything comes by itself and is ticked off", async () => {
    await visit.playToQuestion();
    await visit.score(3).click();
    await visit.pane("messages").getByText("You answered 3").waitFor();
    await visit.pane("leads").getByText("Dana gave a 3").waitFor();
    await visit.pane("leads").locator("input").fill("/nps week");
    await visit.pane("leads").locator("input").press("Enter");
    await visit.pane("leads").locator(".picture").waitFor();
    await visit.page.getByText("That was the whole round").waitFor();
    expect(visit.kinds()).toEqual([
      ...["chat-message", "chat-message", "chat-message", "chat-closed"],
      ...["action", "action", "command"],
    ]);
    expect(visit.stage.core.events[3]).toMatchObject({
      by: { name: "Kim" },
      chat: { team: "Billing" },
    });
    expect(await problemsOf(visit.page)).toEqual([]);
  });

  test("the whole way by keyboard alone", async () => {
    await tabTo("Message as Dana");
    for (const text of ["My invoice is wrong", "It says 240"]) {
      await visit.page.keyboard.type(text);
      await visit.page.keyboard.press("Enter");
    }
    await tabTo("Dana", true);
    await visit.page.keyboard.press("ArrowRight");
    await tabTo("Message as Kim");
    await visit.page.keyboard.type("Mended!");
    await visit.page.keyboard.press("Enter");
    await visit.log("chat").nth(2).waitFor();
    await tabTo("Close as solved", true);
    await visit.page.keyboard.press("Enter");
    await visit.pane("chat").getByRole("button", { name: "Ask now" }).waitFor();
    await tabTo("Ask now");
    await visit.page.keyboard.press("Space");
    await visit.pane("messages").locator(".scale").waitFor();
    await tabTo("0: Not at all likely");
    for (let step = 0; step < 9; step += 1) await visit.page.keyboard.press("ArrowRight");
    await visit.page.keyboard.press("Enter");
    await visit.pane("messages").getByText("You answered 9").waitFor();
    // The pressed button is gone: its message has the focus, and the next button is one step away.
    await visit.page.keyboard.press("Tab");
    expect(await focusedName()).toBe("Change");
    await tabTo("Command as Robin");
    await visit.page.keyboard.type("/n");
    await visit.page.keyboard.press("ArrowDown");
    await visit.page.keyboard.press("Enter");
    await visit.page.keyboard.press("Enter");
    await visit.pane("leads").locator(".bars").waitFor();
    expect(visit.stage.core.events.at(-1)).toMatchObject({
      kind: "command",
      name: "nps",
      text: "week",
    });
  });

  test("sample data can be filled in and taken out again", async () => {
    const work = Promise.withResolvers<void>();
    visit.stage.core.hold = work.promise;
    await visit.page.getByRole("button", { name: "Fill with sample data" }).click();
    const filling = visit.page.getByRole("button", { name: "Filling…" });
    await filling.waitFor();
    await filling.click({ force: true }); // once more: it is under way already
    work.resolve();
    await visit.page.getByRole("button", { name: "Remove sample data" }).click();
    await visit.page.getByRole("button", { name: "Fill with sample data" }).waitFor();
    expect(visit.stage.core.events).toMatchObject([
      { kind: "command", name: "aftertalk", text: "sample" },
      { kind: "command", name: "aftertalk", text: "sample remove" },
    ]);
  });
});

describe("people's words", () => {
  test("N5 are shown literally: no markup, no link, no script", async () => {
    const text = `<img src=x onerror="document.title='broken'"> <b>b</b> https://example.com/ {name}`;
    await visit.writeAs("Dana", text);
    const words = visit.log("chat").locator(".words");
    expect(await words.textContent()).toBe(text);
    expect(await words.locator("*").count()).toBe(0);
    expect(await visit.page.title()).toBe("aftertalk playground");
  });

  test("N2 keep their own direction", async () => {
    await visit.writeAs("Dana", "مرحبا، فاتورتي خاطئة");
    const direction = await visit.page.evaluate(
      'getComputedStyle(document.querySelector(".pane-chat .words")).direction',
    );
    expect(direction).toBe("rtl");
  });

  test("carry the language of the page and the zone of the browser to the core", async () => {
    await visit.page.getByLabel("Language").selectOption("ru");
    await visit.page.getByRole("heading", { name: "Чат поддержки" }).waitFor();
    await visit.write("chat", "Здравствуйте");
    await visit.log("chat").first().waitFor();
    const zone = await visit.page.evaluate("Intl.DateTimeFormat().resolvedOptions().timeZone");
    // What one wrote stands there at once, before it has come to the core.
    await expect
      .poll(() => visit.stage.core.events[0])
      .toMatchObject({ from: { locale: "ru", timeZone: zone } });
    expect(await visit.page.locator("html").getAttribute("lang")).toBe("ru");
  });
});

test("a link to a chat shows that chat in place, and several customers can be asked", async () => {
  await visit.playToQuestion();
  await visit.score(2).click();
  await visit.pane("chat").getByRole("button", { name: "New chat" }).click();
  await visit.page.locator(".new-chat").getByRole("button", { name: "Mei" }).click();
  await visit.writeAs("Mei", "您好");
  expect(await visit.box("messages").getAttribute("aria-label")).toContain("Mei");
  for (let time = 0; time < 2; time += 1) {
    await visit.pane("chat").getByLabel("Chat", { exact: true }).selectOption({ index: 0 });
    await visit.log("chat").filter({ hasText: "您好" }).waitFor();
    await visit.pane("leads").getByRole("link", { name: "Open the chat" }).click();
    await visit.log("chat").filter({ hasText: "My invoice is wrong" }).waitFor();
  }
  expect(visit.page.context().pages()).toHaveLength(1);
});

/** The accessible name of what has the focus: its label or its text. */
function focusedName(): Promise<string> {
  return visit.page.evaluate(`(() => {
    const element = document.activeElement;
    const name = element.getAttribute("aria-label") ?? element.labels?.[0]?.textContent ?? element.textContent;
    return name.replaceAll(/[\\u2066-\\u2069]/g, "").trim();
  })()`);
}

/** Walks with the tab key until the named thing has the focus. */
async function tabTo(name: string, backwards = false): Promise<void> {
  const passed: string[] = [];
  for (let step = 0; step < 60; step += 1) {
    await visit.page.keyboard.press(backwards ? "Shift+Tab" : "Tab");
    const here = await focusedName();
    if (here === name || (name === "Dana" && here.startsWith("DDana"))) return;
    passed.push(here.slice(0, 30));
  }
  throw new Error(`${name} cannot be reached by keyboard; passed: ${passed.join(", ")}`);
}
