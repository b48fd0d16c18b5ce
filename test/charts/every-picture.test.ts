import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { PictureRequest } from "../../src/charts/compose.ts";
import { anyPicture } from "./any-picture.ts";
import { drivers, looks, overview, reasons, replies, teams, week } from "./examples.ts";
import { overlapsIn, sceneOf, strayMarksIn, wordsIn } from "./scenes.ts";

const examples: Readonly<Record<PictureRequest["kind"], PictureRequest>> = {
  summary: { kind: "summary", input: week },
  cut: { kind: "cut", input: teams },
  "first-reply": { kind: "first-reply", input: replies },
  drivers: { kind: "drivers", input: drivers },
  bars: { kind: "bars", input: reasons },
  overview: { kind: "overview", input: overview },
  outlines: { kind: "outlines", input: looks },
};

for (const example of Object.values(examples)) {
  describe(`the picture "${example.kind}"`, () => {
    test("says its title and subtitle in full, and cuts nothing of an ordinary day", () => {
      const words = wordsIn(sceneOf(example));
      expect(words).toEqual(expect.arrayContaining([example.input.title, example.input.subtitle]));
      expect(words.filter((text) => text.includes("…"))).toEqual([]);
    });

    test("N1 N2 whatever it shows, no words lie on each other and nothing is off the card", () => {
      fc.assert(
        fc.property(anyPicture[example.kind], (request) => {
          const scene = sceneOf(request);
          expect(overlapsIn(scene)).toEqual([]);
          expect(strayMarksIn(scene)).toEqual([]);
          expect(Number.isFinite(scene.height)).toBe(true);
        }),
        { numRuns: 40 },
      );
    });
  });
}
