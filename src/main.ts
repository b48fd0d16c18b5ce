#!/usr/bin/env node
/**
 * The composition root: the only file that reads the environment, and with wiring/ the only one that
 * knows the adapters.
 */
import type { StartService } from "./cli/context.ts";
import { Interrupted } from "./cli/exit-codes.ts";
import { runCommandLine } from "./cli.ts";
import { systemClock } from "./clock.ts";
import type { Config } from "./config.ts";
import type { Log } from "./log.ts";
import { loadSecrets } from "./secret.ts";
import type { WiredPlatform } from "./start.ts";
import { discordTools, wireDiscord } from "./wiring/discord.ts";
import type { OnProgress } from "./wiring/patience.ts";
import { wirePlayground } from "./wiring/playground.ts";
import { slackTools, wireSlack } from "./wiring/slack.ts";

/** Exit code of a process that Ctrl-C ended at once. */
const INTERRUPTED = 130;

/** Loaded only here: the other commands begin faster without the service. */
const start: StartService = async ({ config, log, onProgress }) => {
  const { startAftertalk } = await import("./start.ts");
  return startAftertalk({
    config,
    ...(await loadSecrets(config)),
    log,
    onProgress,
    platforms: () => wirePlatforms(config, log, onProgress),
  });
};

/** Only what is set up is loaded. */
async function wirePlatforms(
  config: Config,
  log: Log,
  onProgress: OnProgress,
): Promise<WiredPlatform[]> {
  const wired: WiredPlatform[] = [];
  if (config.playground.on) wired.push(await wirePlayground(config, log));
  const { token } = config.discord;
  if (token !== undefined) wired.push(await wireDiscord(config, token, log, onProgress));
  if (config.slack.botTokens.length > 0) wired.push(await wireSlack(config, log, onProgress));
  return wired;
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
  tools: [slackTools, discordTools],
});
