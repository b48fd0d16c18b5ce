#!/usr/bin/env node
/** The composition root: the only file that reads the environment and knows the adapters. */
import { hostname, networkInterfaces } from "node:os";
import { join } from "node:path";
import type { SlackOptions } from "../adapters/slack/workspace.ts";
import type { StartService } from "./cli/context.ts";
import { Interrupted } from "./cli/exit-codes.ts";
import type { PlatformTools } from "./cli/platform-tools.ts";
import { runCommandLine } from "./cli.ts";
import { systemClock } from "./clock.ts";
import type { Config } from "./config.ts";
import { AppError, hasCode } from "./errors.ts";
import { isTextKey, languageFor, languages, patternsUnder, textsFor } from "./locales/index.ts";
import { createLog, type Log } from "./log.ts";
import { loadSecret } from "./secret.ts";
import type { WiredPlatform } from "./start.ts";

/** Exit code of a process that Ctrl-C ended at once. */
const INTERRUPTED = 130;
/** In the playground the question comes while one still looks at the chat. */
const PLAYGROUND_DELAY_SECONDS = 15;
/** How often somebody who watches the start hears that Slack has not answered yet. */
const SLACK_PATIENCE_MS = 5_000;

type OnProgress = (line: string) => void;

/** Loaded only here: the other commands begin faster without the service. */
const start: StartService = async ({ config, log, onProgress }) => {
  const { startAftertalk } = await import("./start.ts");
  return startAftertalk({
    config,
    secret: await loadSecret(config),
    log,
    onProgress,
    platforms: () => wirePlatforms(config, log, onProgress),
  });
};

/**
 * Only what is set up is loaded. When Discord comes, its adapter has to be imported before Slack's:
 * with some versions of @slack/bolt loaded first, discord.js cannot send files
 * (test/adapters/together.test.ts).
 */
async function wirePlatforms(
  config: Config,
  log: Log,
  onProgress: OnProgress,
): Promise<WiredPlatform[]> {
  const wired: WiredPlatform[] = [];
  if (config.playground.on) wired.push(await wirePlayground(config, log));
  if (config.slack.botTokens.length > 0) wired.push(await wireSlack(config, log, onProgress));
  return wired;
}

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
        settings: {
          askDelaySeconds: askDelay(config) ?? PLAYGROUND_DELAY_SECONDS,
          rehearsal: true,
        },
      },
    ],
  };
}

function askDelay({ askAfterMinutes }: Config): number | undefined {
  return askAfterMinutes === undefined ? undefined : askAfterMinutes * 60;
}

async function wireSlack(config: Config, log: Log, onProgress: OnProgress): Promise<WiredPlatform> {
  const { createSlack } = await import("../adapters/slack/index.ts");
  const { askIn, closeAfterHours, closeButton } = config.slack;
  onProgress("Connecting to Slack");
  const waiting = setInterval(() => onProgress("Slack has not answered yet"), SLACK_PATIENCE_MS);
  try {
    const { platform, connections } = await createSlack(slackOptions(config, log));
    const askDelaySeconds = askDelay(config);
    const settings = {
      ...{ askIn, closeAfterHours, closeButton },
      ...(askDelaySeconds === undefined ? {} : { askDelaySeconds }),
    };
    return { platform, connections: connections.map((each) => ({ ...each, settings })) };
  } catch (cause) {
    if (!hasCode(cause, "temporary") && !hasCode(cause, "rate-limited")) throw cause;
    throw new AppError(cause.code, `Slack cannot be reached: ${cause.message}.`, {
      cause,
      advice:
        "Check that this machine reaches Slack (firewall, proxy, SLACK_API_URL) and start again; aftertalk doctor tells more.",
    });
  } finally {
    clearInterval(waiting);
  }
}

function slackOptions({ slack }: Config, log: Log): SlackOptions {
  const { appToken, signingSecret, apiUrl } = slack;
  return {
    ...(appToken === undefined ? {} : { appToken }),
    ...(signingSecret === undefined ? {} : { signingSecret }),
    ...(apiUrl === undefined ? {} : { apiUrl: apiUrl.endsWith("/") ? apiUrl : `${apiUrl}/` }),
    botTokens: slack.botTokens,
    supportChannels: slack.supportChannels,
    team: slack.team,
    leads: slack.leads,
    admins: slack.admins,
    leadsChannels: slack.leadsChannels,
    closeEmoji: slack.closeEmoji,
    say: (locale, key, values) =>
      isTextKey(key) ? textsFor(languageFor(locale)).text(key, values) : key,
    log,
  };
}

const slackTools: PlatformTools = {
  name: "slack",
  description: "set up Slack",
  commands: [
    {
      name: "manifest",
      description: "print the app manifest, for Socket Mode unless an address is given",
      options: [
        {
          flags: "--http <url>",
          description: "the public https address of this service, to be called over HTTP",
        },
      ],
      help: "Examples:\n  aftertalk slack manifest\n  aftertalk slack manifest --http https://aftertalk.example.com",
      async run({ http }) {
        const { appManifest, wrongAddress } = await import("../adapters/slack/manifest.ts");
        const problem = http === undefined ? undefined : wrongAddress(http);
        if (problem !== undefined) return { problem };
        const result = appManifest(http === undefined ? {} : { http });
        return { result, text: JSON.stringify(result, null, 2), note: manifestNote };
      },
    },
  ],
  async *checks(config) {
    if (config.slack.botTokens.length === 0) return;
    const { checkSlack } = await import("../adapters/slack/doctor.ts");
    yield* checkSlack(slackOptions(config, createLog(config.logLevel ?? "warn")));
  },
};

const manifestNote =
  "Paste it at https://api.slack.com/apps: Create New App, From a manifest, JSON. docs/slack.md has the next steps.";

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
  tools: [slackTools],
});
