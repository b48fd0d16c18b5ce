import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Routes } from "discord.js";
import { afterEach, describe, expect, test } from "vitest";
import { createClient } from "../../../adapters/discord/client.ts";
import { registeredCommands } from "../../../adapters/discord/commands.ts";
import { hiddenFrom } from "../../../adapters/discord/doctor/commands.ts";
import { checkDiscord } from "../../../adapters/discord/doctor.ts";
import { permissions } from "../../../adapters/discord/invite.ts";
import type { DiscordOptions } from "../../../adapters/discord/options.ts";
import { commandCatalogue } from "../../../src/commands/catalogue.ts";
import { isTextKey, languageFor, languages, textsFor } from "../../../src/locales/index.ts";
import { createLog } from "../../../src/log.ts";
import type { Finding } from "../../../src/platform.ts";
import {
  type Discord,
  type DiscordOptions as EmulatorOptions,
  type GuildFace,
  startDiscord,
} from "../../support/discord/index.ts";

const emulators: Discord[] = [];
afterEach(async () => {
  for (const discord of emulators.splice(0)) await discord.stop();
});

const asked = Object.keys(permissions) as (keyof typeof permissions)[];

interface Town {
  readonly discord: Discord;
  readonly acme: GuildFace;
  readonly usual: DiscordOptions;
  /** The findings with these settings changed. */
  check(changes?: Partial<DiscordOptions>): Promise<Finding[]>;
}

/** A channel that only the bot and those who are let in can see. */
function forLeads(guild: GuildFace, name: string) {
  const channel = guild.channel(name);
  channel.denies("everyone", "ViewChannel");
  channel.allows("bot", "ViewChannel");
  return channel;
}

/** A server that is set up as docs/discord.md says. */
async function town(options: EmulatorOptions = {}): Promise<Town> {
  const discord = await startDiscord(options);
  emulators.push(discord);
  const acme = discord.guild("Acme", { permissions: asked });
  acme.channel("help");
  acme.forum("questions", { tags: ["Solved", "billing"] });
  acme.category("Tickets 🎫");
  forLeads(acme, "leads");
  acme.role("Support");
  acme.role("Support Leads", { permissions: ["ManageThreads"] });
  const usual = {
    ...{ token: discord.token, apiUrl: discord.apiUrl, guilds: [acme.id] },
    ...{ supportChannels: ["help", "questions", "tickets 🎫"], leadsChannels: ["leads"] },
    ...{ team: ["Support"], leads: ["support leads"], admins: [] },
    ...{ closeEmoji: ["✅"], solvedTags: ["solved"], closedNames: ["closed-"] },
    ...{ commands: commandCatalogue(), languages, log: createLog("silent") },
    say: (locale, key, values) =>
      isTextKey(key) ? textsFor(languageFor(locale)).text(key, values) : key,
  } satisfies DiscordOptions;
  const check = async (changes: Partial<DiscordOptions> = {}) => {
    const findings: Finding[] = [];
    const all = checkDiscord({ ...usual, ...changes }, discord.gateway.deaf ? 200 : undefined);
    for await (const finding of all) findings.push(finding);
    return findings;
  };
  return { discord, acme, usual, check };
}

/** What the first start does; afterwards these commands are told otherwise. */
async function registers({ discord, usual }: Town, commands = usual.commands): Promise<void> {
  const client = createClient(usual);
  const body = registeredCommands({ ...usual, commands });
  await client.rest.put(Routes.applicationCommands(discord.applicationId), { body });
  await client.destroy();
}

const bad = (findings: readonly Finding[]) => findings.filter(({ ok }) => !ok);
const told = (findings: readonly Finding[]) =>
  findings.map(({ check, says }) => `${check}: ${says}`).join("\n");

/** The one thing that is wrong, as an operator reads it. */
function onlyProblem(findings: readonly Finding[]): string {
  const [first, ...more] = bad(findings);
  expect(more).toEqual([]);
  if (first === undefined || first.ok) throw new Error("nothing is wrong");
  return `${first.check}: ${first.says} → ${first.mend}`;
}

