#!/usr/bin/env node
/** The composition root: the only file that reads the environment and knows the adapters. */
import { hostname, networkInterfaces } from "node:os";
import { join } from "node:path";
import type { StartService } from "./cli/context.ts";
import { Interrupted } from "./cli/exit-codes.ts";
import { runCommandLine } from "./cli.ts";
import { systemClock } from "./clock.ts";
import type { Config } from "./config.ts";
import { languageFor, languages, patternsUnder } from "./locales/index.ts";
import type { Log } from "./log.ts";
import { loadSecret } from "./secret.ts";
import type { WiredPlatform } from "./start.ts";

/** Exit code of a process that Ctrl-C ended at once. */
const INTERRUPTED = 130;
/** In the playground the question comes while one still looks at the chat. */
const PLAYGROUND_DELAY_SECONDS = 15;

/** Loaded only here: the other commands begin faster without the service. */
const start: StartService = async ({ config, log, onProgress }) => {
  const { startAftertalk } = await import("./start.ts");
  const platforms = config.playground.on ? [await wirePlayground(config, log)] : [];
  return startAftertalk({
    config,
    secret: await loadSecret(config),
    log,
    onProgress,
    platforms: () => platforms,
  });
};

async function wirePlayground(config: Config, log: Log): Promise<WiredPlatform> {
  const { createPlayground } = await import("../adapters/playground/index.ts");
  const ref = { platform: "playground", externalId: "playground" };
  const { password } = config.playground;
  return {
    platform: createPlayground({
      connection: ref,
      folder: join(config.dataFolder, "playground"),
      ...(password === undefined ? {} : { password }),
      allowedHosts: hostNames(config.host),
      languages,
      texts: (language) => patternsUnder(languageFor(language), "playground."),
      log,
    }),
    connections: [
      {
        ref,
        name: "Playground",
        settings: { askDelaySeconds: PLAYGROUND_DELAY_SECONDS, rehearsal: true },
      },
    ],
  };
}

/** The names under which this machine is reached: more of them when it listens to others too. */
function hostNames(host: string): string[] {
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  const others = addresses.map(({ address, family }) =>
    family === "IPv6" ? `[${address}]` : address,
  );
  return ["localhost", "127.0.0.1", "[::1]", host, hostname(), ...others];
}

const stop = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    if (stop.signal.aborted) process.exit(INTERRUPTED); // the second time: at once
    stop.abort(new Interrupted());
  });
}
// Whoever reads our output may leave early (head); that is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit();
  throw error;
});

process.exitCode = await runCommandLine({
  args: process.argv.slice(2),
  env: process.env,
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  clock: systemClock,
  signal: stop.signal,
  start,
});
