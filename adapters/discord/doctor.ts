/**
 * What `aftertalk doctor` looks at in Discord: the token, the application and its gateway, the
 * servers, channels and permissions, who is who and finds which command. It reads only, over REST;
 * the gateway is called but nothing is said there. Each finding that is bad says how to mend it.
 */
import type { Finding } from "../../src/platform.ts";
import { createClient } from "./client.ts";
import { checkGateway, checkToken } from "./doctor/application.ts";
import { checkChannels } from "./doctor/channels.ts";
import { checkCommands } from "./doctor/commands.ts";
import { checkEmoji } from "./doctor/emoji.ts";
import { checkAuditLog, checkRoles } from "./doctor/people.ts";
import { checkServers } from "./doctor/servers.ts";
import type { DiscordOptions } from "./options.ts";

/** How long the gateway may take to say hello, in milliseconds; tests shorten it. */
const HELLO_MS = 5_000;

/** Everything about Discord, one finding after another, as they are made. */
export async function* checkDiscord(
  options: DiscordOptions,
  helloMs = HELLO_MS,
): AsyncIterable<Finding> {
  const client = createClient(options);
  const { rest } = client;
  try {
    const { findings, app } = await checkToken(rest);
    yield* findings;
    if (app === undefined) return; // every other question would be refused or wait as well
    yield* checkGateway(rest, options, helloMs);
    const servers = await checkServers(rest, options, app);
    yield* servers.findings;
    if (servers.served.length === 0) return;
    yield* checkAuditLog(servers.served);
    yield* checkChannels(options, servers.served);
    yield* checkRoles(options, servers.served);
    yield* checkCommands(rest, app.id, options, servers.served);
    yield* checkEmoji(options, servers.served);
  } finally {
    await client.destroy();
  }
}