describe("a Discord that is set up well", () => {
  test("has nothing wrong with the permissions of the invite link, and every part is told", async () => {
    const { discord, acme, check } = await town();
    const findings = await check();
    expect(bad(findings)).toEqual([]);
    const all = told(findings);
    expect(all).toContain("Discord bot token: it is accepted: Aftertalk");
    expect(all).toContain("Discord Message Content Intent: on");
    expect(all).toContain("Discord gateway: it answers");
    expect(all).toContain("Discord gateway: 1000 of 1000 connections left today");
    expect(all).toContain(`Discord servers: Acme (${acme.id})`);
    expect(all).toContain("Discord Acme, View Audit Log: it is known who archives");
    expect(all).toContain("Discord Acme, support channel #help: its threads are seen");
    expect(all).toContain(
      "Discord Acme, support forum #questions: its posts are seen; Solved closes",
    );
    expect(all).toContain("Discord Acme, support category Tickets 🎫: 0 ticket channels in it");
    expect(all).toContain("Discord Acme, leads' channel #leads: cases are told there");
    expect(all).toContain("Discord Acme, DISCORD_TEAM: @Support is there");
    expect(all).toContain("Discord Acme, DISCORD_LEADS: @Support Leads is there");
    expect(all).toContain("Discord DISCORD_ADMINS: none is set: whoever may manage the server");
    expect(all).toContain("Discord commands: none is registered yet");
    expect(all).toContain("Discord Acme, closing emoji: ✅");
    expect(discord.problems).toEqual([]);
  });

  test("only reads, and identifies nowhere", async () => {
    const { discord, check } = await town();
    await check();
    expect(discord.calls().every(({ method }) => method.startsWith("GET "))).toBe(true);
    expect(discord.gateway.identifies()).toBe(0);
  });

  test("may leave the message content alone, and is told what that means", async () => {
    const { check } = await town({ privileged: [] });
    const findings = await check();
    expect(bad(findings)).toEqual([]);
    expect(told(findings)).toContain("Message Content Intent: off: in chats only the number");
  });

  test("is told how many commands are registered, and when a start will change them", async () => {
    const place = await town();
    const check = () => place.check({ team: [] });
    await registers(place);
    expect(told(await check())).toMatch(/Discord commands: \d+ are registered$/m);
    await registers(place, place.usual.commands.slice(1));
    expect(told(await check())).toMatch(
      /\d+ are registered; the next start brings them up to date/,
    );
    expect(bad(await check())).toEqual([]);
  });
});

describe("a Discord that does not answer", () => {
  test("is told once, with where to look, and nothing more is asked", async () => {
    const closed = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => closed.once("listening", resolve));
    const { port } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));
    const { check } = await town();
    const findings = await check({ apiUrl: `http://127.0.0.1:${port}/api` });
    expect(findings).toHaveLength(1);
    expect(onlyProblem(findings)).toMatch(
      /could not be asked .* → .*firewall, proxy, DISCORD_API_URL/,
    );
  });

  test("but asks to wait is told with how long", async () => {
    const { discord, check } = await town();
    discord.fail("GET /users/@me/guilds", { kind: "rate-limited", retryAfter: 30 });
    expect(onlyProblem(await check())).toMatch(
      /Discord asked us to wait 3\d seconds → Run aftertalk doctor again in 3\d seconds\.$/,
    );
  });

  test("at its gateway alone is told apart", async () => {
    const { discord, check } = await town();
    discord.gateway.deaf = true;
    expect(onlyProblem(await check())).toContain(
      "Discord gateway: it does not answer, so that nothing would come in → Let this machine open WebSocket",
    );
  });
});

