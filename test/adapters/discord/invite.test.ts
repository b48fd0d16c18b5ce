import { PermissionFlagsBits, PermissionsBitField } from "discord.js";
import { afterEach, describe, expect, test } from "vitest";
import {
  findApplication,
  invitation,
  permissions,
  privateThreadPermissions,
  wrongApplication,
} from "../../../adapters/discord/invite.ts";
import { AppError } from "../../../src/errors.ts";
import { type Discord, startDiscord } from "../../support/discord/index.ts";

const servers: Discord[] = [];
afterEach(async () => {
  for (const discord of servers.splice(0)) await discord.stop();
});

async function start(): Promise<Discord> {
  const discord = await startDiscord();
  servers.push(discord);
  return discord;
}

const applicationId = "197038439483310086";

describe("the link", () => {
  test("leads to Discord's page and asks for a bot with commands, in a server", () => {
    const url = new URL(invitation({ applicationId }).url);
    expect(`${url.origin}${url.pathname}`).toBe("https://discord.com/oauth2/authorize");
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: applicationId,
      scope: "bot applications.commands",
      permissions: expect.stringMatching(/^\d+$/),
      integration_type: "0",
    });
  });

  test("asks for the least permissions, each with its reason", () => {
    const { url, permissions: told } = invitation({ applicationId });
    const bits = new PermissionsBitField(BigInt(new URL(url).searchParams.get("permissions") ?? 0));
    expect(bits.toArray().sort()).toEqual([
      "AttachFiles",
      "CreatePublicThreads",
      "ReadMessageHistory",
      "SendMessages",
      "SendMessagesInThreads",
      "ViewAuditLog",
      "ViewChannel",
    ]);
    expect(told).toEqual(Object.values(permissions));
    for (const { to } of told) expect(to.length).toBeGreaterThan(20);
  });

  test("asks for Manage Threads only where private threads are chats", () => {
    const bitsOf = (privateThreads: boolean) => {
      const { url } = invitation({ applicationId, privateThreads });
      return BigInt(new URL(url).searchParams.get("permissions") ?? 0);
    };
    expect(bitsOf(false) & PermissionFlagsBits.ManageThreads).toBe(0n);
    expect(bitsOf(true)).toBe(bitsOf(false) | PermissionFlagsBits.ManageThreads);
    const { permissions: told } = invitation({ applicationId, privateThreads: true });
    expect(told).toContainEqual(privateThreadPermissions.ManageThreads);
  });
});

describe("an application's id", () => {
  test("is told wrong when it is none", () => {
    expect(wrongApplication(applicationId)).toBeUndefined();
    for (const id of ["", "aftertalk", "123", "1".repeat(21), `${applicationId}&scope=x`]) {
      expect(wrongApplication(id), id).toContain("Application ID");
    }
  });

  test("is asked of Discord with the token, in one call", async () => {
    const discord = await start();
    const { applicationId: id, token, apiUrl } = discord;
    expect(await findApplication({ token, apiUrl })).toBe(id);
    expect(discord.calls().map(({ method }) => method)).toEqual(["GET /applications/@me"]);
    expect(discord.problems).toEqual([]);
  });

  test.each([
    ["a token that is refused", "revoked", "DISCORD_TOKEN"],
    ["a Discord that breaks", "temporary", "--application ID"],
    ["a Discord that asks to wait", "rate-limited", "--application ID"],
  ] as const)("%s is told with what to do", async (what, code, advice) => {
    const discord = await start();
    const route = "GET /applications/@me";
    if (code === "revoked") discord.revokesToken();
    if (code === "temporary") discord.fail(route, { kind: "reset" });
    if (code === "rate-limited") discord.fail(route, { kind: "rate-limited", retryAfter: 30 });
    const { token, apiUrl } = discord;
    const error = await findApplication({ token, apiUrl }).catch((thrown: unknown) => thrown);
    if (!(error instanceof AppError)) throw new Error(`${what}: no error of ours`);
    expect(error).toMatchObject({ code, advice: expect.stringContaining(advice) });
    expect(`${error.message} ${error.advice}`).not.toContain(token);
  });
});
