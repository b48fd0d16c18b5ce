/**
 * A small town on Slack: the emulator with a workspace, and the real service in a process of its
 * own that is set up for it, as an operator would.
 */
import { rmSync } from "node:fs";
import { appManifest } from "../../../adapters/slack/manifest.ts";
import { type Service, startService } from "../../e2e/service.ts";
import { makeDataFolder } from "../database.ts";
import { type Slack, startSlack, type Workspace } from "../slack/index.ts";

export interface SlackTown {
  readonly slack: Slack;
  /** Acme, where the app is installed from our manifest: what that lacks, Slack refuses. */
  readonly workspace: Workspace;
  readonly people: ReturnType<typeof people>;
  readonly channels: ReturnType<typeof channels>;
  /** The running service; after `restart` a new one. */
  readonly service: () => Service;
  /** The settings it was started with: for the command line beside it. */
  readonly settings: Readonly<Record<string, string>>;
  /** Ends the service with this signal and starts it again on the same data. */
  restart(signal?: NodeJS.Signals): Promise<void>;
  /** Ends the service and the emulator, and takes the data away. */
  stop(): Promise<void>;
}

export interface TownOptions {
  readonly mode: "socket" | "http";
  /** Settings beside or instead of the usual ones. */
  readonly env?: Readonly<Record<string, string>>;
  /** What else is there before the service starts. */
  readonly build?: (slack: Slack, workspace: Workspace) => void;
}

function people(workspace: Workspace) {
  return {
    /** A customer: a member who belongs to no user group. */
    dana: workspace.person("Dana", { timeZone: "Europe/Berlin" }),
    /** Answers customers: in @support. */
    kim: workspace.person("Kim"),
    /** Sees answers: in @support and @leads. */
    lee: workspace.person("Lee"),
    /** Owns the workspace. */
    ada: workspace.person("Ada", { owner: true }),
  };
}

function channels(workspace: Workspace) {
  return {
    help: workspace.channel("help"),
    leads: workspace.channel("leads", { private: true }),
    /** Not set up as anything. */
    general: workspace.channel("general"),
  };
}

/** Starts all of it; resolves when the service is ready and Slack delivers to it. */
export async function startSlackTown({ mode, env = {}, build }: TownOptions): Promise<SlackTown> {
  const slack = await startSlack({ manifest: appManifest() });
  const dataFolder = makeDataFolder();
  const clean = async () => {
    await slack.stop();
    rmSync(dataFolder, { recursive: true, force: true });
  };
  const workspace = slack.workspace("Acme");
  const inhabitants = people(workspace);
  const settings = {
    AFTERTALK_DATA_DIR: dataFolder,
    ...slackSettings(slack, workspace, mode),
    ...env,
  };
  workspace.userGroup("support", [inhabitants.kim, inhabitants.lee]);
  workspace.userGroup("leads", [inhabitants.lee]);
  const places = channels(workspace);
  build?.(slack, workspace);
  const start = async () => {
    const service = await startService(settings);
    if (mode === "http") slack.deliversTo({ url: `${service.url}/slack/events` });
    return service;
  };
  let service = await start().catch(async (error: unknown) => {
    await clean();
    throw error;
  });
  return {
    slack,
    workspace,
    people: inhabitants,
    channels: places,
    service: () => service,
    settings,
    async restart(signal = "SIGTERM") {
      await service.end(signal);
      service = await start();
    },
    async stop() {
      await service.end("SIGKILL");
      await clean();
    },
  };
}

function slackSettings(
  { apiUrl, appToken, signingSecret }: Slack,
  { botToken }: Workspace,
  mode: TownOptions["mode"],
): Record<string, string> {
  return {
    SLACK_BOT_TOKEN: botToken,
    ...(mode === "socket"
      ? { SLACK_APP_TOKEN: appToken }
      : { SLACK_SIGNING_SECRET: signingSecret }),
    SLACK_API_URL: apiUrl,
    SLACK_SUPPORT_CHANNELS: "#help",
    SLACK_TEAM: "@support",
    SLACK_LEADS: "@leads",
    SLACK_LEADS_CHANNEL: "#leads",
  };
}