describe("a token", () => {
  test("that is refused ends the checks, with where to get another", async () => {
    const { discord, check } = await town();
    discord.revokesToken();
    const findings = await check();
    expect(findings).toHaveLength(1);
    expect(onlyProblem(findings)).toMatch(/^Discord bot token: .*refuses.* → Reset the token/);
  });

  test("with which one has connected too often today is told to wait", async () => {
    const { discord, check } = await town();
    for (let count = 0; count < 1000; count += 1) discord.gateway.identified();
    expect(onlyProblem(await check())).toMatch(
      /gateway: 0 of 1000 connections left today → Wait \d+ minutes/,
    );
  });

  test("of a bot in more servers than its shards were made for is told", async () => {
    const { check } = await town({ shards: 4 });
    expect(bad(await check({ shards: { ids: [0, 1], total: 4 } }))).toEqual([]);
    expect(onlyProblem(await check({ shards: { ids: [0], total: 1 } }))).toContain(
      "Discord recommends 4 shards, DISCORD_SHARDS has 1",
    );
  });
});

describe("a server", () => {
  test("that the bot is not in is told, with how to invite it", async () => {
    const { discord, check } = await town();
    const other = discord.guild("Other", { bot: false });
    const problem = onlyProblem(await check({ guilds: [other.id] }));
    expect(problem).toContain(
      `the bot is not in ${other.id} → Open the link of: aftertalk discord`,
    );
  });

  test("is needed: a bot that is in none is told how to be invited", async () => {
    const { acme, check } = await town();
    acme.removesBot();
    expect(onlyProblem(await check({ guilds: [] }))).toContain(
      "Discord servers: the bot is in none → Open the link",
    );
  });

  test("of a bot that anybody can invite should be named", async () => {
    const { acme, check } = await town();
    expect(onlyProblem(await check({ guilds: [] }))).toMatch(
      new RegExp(
        `anybody can invite the bot .* → Set DISCORD_GUILDS=${acme.id}, or make the bot private`,
      ),
    );
  });

  test("has to be named when there are several, and the others are told", async () => {
    const { discord, acme, check } = await town();
    const other = discord.guild("Other", { permissions: asked });
    const problem = onlyProblem(await check({ guilds: [] }));
    expect(problem).toContain(`Acme (${acme.id}) and Other (${other.id})`);
    expect(problem).toContain("DISCORD_GUILDS");
    const findings = await check();
    expect(bad(findings)).toEqual([]);
    expect(told(findings)).toContain(
      `in Other (${other.id}) too, which DISCORD_GUILDS does not name`,
    );
  });

  test("whose audit log is closed to the bot is told what that means", async () => {
    const { acme, check } = await town();
    acme.botMay(...asked.filter((name) => name !== "ViewAuditLog"));
    expect(onlyProblem(await check())).toMatch(
      /View Audit Log: it is missing.*asks nobody → Server Settings, Roles, Aftertalk,/,
    );
  });

  test("that lets the bot do everything is fine", async () => {
    const { acme, check } = await town();
    acme.channel("closed").denies("everyone", "ViewChannel");
    acme.botMay("Administrator");
    expect(bad(await check({ supportChannels: ["closed"] }))).toEqual([]);
  });
});

