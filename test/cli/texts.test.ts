import { PassThrough } from "node:stream";
import { describe, expect, test } from "vitest";
import { messageText } from "../../src/cli/message-text.ts";
import { createProgress } from "../../src/cli/progress.ts";
import type { Message, Part } from "../../src/platform.ts";

const message = (...parts: Part[]): Message => ({ summary: "", parts, locale: "en" });

describe("a message as text", () => {
  test("has each part as a terminal can show it", () => {
    const picture = { png: new Uint8Array(), width: 1, height: 1, alt: "the same" };
    const text = messageText(
      message(
        { kind: "heading", text: "NPS" },
        { kind: "text", text: "two\nlines" },
        {
          kind: "facts",
          rows: [
            ["Answers", "52"],
            ["Rate", "33%"],
          ],
        },
        {
          kind: "bars",
          title: "Scores",
          bars: [
            { label: "9", value: "3", share: 0.25 },
            { label: "10", value: "6", share: 0.5 },
          ],
        },
        { kind: "picture", picture },
        {
          kind: "quote",
          text: "so\nquick",
          by: "Ada · 9",
          link: { label: "Open", url: "https://x.example/1" },
        },
        {
          kind: "actions",
          options: [
            { label: "Change", token: "t" },
            { label: "Undo", token: "u" },
          ],
        },
        { kind: "link", link: { label: "More", url: "https://x.example" } },
      ),
    );
    expect(text).toBe(
      [
        "NPS",
        "===",
        "",
        "two",
        "lines",
        "",
        "Answers  52",
        "Rate     33%",
        "",
        "Scores",
        ` 9 ${"█".repeat(12)}${" ".repeat(12)} 3`,
        `10 ${"█".repeat(24)} 6`,
        "",
        "> so",
        "> quick",
        "  Ada · 9",
        "  https://x.example/1",
        "",
        "[Change] [Undo]",
        "",
        "More: https://x.example",
      ].join("\n"),
    );
  });

  test("N13 words of people can neither command the terminal nor turn a line around", () => {
    const evil = "\u001b[2Jgone\r\u202etxet\u2066\u0007\u009b31m";
    const parts: Part[] = [
      { kind: "quote", text: evil, by: evil },
      { kind: "facts", rows: [[evil, evil]] },
      { kind: "heading", text: evil },
    ];
    for (const part of parts) {
      expect(messageText(message(part)).replaceAll("\n", "")).not.toMatch(
        /[\p{Cc}\u202a-\u202e\u2066-\u2069]/u,
      );
    }
  });

  test("of nothing is nothing", () => {
    expect(messageText(message())).toBe("");
    expect(messageText(message({ kind: "bars", title: "t", bars: [] }))).toBe("t");
  });
});

describe("progress", () => {
  function show(isTTY: boolean) {
    const stream = Object.assign(new PassThrough(), { isTTY });
    let time = 0;
    const progress = createProgress(stream, () => time);
    const at = (ms: number, text: string) => {
      time = ms;
      progress.update(() => text);
    };
    return { at, done: () => progress.done(), written: () => stream.read()?.toString() ?? "" };
  }

  test("on a terminal is one line that changes and goes away", () => {
    const { at, done, written } = show(true);
    at(50, "too early");
    at(150, "half");
    at(200, "too soon");
    at(300, "all");
    done();
    expect(written()).toBe("\r\u001b[2Khalf\r\u001b[2Kall\r\u001b[2K");
  });

  test("elsewhere is a plain line now and then", () => {
    const { at, done, written } = show(false);
    at(300, "too early");
    at(5_000, "half");
    at(9_000, "too soon");
    at(10_000, "all");
    done();
    expect(written()).toBe("half\nall\n");
  });

  test("that was never shown leaves nothing", () => {
    const { done, written } = show(true);
    done();
    expect(written()).toBe("");
  });
});
