/**
 * What `aftertalk doctor` looks at in Slack: the tokens and their scopes, the ways in, the channels,
 * who is who, the closing emoji. It reads only. Each finding that is bad says how to mend it.
 */
import type { WebClient } from "@slack/web-api";
import { z } from "zod";
import type { Finding } from "../../src/platform.ts";
import { fine, mended } from "../common/findings.ts";
import { createClient } from "./client.ts";
import { checkChannels } from "./doctor/channels.ts";
import { checkEmoji } from "./doctor/emoji.ts";
import { failed, isAway } from "./doctor/findings.ts";
import { checkPeople } from "./doctor/people.ts";
import { botScopes, optionalScopes, ourOptionalScopes, ourScopes } from "./manifest/permissions.ts";
import type { SlackOptions, SlackWorkspace } from "./workspace.ts";
import { openWorkspaces } from "./workspaces.ts";

const REINSTALL =
  "add them under OAuth & Permissions, Bot Token Scopes (or paste the manifest of `aftertalk slack manifest` again), then Reinstall to Workspace";

/** Everything about Slack, one finding after another, as they are made. */
export async function* checkSlack(options: SlackOptions): AsyncIterable<Finding> {
  const workspaces: SlackWorkspace[] = [];
  for (const [index, token] of options.botTokens.entries()) {
    const { findings, workspace, away } = await checkToken(options, token, index);
    yield* findings;
    if (away) return; // every other question would wait for nothing as well
    if (workspace !== undefined) workspaces.push(workspace);
  }
  yield* checkWaysIn(options, workspaces);
  if (workspaces.length === 0) return;
  yield* checkChannels(options, workspaces);
  yield* checkPeople(options, workspaces);
  yield* checkEmoji(options, workspaces);
}

interface Token {
  readonly findings: readonly Finding[];
  readonly workspace?: SlackWorkspace;
  /** Slack cannot be reached at all. */
  readonly away?: true;
}

const identity = z.object({
  team: z.string().catch("?"),
  url: z.string().catch("?"),
  response_metadata: z
    .object({ scopes: z.array(z.string()).optional().catch(undefined) })
    .optional()
    .catch(undefined),
});

async function checkToken(options: SlackOptions, token: string, index: number): Promise<Token> {
  const check = options.botTokens.length === 1 ? "Slack bot token" : `Slack bot token ${index + 1}`;
  try {
    const client = createClient(token, options.apiUrl, options.log);
    const { team, url, response_metadata } = identity.parse(await client.auth.test());
    const accepted = fine(check, `it is accepted: ${team}, ${url}`);
    const scopes = checkScopes(team, response_metadata?.scopes);
    const { all } = await openWorkspaces({ ...options, botTokens: [token] }, []);
    return { findings: [accepted, scopes], ...(all[0] === undefined ? {} : { workspace: all[0] }) };
  } catch (error) {
    return { findings: [failed(check, error)], ...(isAway(error) ? { away: true } : {}) };
  }
}

/** `granted` comes with each answer of Slack's, in the header x-oauth-scopes. */
function checkScopes(team: string, granted: readonly string[] | undefined): Finding {
  const check = `Slack ${team}, scopes`;
  if (granted === undefined) return fine(check, "Slack does not say which ones the token has");
  const missing = ourScopes.filter((scope) => !granted.includes(scope));
  if (missing.length > 0) {
    const says = missing.map((scope) => `${scope} (to ${botScopes[scope]})`).join("; ");
    return mended(check, `missing: ${says}`, `${missing.join(", ")}: ${REINSTALL}.`);
  }
  const without = ourOptionalScopes
    .filter((scope) => !granted.includes(scope))
    .map(
      (scope) => `; ${scope} is not given, which is fine (it is there to ${optionalScopes[scope]})`,
    );
  const known = new Set<string>([...ourScopes, ...ourOptionalScopes]);
  const more = granted.filter((scope) => !known.has(scope));
  const unneeded = more.length === 0 ? "" : `; not needed: ${more.join(", ")}`;
  return fine(check, `all there${without.join("")}${unneeded}`);
}

async function* checkWaysIn(
  options: SlackOptions,
  workspaces: readonly SlackWorkspace[],
): AsyncIterable<Finding> {
  const { appToken, signingSecret } = options;
  if (appToken !== undefined) {
    yield await checkSocket(options, appToken);
    for (const workspace of workspaces) yield* await checkApp(workspace, appToken);
  }
  if (signingSecret !== undefined) {
    const says =
      "a signing secret is set; whether it is the right one is known when Slack first calls /slack/events (Event Subscriptions, Request URL, Verified)";
    yield fine("Slack over HTTP", says);
  }
}

const NEW_APP_TOKEN =
  "Turn Socket Mode on, make an app-level token with the scope connections:write (Basic Information, App-Level Tokens), and put it into SLACK_APP_TOKEN.";

/** Asks for the address of a socket, and does not open it: the running service may hold one. */
async function checkSocket(options: SlackOptions, appToken: string): Promise<Finding> {
  const check = "Slack Socket Mode";
  try {
    const client: WebClient = createClient(appToken, options.apiUrl, options.log);
    await client.apps.connections.open({});
    return fine(check, "the app token opens a connection");
  } catch (error) {
    return failed(check, error, NEW_APP_TOKEN);
  }
}

const bots = z.object({ bot: z.object({ app_id: z.string() }) });

/** An app token names its app: with one of another app nothing would ever arrive. */
async function checkApp(
  { client, botId, name }: SlackWorkspace,
  appToken: string,
): Promise<Finding[]> {
  const app = /^xapp-\d+-(A[A-Z0-9]+)-/.exec(appToken)?.[1];
  if (app === undefined || botId === null) return [];
  try {
    const { bot } = bots.parse(await client.bots.info({ bot: botId }));
    if (bot.app_id === app) return [];
    const says = `SLACK_APP_TOKEN is of the app ${app}, the bot token of ${bot.app_id}`;
    return [mended(`Slack ${name}, app`, says, "Take both tokens from the same app.")];
  } catch {
    return []; // what is wrong with the token or the network is told elsewhere
  }
}
