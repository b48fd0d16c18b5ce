/** The service as an operator sets it up for Discord: it starts, and says when it cannot. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { createStarter } from "../cli/support.ts";
import { startDiscord } from "../support/discord/index.ts";
import { type DiscordTown, startDiscordTown } from "../support/programs/discord-town.ts";
import { startSlack } from "../support/slack/index.ts";

const start = createStarter();
const folder = mkdtempSync(join(tmpdir(), "aftertalk-discord-start-"));
const towns: DiscordTown[] = [];
afterAll(async () => {
  for (const town of towns) await town.stop();
  rmSync(folder, { recursive: true, force: true });
});

const unused = { AFTERTALK_DATA_DIR: join(folder, "unused"), PORT: "0" };

test.concurrent("set up well it starts, and the doctor beside it finds nothing", async () => {
  const town = await startDiscordTown();
  towns.push(town);
  const settings = { ...town.settings, DISCORD_GUILDS: town.guild.id };
  const { code, stdout } = await start(["doctor"], settings).finished;
  expect(stdout).toContain("ok       Discord Acme, support channel #help: its threads are seen");
  expect(stdout).toMatch(/ok {7}Discord commands: \d+ are registered$/m);
  expect(stdout).not.toContain("problem");
  expect(code).toBe(0);
  expect(await town.service().end("SIGTERM")).toBe(0);
  expect(town.discord.problems).toEqual([]);
}, 120_000);

test.concurrent("a token that Discord refuses ends the start, with what to do", async () => {
  const discord = await startDiscord();
  const { code, stderr } = await start(["start"], {
    ...{ ...unused, DISCORD_API_URL: discord.apiUrl, DISCORD_TOKEN: "a.strange.token" },
  }).finished;
  await discord.stop();
  expect(code).toBe(1);
  expect(stderr).toContain("Connecting to Discord");
  expect(stderr).toContain("Discord refuses the bot's token");
  expect(stderr).toContain("What to do: Reset the token");
  expect(stderr).not.toContain("strange");
});

test.concurrent("several servers and none named end the start, with their names and ids", async () => {
  const discord = await startDiscord();
  const [acme, other] = [discord.guild("Acme"), discord.guild("Other")];
  const { code, stderr } = await start(["start"], {
    ...{ ...unused, DISCORD_API_URL: discord.apiUrl, DISCORD_TOKEN: discord.token },
  }).finished;
  await discord.stop();
  expect(code).toBe(2);
  expect(stderr).toContain(`Acme (${acme.id}), Other (${other.id})`);
  expect(stderr).toContain("DISCORD_GUILDS");
  expect(discord.gateway.identifies()).toBe(0);
});

test.concurrent("a Discord that cannot be reached is told while it is tried, and at the end", async () => {
  const { code, stderr } = await start(["start"], {
    ...{ ...unused, DISCORD_TOKEN: "12345678", DISCORD_API_URL: "http://127.0.0.1:1/api" },
  }).finished;
  expect(code).toBe(1);
  expect(stderr).toContain("Discord has not answered yet");
  expect(stderr).toMatch(/Discord cannot be reached: .*\nWhat to do: Check that this machine/);
}, 60_000);

test.concurrent("what is wrong with Slack ends a start that Discord has let in", async () => {
  const [discord, slack] = [await startDiscord(), await startSlack()];
  discord.guild("Acme");
  slack.workspace("Acme");
  const { code, stderr } = await start(["start"], {
    ...{ ...unused, DISCORD_API_URL: discord.apiUrl, DISCORD_TOKEN: discord.token },
    ...{ SLACK_API_URL: slack.apiUrl, SLACK_BOT_TOKEN: "xoxb-1", SLACK_APP_TOKEN: "xapp-1" },
  }).finished;
  await Promise.all([discord.stop(), slack.stop()]);
  expect(code).toBe(1);
  // Discord first: its library has to be loaded before Slack's.
  expect(stderr).toMatch(/Connecting to Discord\n.*Connecting to Slack\n.*Slack refuses/s);
  expect(discord.gateway.identifies()).toBe(0);
});

test("with nothing set up it says what can be", async () => {
  const { code, stderr } = await start(["start"], { ...unused, AFTERTALK_PLAYGROUND: "off" })
    .finished;
  expect(code).toBe(2);
  expect(stderr).toContain("There is no platform to work on.");
  expect(stderr).toMatch(/docs\/slack\.md.*docs\/discord\.md.*AFTERTALK_PLAYGROUND=on/);
});
