/**
 * The link with which an admin of a server lets our bot in, and what it asks for: least permissions,
 * each with its reason. What is not here is not asked for, on purpose: no Embed Links (our messages
 * are components), no Add Reactions (we put none), no Manage Messages, no Manage Channels, no
 * Mention Everyone.
 */
import { ApplicationIntegrationType, OAuth2Scopes, PermissionFlagsBits } from "discord.js";
import { AppError } from "../../src/errors.ts";
import { readApplication } from "./application.ts";
import { createClient } from "./client.ts";
import { discordError } from "./errors.ts";
import { isSnowflake } from "./ids.ts";
import type { DiscordOptions } from "./options.ts";

/** A permission as Discord's own pages call it, and what would not work without it. */
interface Permission {
  readonly name: string;
  readonly to: string;
}

export const permissions = {
  ViewChannel: { name: "View Channels", to: "see the support channels and the leads' channel" },
  SendMessages: {
    name: "Send Messages",
    to: "ask in a ticket channel whose customer takes no direct messages; put the cards of cases into the leads' channel",
  },
  CreatePublicThreads: {
    name: "Create Public Threads",
    to: "tell what happens in a case beneath its card in the leads' channel",
  },
  SendMessagesInThreads: {
    name: "Send Messages in Threads",
    to: "the same, and ask in a thread or post whose customer takes no direct messages",
  },
  ReadMessageHistory: {
    name: "Read Message History",
    to: "find what was written while aftertalk was not running",
  },
  AttachFiles: { name: "Attach Files", to: "attach the picture of a summary that is shared" },
  ViewAuditLog: {
    name: "View Audit Log",
    to: "know who archived, locked or renamed: Discord tells it nowhere else, and an archiving by nobody known asks nobody",
  },
} as const satisfies Partial<Record<keyof typeof PermissionFlagsBits, Permission>>;

/** Asked for only when private threads are support chats. */
export const privateThreadPermissions = {
  ManageThreads: {
    name: "Manage Threads",
    to: "see private threads that the bot was not added to (there is no smaller permission for it)",
  },
} as const satisfies Partial<Record<keyof typeof PermissionFlagsBits, Permission>>;

export type OurPermission = keyof typeof permissions | keyof typeof privateThreadPermissions;

const scopes = [OAuth2Scopes.Bot, OAuth2Scopes.ApplicationsCommands];
/** A page for people, so it is the same whatever DISCORD_API_URL says. */
const AUTHORIZE = "https://discord.com/oauth2/authorize";

export interface Invitation {
  readonly url: string;
  readonly applicationId: string;
  readonly scopes: readonly string[];
  readonly permissions: readonly Permission[];
}

/** The link and what stands in it. Pure. */
export function invitation(options: {
  readonly applicationId: string;
  readonly privateThreads?: boolean;
}): Invitation {
  const extra = options.privateThreads ? privateThreadPermissions : {};
  const asked = { ...permissions, ...extra };
  const bits = (Object.keys(asked) as OurPermission[]).reduce(
    (all, name) => all | PermissionFlagsBits[name],
    0n,
  );
  const url = new URL(AUTHORIZE);
  url.searchParams.set("client_id", options.applicationId);
  url.searchParams.set("scope", scopes.join(" "));
  url.searchParams.set("permissions", String(bits));
  url.searchParams.set("integration_type", String(ApplicationIntegrationType.GuildInstall));
  const { applicationId } = options;
  return { url: url.href, applicationId, scopes, permissions: Object.values(asked) };
}

/** What is wrong with the id of an application; undefined when it may be one. */
export function wrongApplication(id: string): string | undefined {
  return isSnowflake(id)
    ? undefined
    : "The application's id has 17 to 20 digits: Application ID on its page General Information.";
}

/**
 * Asks Discord whose token it is.
 * @throws AppError: `revoked` when the token is refused, `temporary` or `rate-limited` when Discord
 * cannot be asked.
 */
export async function findApplication(
  options: Pick<DiscordOptions, "token" | "apiUrl">,
): Promise<string> {
  const client = createClient(options);
  try {
    return (await readApplication(client.rest)).id;
  } catch (cause) {
    const { code, message, advice } = discordError(cause, "read");
    const away =
      "Give its id instead: aftertalk discord invite --application ID (Application ID on its page General Information).";
    throw new AppError(code, `${message}.`, {
      cause,
      advice: code === "revoked" && advice !== undefined ? advice : away,
    });
  } finally {
    await client.destroy();
  }
}