describe("a channel", () => {
  test("that is not there, in the names of both settings", async () => {
    const { acme, check } = await town();
    const nowhere = "197038439483310086";
    const findings = bad(
      await check({ supportChannels: ["halp", nowhere], leadsChannels: ["leeds"] }),
    );
    expect(findings).toMatchObject([
      {
        check: "Discord support channel #halp",
        says: "it is not found",
        mend: expect.stringContaining("DISCORD_SUPPORT_CHANNELS"),
      },
      { check: `Discord support channel ${nowhere}` },
      {
        check: `Discord ${acme.name}, leads' channel`,
        says: "#leeds is not found",
        mend: expect.stringContaining("DISCORD_LEADS_CHANNEL"),
      },
    ]);
  });

  test("is found by its id, and by its name in any case", async () => {
    const { acme, check } = await town();
    const help = acme.channel("hilfe");
    const board = forLeads(acme, "board");
    const found = await check({ supportChannels: [help.id, "HILFE"], leadsChannels: [board.id] });
    expect(bad(found)).toEqual([]);
  });

  test.each([
    ["everyone", "View Channels, Send Messages in Threads and Read Message History"],
    ["bot", "View Channels, Send Messages in Threads and Read Message History"],
  ] as const)(
    "that is closed to the bot, by %s, is told with the way to open it",
    async (whom, lacks) => {
      const { acme, check } = await town();
      acme
        .channel("hilfe")
        .denies(whom, "ViewChannel", "SendMessagesInThreads", "ReadMessageHistory", "AddReactions");
      expect(onlyProblem(await check({ supportChannels: ["hilfe"] }))).toBe(
        `Discord Acme, support channel #hilfe: the bot lacks ${lacks} → Edit Channel, Permissions: add the role Aftertalk and allow ${lacks}.`,
      );
    },
  );

  test("that lets the bot in, against what it is for everyone, is fine", async () => {
    const { acme, check } = await town();
    const board = acme.channel("board");
    board.denies("everyone", "ViewChannel", "SendMessages", "AttachFiles");
    board.allows("bot", "ViewChannel", "SendMessages", "AttachFiles");
    expect(bad(await check({ leadsChannels: ["board"] }))).toEqual([]);
  });

  test("for leads in which no picture can be shared is told", async () => {
    const { acme, check } = await town();
    forLeads(acme, "board").denies("bot", "AttachFiles");
    expect(onlyProblem(await check({ leadsChannels: ["board"] }))).toContain(
      "leads' channel #board: the bot lacks Attach Files →",
    );
  });

  test("for leads in which no thread can be started works, and it is told what is lost", async () => {
    const { acme, check } = await town();
    forLeads(acme, "board").denies("bot", "CreatePublicThreads");
    expect(onlyProblem(await check({ leadsChannels: ["board"] }))).toMatch(
      /leads' channel #board: what happens in a case stands in the channel itself, because the bot lacks Create Public Threads →/,
    );
  });

  test("for leads that customers can read is told", async () => {
    const { acme, check } = await town();
    acme.channel("board");
    expect(onlyProblem(await check({ leadsChannels: ["board"] }))).toContain(
      "leads' channel #board: everybody in the server can read it",
    );
  });

  test("for leads whose name several have stands for none", async () => {
    const { acme, check } = await town();
    acme.channel("leads");
    expect(onlyProblem(await check())).toContain("several channels are called leads");
  });

  test("that is missing altogether means that nobody is asked", async () => {
    const { check } = await town();
    const problem = onlyProblem(await check({ supportChannels: [], leadsChannels: [] }));
    expect(problem).toContain("no chat is followed up → Set DISCORD_SUPPORT_CHANNELS");
  });

  test("whose private threads are chats too takes one more permission, which is told", async () => {
    const { acme, check } = await town();
    expect(told(await check())).toContain("private ones only where the bot is added");
    acme.botMay(...asked, "ManageThreads");
    expect(told(await check())).toContain("its threads are seen, private ones too");
  });

  test("that is a forum without a tag that says solved is told, and that is no problem", async () => {
    const { check } = await town();
    const findings = await check({ solvedTags: ["erledigt"] });
    expect(bad(findings)).toEqual([]);
    expect(told(findings)).toContain("none of its tags says solved (DISCORD_SOLVED_TAGS)");
  });
});

describe("a category of tickets", () => {
  test("whose ticket bot leaves us out is told, with the channels", async () => {
    const { acme, check } = await town();
    const support = acme.category("Support");
    for (let number = 1; number <= 7; number += 1) {
      acme.channel(`ticket-${number}`, { category: support }).denies("everyone", "ViewChannel");
    }
    acme.channel("ticket-8", { category: support });
    const findings = await check({ supportChannels: ["Support"] });
    expect(onlyProblem(findings)).toMatch(
      /cannot do its work in #ticket-1, .*#ticket-5 and 2 more → .*ticket bot's support roles/,
    );
    expect(told(findings)).toContain("support category Support: 8 ticket channels in it");
  });

  test("that is full is told: no ticket can be opened", async () => {
    const { acme, check } = await town();
    const support = acme.category("Support");
    for (let number = 0; number < 50; number += 1) {
      acme.channel(`ticket-${number}`, { category: support });
    }
    expect(onlyProblem(await check({ supportChannels: ["Support"] }))).toContain(
      "it is full (50 channels): no ticket can be opened",
    );
  });
});

