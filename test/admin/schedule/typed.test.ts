import fc from "fast-check";
import { expect, test } from "vitest";
import { readTyped, readVersions } from "../../../src/admin/schedule/typed.ts";
import { readWritten, sayWritten, type WrittenAs } from "../../../src/admin/schedule/written.ts";

const names = ["after-chat", "relationship"];

test.each<[string, unknown]>([
  ["", { word: "list" }],
  ["LIST", { word: "list" }],
  ["relationship", { word: "show", name: "relationship" }],
  ["name:relationship", { word: "show", name: "relationship" }],
  ["nps every Monday", { word: "add", name: "", sentence: "nps every Monday" }],
  ["add nps every Monday", { word: "add", name: "", sentence: "nps every Monday" }],
  ["add name:pulse nps daily", { word: "add", name: "pulse", sentence: "nps daily" }],
  ["edit “Relationship” nps daily", { word: "edit", name: "relationship", rest: "nps daily" }],
  ["diff name:relationship 2 4", { word: "diff", name: "relationship", rest: "2 4" }],
  ["off", { word: "unknown", wanted: "off", name: "", near: undefined }],
  [
    "off relatonship",
    { word: "unknown", wanted: "off", name: "relatonship", near: "relationship" },
  ],
  ["on Mondays at 9 nps", { word: "add", name: "", sentence: "on Mondays at 9 nps" }],
  ["list of nobody", { word: "add", name: "", sentence: "list of nobody" }],
])("“%s” is read", (text, read) => {
  expect(readTyped(text, names)).toEqual(read);
});

test("whatever is typed is read as something", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 60 }), (text) => {
      expect(readTyped(text, names).word).toBeTypeOf("string");
      expect(readVersions(text).every(Number.isSafeInteger)).toBe(true);
    }),
    { numRuns: 200 },
  );
});

test.each<[WrittenAs, string, unknown]>([
  ["length", "30 days", "30d"],
  ["length", "15 мин", "15m"],
  ["length", "2 週", "2w"],
  ["length", "soon", "soon"],
  ["reminder", "0", null],
  ["reminder", "2d", "2d"],
  ["list", "Pro， Team、 Pro", ["Pro", "Team"]],
  ["number", "40", 40],
  ["number", "forty", "forty"],
  ["share", "10%", 0.1],
  ["share", "0,25", 0.25],
  ["range", "30-90", { min: 30, max: 90 }],
  ["range", "30+", { min: 30 }],
  ["range", "-90", { max: 90 }],
  ["score", "NPS 0-6", { metric: "nps", min: 0, max: 6 }],
  ["hours", "9:00 – 12:30", { from: "09:00", to: "12:30" }],
  ["steps", "nps 30d\nces", [{ survey: "nps", after: "30d" }, { survey: "ces" }]],
  ["flag", "no", false],
])("a %s “%s” is read, and written again it is the same", (as, raw, value) => {
  const read = readWritten(as, raw);
  expect(read).toEqual({ value });
  expect(readWritten(as, sayWritten(as, value))).toEqual({ value });
});

test.each<[WrittenAs, string, string]>([
  ["range", "-", "ends"],
  ["range", "many", "ends"],
  ["score", "nps", "ends"],
  ["score", "joy 1-2", "ends"],
  ["hours", "noon", "clock"],
  ["clock", "24:10", "clock"],
  ["zone", "Mars/One", "time-zone"],
  ["share", "some", "wrong-type"],
])("a %s “%s” is none", (as, raw, problem) => {
  expect(readWritten(as, raw)).toEqual({ problem });
});
