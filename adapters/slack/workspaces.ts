/** The Slack workspaces that our app is installed in, and whose a payload is. */
import type { WebClient } from "@slack/web-api";
import { z } from "zod";
import { AppError, hasCode } from "../../src/errors.ts";
import type { ConnectionRef } from "../../src/platform.ts";
import { createClient } from "./client.ts";
import { isRefusal, slackError } from "./errors.ts";
import { persist } from "./patience.ts";
import type { SlackOptions, SlackWorkspace } from "./workspace.ts";

export interface Workspaces {
  readonly all: readonly SlackWorkspace[];
  /** The installation that a payload is for (F18); undefined when it is none of ours. */
  find(body: unknown): SlackWorkspace | undefined;
  byRef(ref: ConnectionRef): SlackWorkspace | undefined;
  /** Whether a message is by a bot of ours, in whichever workspace (D12). */
  isOurs(author: {
    readonly user?: string | undefined;
    readonly bot_id?: string | undefined;
  }): boolean;
  /** Remembers whose channel this is. */
  learn(channelId: string, workspace: SlackWorkspace): void;
}

const identity = z.object({
  url: z.string().catch(""),
  team: z.string().catch(""),
  team_id: z.string().nullish(),
  user_id: z.string(),
  bot_id: z.string().nullish(),
  enterprise_id: z.string().nullish(),
  is_enterprise_install: z.boolean().nullish(),
});

/**
 * Asks Slack who each bot token is. A refused token ends only its own workspace.
 * @throws AppError when none is left, or when Slack cannot be reached after several tries.
 */
export async function openWorkspaces(
  options: SlackOptions,
  pauses?: readonly number[],
): Promise<Workspaces> {
  const { log } = options;
  const opened = await Promise.all(
    options.botTokens.map(async (token, index) => {
      const client = createClient(token, options.apiUrl, log);
      try {
        return await persist(() => identify(client), pauses);
      } catch (error) {
        const known = slackError(error, "read");
        if (hasCode(known, "temporary") || hasCode(known, "rate-limited")) throw known;
        const { message, advice } = known;
        log.error({ number: index + 1, reason: message, advice }, "a Slack bot token is refused");
        return undefined;
      }
    }),
  );
  const all = new Map(
    opened.filter((each) => each !== undefined).map((each) => [each.ref.externalId, each]),
  );
  if (all.size === 0) {
    throw new AppError("revoked", "Slack refuses every bot token", {
      advice: "Install the app again, put its bot token into SLACK_BOT_TOKEN, and restart.",
    });
  }
  return createWorkspaces([...all.values()]);
}

async function identify(client: WebClient): Promise<SlackWorkspace> {
  const me = identity.parse(await client.auth.test());
  const orgWide = me.is_enterprise_install === true;
  const teams = orgWide ? await teamsOf(client) : undefined;
  const externalId = (orgWide ? me.enterprise_id : me.team_id) ?? "";
  return {
    ref: { platform: "slack", externalId },
    name: me.team || externalId,
    url: me.url.endsWith("/") ? me.url : `${me.url}/`,
    botUserId: me.user_id,
    botId: me.bot_id ?? null,
    ...(teams === undefined ? {} : { teams }),
    client,
  };
}

const teamList = z.object({ teams: z.array(z.object({ id: z.string() })) });

/** Undefined when Slack does not tell an organisation's app: lists are then asked for as a whole. */
async function teamsOf(client: WebClient): Promise<string[] | undefined> {
  try {
    const { teams } = teamList.parse(await client.auth.teams.list({ limit: 1000 }));
    return teams.map(({ id }) => id);
  } catch (error) {
    if (isRefusal(error, "missing_scope", "unknown_method", "not_allowed_token_type")) {
      return undefined;
    }
    throw error;
  }
}

/** Over workspaces that are known already. */
export function createWorkspaces(all: readonly SlackWorkspace[]): Workspaces {
  const byId = new Map(all.map((workspace) => [workspace.ref.externalId, workspace]));
  const byUser = new Map(all.map((workspace) => [workspace.botUserId, workspace]));
  const byBot = new Map(all.map((workspace) => [workspace.botId, workspace]));
  const channels = new Map<string, SlackWorkspace>();
  /** What is pressed in a message was written by the bot of the installation that it is for. */
  const author = ({ type, message }: Routing) =>
    type === "block_actions"
      ? (byUser.get(message?.user ?? "") ?? byBot.get(message?.bot_id ?? ""))
      : undefined;
  return {
    all,
    find(body) {
      const parsed = routing.safeParse(body);
      if (!parsed.success) return undefined;
      const known = (id: string | null | undefined) => (id ? byId.get(id) : undefined);
      const { data } = parsed;
      const channel = data.event?.channel ?? data.channel ?? data.container?.channel_id;
      return (
        installations(data).map(known).find(Boolean) ??
        author(data) ??
        channels.get(data.channel_id ?? channel ?? "") ??
        teams(data).map(known).find(Boolean)
      );
    },
    byRef: ({ platform, externalId }) => (platform === "slack" ? byId.get(externalId) : undefined),
    isOurs({ user, bot_id }) {
      return byUser.has(user ?? "") || byBot.has(bot_id ?? "");
    },
    learn(channelId, workspace) {
      channels.set(channelId, workspace);
    },
  };
}

const id = z.string().nullish().catch(undefined);
const named = z.object({ id }).nullish().catch(undefined);
const channelId = z
  .union([z.string(), z.object({ id: z.string() }).transform((channel) => channel.id)])
  .optional()
  .catch(undefined);

/** Everything in a payload that says whose it is. Shapes that we do not know count as absent. */
const routing = z.object({
  type: z.string().optional().catch(undefined),
  message: z.object({ user: id, bot_id: id }).nullish().catch(undefined),
  view: z.object({ app_installed_team_id: id }).nullish().catch(undefined),
  authorizations: z
    .array(
      z.object({ team_id: id, enterprise_id: id, is_enterprise_install: z.unknown().optional() }),
    )
    .nullish()
    .catch(undefined),
  context_team_id: id,
  context_enterprise_id: id,
  event: z.object({ channel: channelId }).nullish().catch(undefined),
  channel: channelId,
  container: z.object({ channel_id: z.string().optional() }).nullish().catch(undefined),
  channel_id: z.string().optional().catch(undefined),
  team: named,
  enterprise: named,
  team_id: id,
  enterprise_id: id,
  user: z.object({ team_id: id }).nullish().catch(undefined),
});

type Routing = z.infer<typeof routing>;

/** Ids of installations, by Slack's own word. */
function installations(data: Routing) {
  const authorization = data.authorizations?.[0];
  const orgWide = authorization?.is_enterprise_install === true;
  return [
    data.view?.app_installed_team_id,
    orgWide ? authorization?.enterprise_id : authorization?.team_id,
    orgWide ? authorization?.team_id : authorization?.enterprise_id,
    data.context_team_id,
    data.context_enterprise_id,
  ];
}

/** Ids of where it happened or who did it: in a shared channel these may be another company's. */
function teams(data: Routing) {
  return [data.team?.id, data.team_id, data.user?.team_id, data.enterprise?.id, data.enterprise_id];
}