describe("a role", () => {
  test("that is not there is told, for each setting", async () => {
    const { check } = await town();
    const findings = bad(await check({ team: ["Suport"], leads: ["Leeds"], admins: ["123"] }));
    expect(findings).toMatchObject([
      { check: "Discord DISCORD_TEAM", says: "there is no role Suport" },
      { check: "Discord DISCORD_LEADS", says: "there is no role Leeds" },
      { check: "Discord DISCORD_ADMINS", says: "there is no role 123" },
    ]);
  });

  test("whose name several have counts for nobody, and is told so", async () => {
    const { acme, check } = await town();
    acme.role("Support");
    expect(onlyProblem(await check())).toContain(
      "Discord Acme, DISCORD_TEAM: 2 roles are called Support, and none of them counts",
    );
  });

  test("of one server only is enough where there are several", async () => {
    const { discord, acme, check } = await town();
    const other = discord.guild("Other", { permissions: asked });
    forLeads(other, "leads");
    expect(bad(await check({ guilds: [acme.id, other.id] }))).toEqual([]);
  });

  test("of leads that does not find the commands is told, with both ways to mend it", async () => {
    const place = await town();
    await registers(place);
    const findings = bad(await place.check());
    expect(findings).toMatchObject([
      {
        check: "Discord Acme, commands",
        says: expect.stringMatching(
          /^@Support does not find \/close, "Close and ask for feedback"/,
        ),
        mend: expect.stringMatching(/Integrations.*add the role Support.*Manage Threads/),
      },
    ]);
    const leads = bad(await place.check({ team: [], leads: ["Support"] }));
    expect(leads).toMatchObject([{ says: expect.stringContaining("does not find /nps, ") }]);
    expect(JSON.stringify(leads)).not.toContain("/feedback");
  });
});

test("a bot that was invited without its commands is told how to mend that", async () => {
  const place = await town();
  await registers(place);
  place.discord.fail("GET /applications/:application/guilds/:guild/commands/permissions", {
    ...{ kind: "refused", status: 403, code: 50001 },
  });
  expect(onlyProblem(await place.check())).toContain(
    "commands: the bot was invited without commands → Open the link",
  );
});

test("what is set for a role under Integrations comes before what a command asks for", () => {
  const role = { id: "1", name: "Support", permissions: 0n };
  const server = { id: "9", roles: [{ id: "9", name: "@everyone", permissions: 0n }, role] };
  const nps = { id: "5", name: "nps", type: 1, default_member_permissions: "17179869184" };
  const all = { id: "6", name: "feedback", type: 1, default_member_permissions: null };
  const rule = (permission: boolean, type = 1) => [
    { id: "5", permissions: [{ id: "1", type, permission }] },
  ];
  expect(hiddenFrom(role, server, [nps, all], [])).toEqual([nps]);
  expect(hiddenFrom(role, server, [nps], rule(true))).toEqual([]);
  expect(hiddenFrom(role, server, [nps], rule(true, 2))).toEqual([nps]);
  const manager = { ...role, permissions: 1n << 34n };
  expect(hiddenFrom(manager, { ...server, roles: [manager] }, [nps], [])).toEqual([]);
  expect(hiddenFrom(manager, { ...server, roles: [manager] }, [nps], rule(false))).toEqual([nps]);
});

test("a closing emoji of the server's own that is not there is told", async () => {
  const { check } = await town();
  expect(onlyProblem(await check({ closeEmoji: ["✅", "done_parrot"] }))).toContain(
    "there is no :done_parrot: in this server",
  );
});

test("no token and no name of a person is ever told", async () => {
  const { discord, acme, check } = await town();
  acme.person("Kim");
  const before = await check();
  discord.revokesToken();
  const all = JSON.stringify([...before, ...(await check())]);
  for (const secret of [discord.token, "Kim"]) expect(all).not.toContain(secret);
});
