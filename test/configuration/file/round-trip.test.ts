import fc from "fast-check";
import { expect, test } from "vitest";
import { changed, conflictsOf } from "../../../src/configuration/configuration.ts";
import { planChanges } from "../../../src/configuration/file/plan-changes.ts";
import { readConfigurationFile } from "../../../src/configuration/file/read-file.ts";
import { writeConfigurationFile } from "../../../src/configuration/file/write-file.ts";
import { configurations, knownWhere, names } from "./support.ts";

const asOf = new Date("2026-11-02T09:00:00.123Z");

test("a file applied where it was exported changes nothing, whatever the words in it", () => {
  let lines = 0;
  fc.assert(
    fc.property(configurations, (now) => {
      const text = writeConfigurationFile(now, asOf, names);
      const { filed, problems } = readConfigurationFile(text, knownWhere(now));
      expect(
        problems.filter(({ level }) => level === "error"),
        text,
      ).toEqual([]);
      expect(filed.asOf).toEqual(asOf);
      const nothing = { changes: [], left: [], pruned: [] };
      expect(planChanges(now, filed, { prune: true }), text).toEqual(nothing);
      lines += text.split("\n").length;
    }),
    { numRuns: 25 },
  );
  expect(lines).toBeGreaterThan(2000);
});

test("a file applied anywhere else makes it the same, in an order that fits, to the last byte", () => {
  let made = 0;
  fc.assert(
    fc.property(configurations, configurations, (there, here) => {
      const text = writeConfigurationFile(here, asOf, names);
      const { filed, problems } = readConfigurationFile(text, knownWhere(there));
      expect(
        problems.filter(({ level, about }) => level === "error" && !/^survey /.test(about)),
        text,
      ).toEqual([]);
      const { changes } = planChanges(there, filed, { prune: true });
      expect(conflictsOf(there, changes)).toEqual([]);
      const after = changes.reduce(changed, there);
      // A file always has a time zone, and its lines end in one way.
      expect(writeConfigurationFile(after, asOf, names)).toBe(text);
      const crlf = readConfigurationFile(
        `\uFEFF${text.replaceAll("\n", "\r\n")}`,
        knownWhere(after),
      );
      expect(planChanges(after, crlf.filed, { prune: true }).changes).toEqual([]);
      made += changes.length;
    }),
    { numRuns: 25 },
  );
  expect(made).toBeGreaterThan(50);
});

test("without --prune what is not in the file stays and is named", () => {
  fc.assert(
    fc.property(configurations, configurations, (there, here) => {
      const text = writeConfigurationFile(here, asOf, names);
      const { filed } = readConfigurationFile(text, knownWhere(there));
      const { changes, left, pruned } = planChanges(there, filed, { prune: false });
      expect(pruned).toEqual([]);
      const after = changes.reduce(changed, there);
      for (const { kind, name } of left) {
        if (kind === "schedule")
          expect(after.schedules.get(name)).toEqual(there.schedules.get(name));
        if (kind === "setting") expect(after.settings[name]).toEqual(there.settings[name]);
        if (kind === "role") expect(after.grants.get(name)).toEqual(there.grants.get(name));
      }
    }),
    { numRuns: 10 },
  );
});
