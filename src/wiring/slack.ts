/** Slack: from the settings to the adapter, and what it brings to the command line. */
import type { SlackOptions } from "../../adapters/slack/workspace.ts";
import type { PlatformTools } from "../cli/platform-tools.ts";
import type { Config } from "../config.ts";
import { createLog, type Log } from "../log.ts";
import type { WiredPlatform } from "../start.ts";
import { connectTo, type OnProgress } from "./patience.ts";
import { chatSettings, say } from "./settings.ts";

export async function wireSlack(
  config: Config,
  log: Log,
  onProgress: OnProgress,
): Promise<WiredPlatform> {
  const { createSlack } = await import("../../adapters/slack/index.ts");
  const { platform, connections } = await connectTo("Slack", "SLACK_API_URL", onProgress, () =>
    createSlack(slackOptions(config, log)),
  );
  const settings = chatSettings(config, config.slack);
  return { platform, connections: connections.map((each) => ({ ...each, settings })) };
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
    ...{ say, log },
  };
}

export const slackTools: PlatformTools = {
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
        const { appManifest, wrongAddress } = await import("../../adapters/slack/manifest.ts");
        const problem = http === undefined ? undefined : wrongAddress(http);
        if (problem !== undefined) return { problem };
        const result = appManifest(http === undefined ? {} : { http });
        return { result, text: JSON.stringify(result, null, 2), note: manifestNote };
      },
    },
  ],
  async *checks(config) {
    if (config.slack.botTokens.length === 0) return;
    const { checkSlack } = await import("../../adapters/slack/doctor.ts");
    yield* checkSlack(slackOptions(config, createLog(config.logLevel ?? "warn")));
  },
  outline: async () => (await import("../../adapters/slack/outline.ts")).outlineMessage,
};

const manifestNote =
  "Paste it at https://api.slack.com/apps: Create New App, From a manifest, JSON. docs/slack.md has the next steps.";
