import { join } from "node:path";
import { defineConfig } from "vitest/config";

// Hundreds of processes read the same libraries: compiled once, kept where `npm ci` clears it.
process.env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, "node_modules", ".cache", "node");

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/support/global-setup.ts"],
    // A process per file: database threads and native parts end with it.
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    teardownTimeout: 20_000,
    // A busy machine is no fault: the usual second is over before a loaded one has answered.
    expect: { poll: { timeout: 20_000 } },
  },
});
