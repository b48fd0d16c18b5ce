import { globSync } from "node:fs";
import { join } from "node:path";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

// Hundreds of processes read the same libraries: compiled once, kept where `npm ci` clears it.
process.env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, "node_modules", ".cache", "node");

/**
 * Folders whose files share their processes: they would load the same large library a hundred times.
 * Slack's and Discord's clients never meet in one (test/adapters/together.test.ts has why).
 */
const sharing = {
  slack: ["adapters/slack/**", "slack-emulator/**", "docs-slack"],
  discord: ["adapters/discord/**", "discord-emulator/**", "docs-discord"],
  // Pure files of other folders too.
  figures: [
    ...["metrics/**", "charts/**", "commands/nearest", "commands/summary/card"],
    ...["commands/view/filter-text", "digest/card", "digest/when", "digest/worth-reading"],
    ...["exporting/format", "exporting/sealing", "exporting/summary-row", "importing/row"],
    "store/facts-cover",
  ],
};

/** Those of them that open a database or start programs. */
const apart = [
  "adapters/slack/listen/inbox",
  "adapters/discord/catch-up-core",
  "adapters/discord/render/said",
  "charts/picture",
];

const filesIn = (paths: readonly string[]) =>
  paths.flatMap((path) => {
    const pattern = path.endsWith("**") ? `test/${path}/*.test.ts` : `test/${path}.test.ts`;
    return globSync(pattern, { cwd: import.meta.dirname });
  });

const alone = new Set(filesIn(apart));
const together = Object.entries(sharing).map(([name, paths]) => {
  return { name, include: filesIn(paths).filter((file) => !alone.has(file)) };
});
const taken = new Set(together.flatMap(({ include }) => include));

/** The longest ones: half a minute each. */
const long = new Set(
  filesIn([
    ...["e2e/**", "backup/**", "campaign/**", "life/**", "simulation/**", "sampling/**"],
    ...["adapters/playground/page-live", "adapters/playground/page-look", "bench/summaries"],
    ...["store/embedded", "store/embedded-crash", "store/migrate", "cli/data"],
  ]).map((file) => join(import.meta.dirname, file)),
);

/**
 * Begins with the longest, so that none of them is alone at the end. Where no run was before, as on
 * CI, nobody knows how long a file takes, and its size says little.
 */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification) => long.has(moduleId);
    const sorted = await super.sort(files);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

export default defineConfig({
  test: {
    pool: "forks",
    // One more than the cores of a small machine: stories wait for browsers and services of their own.
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    testTimeout: 60_000,
    hookTimeout: 60_000,
    teardownTimeout: 20_000,
    // A busy machine is no fault: the usual second is over before a loaded one has answered.
    expect: { poll: { timeout: 20_000 } },
    projects: [
      {
        extends: true,
        test: {
          // A process per file: database threads and native parts end with it.
          name: "house",
          include: filesIn(["**"]).filter((file) => !taken.has(file)),
          globalSetup: ["test/support/global-setup.ts"],
        },
      },
      ...together.map((project) => ({
        extends: true as const,
        test: { ...project, isolate: false },
      })),
    ],
  },
});
