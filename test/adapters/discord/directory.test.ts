import type { Client } from "discord.js";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { createClient } from "../../../adapters/discord/client.ts";
import { createFacts } from "../../../adapters/discord/directory/facts.ts";
import { languageOf } from "../../../adapters/discord/directory/languages.ts";
import { createLeadsChannels } from "../../../adapters/discord/directory/leads.ts";
import { createDirectory, type Directory } from "../../../adapters/discord/directory.ts";
import type { DiscordGuild } from "../../../adapters/discord/guilds.ts";
import type { DiscordOptions } from "../../../adapters/discord/options.ts";
import type { Person } from "../../support/discord/person.ts";
import { openedFor } from "./gateway-support.ts";
import { createStage, failure, type Stage, until } from "./stage.ts";

const MEMBER = "GET /guilds/:guild/members/:user";

let stage: Stage;
let acme: ReturnType<Stage["discord"]["guild"]>;
let guild: DiscordGuild;

beforeEach(async ({ onTestFinished }) => {
  stage = await createStage({ limits: "off" });
  onTestFinished(() => stage.discord.stop());
  acme = stage.discord.guild("Acme");
  guild = { ref: { platform: "discord", externalId: acme.id }, name: "Acme" };
});

/** The directory with Discord's gateway open, as it is in service. */
async function open(change: Partial<DiscordOptions> = {}) {
  const { client } = await openedFor(stage.discord);
  return { client, directory: createDirectory(client, stage.options(change)) };
}

const as = (person: Person, ...roles: readonly { readonly id: string }[]) => ({
  user: { id: person.id, username: person.name },
  member: { roles: roles.map(({ id }) => id) },
});
const roleOf = async (directory: Directory, ...args: Parameters<typeof as>) =>
  (await directory.userOf(guild, as(...args))).role;

describe("roles that are named", () => {
  const options = { team: ["Support 🛟"], leads: ["Vorstände"], admins: ["@boss"] };

  test("make agents, leads and admins; whatever else somebody may do does not", async () => {
    const [support, leads, boss, mods] = [
      acme.role("Support 🛟"),
      acme.role("Vorstände"),
      acme.role("Boss"),
      acme.role("Mods", { permissions: ["ManageThreads", "ManageGuild"] }),
    ];
    const kim = acme.person("Kim");
    const { directory } = await open(options);
    expect(await roleOf(directory, kim)).toBe("customer");
    expect(await roleOf(directory, kim, mods)).toBe("customer");
    expect(await roleOf(directory, kim, support)).toBe("agent");
    expect(await roleOf(directory, kim, support, leads)).toBe("lead");
    expect(await roleOf(directory, kim, leads, boss)).toBe("admin");
  });

  test("may be named by id", async () => {
    const support = acme.role("Support");
    const { directory } = await open({ team: [support.id] });
    expect(await roleOf(directory, acme.person("Kim"), support)).toBe("agent");
  });

  test("the server's owner is an admin, whoever else is named", async () => {
    acme.role("Boss");
    const { directory } = await open(options);
    expect(await roleOf(directory, acme.owner)).toBe("admin");
  });

  test("everyone is no role that makes anybody anything", async () => {
    const { directory } = await open({ team: ["@everyone", acme.id] });
    const kim = acme.person("Kim");
    expect(await roleOf(directory, kim, { id: acme.id })).toBe("customer");
  });

  test("of two with the same name none counts, and the log says what to do, once", async () => {
    const [one, two] = [acme.role("Support"), acme.role("support")];
    const kim = acme.person("Kim");
    const { directory } = await open({ team: ["SUPPORT"] });
    for (let count = 0; count < 3; count += 1) {
      expect(await roleOf(directory, kim, one, two)).toBe("customer");
    }
    const told = stage.logged.filter((line) => line.includes("several have this name"));
    expect(told).toHaveLength(1);
    expect(told[0]).toContain("DISCORD_TEAM");
    expect(told[0]).toContain("Copy ID");
  });

  test("as it is written goes before any other case", async () => {
    const [exact, other] = [acme.role("Support"), acme.role("SUPPORT")];
    const { directory } = await open({ team: ["Support"] });
    const kim = acme.person("Kim");
    expect(await roleOf(directory, kim, exact)).toBe("agent");
    expect(await roleOf(directory, kim, other)).toBe("customer");
  });

  test("one that is not there makes nobody anything, and the log says so, once", async () => {
    const { directory } = await open({ team: ["Suport"] });
    const kim = acme.person("Kim");
    expect(await roleOf(directory, kim)).toBe("customer");
    expect(await roleOf(directory, kim)).toBe("customer");
    expect(stage.logged.filter((line) => line.includes("nothing has this name"))).toHaveLength(1);
  });

  test("one that is made while running counts from then on", async () => {
    const { directory } = await open({ team: ["Support"] });
    const support = acme.role("Support");
    const kim = acme.person("Kim");
    await until(
      async () => (await roleOf(directory, kim, support)) === "agent",
      "the role is known",
    );
  });
});

test("a team's role that is deleted while running makes nobody anything any more", async () => {
  const support = acme.role("Support");
  const kim = acme.person("Kim");
  const { directory } = await open({ team: ["Support"] });
  expect(await roleOf(directory, kim, support)).toBe("agent");
  acme.removesRole(support);
  await until(
    async () => (await roleOf(directory, kim, support)) === "customer",
    "the role is gone",
  );
  expect(stage.logged.some((line) => line.includes("nothing has this name"))).toBe(true);
});

describe("without names, what somebody may do in the whole server", () => {
  test.each([
    ["ManageThreads", "agent"],
    ["ManageMessages", "agent"],
    ["ManageGuild", "admin"],
    ["Administrator", "admin"],
    ["SendMessages", "customer"],
  ] as const)("%s makes a(n) %s", async (permission, role) => {
    const mods = acme.role("Mods", { permissions: [permission] });
    const { directory } = await open();
    expect(await roleOf(directory, acme.person("Kim"), mods)).toBe(role);
  });
});

describe("people", () => {
  test("are called as the server calls them, speak what Discord says they chose, and may be bots", async () => {
    const { directory } = await open();
    const user = { id: "123456789012345678", username: "dana_1" };
    const named = { ...user, global_name: "Dana" };
    expect(await directory.userOf(guild, { user })).toEqual({
      externalId: user.id,
      name: "dana_1",
      role: "customer",
    });
    expect(await directory.userOf(guild, { user: named, locale: "zh-TW" })).toMatchObject({
      name: "Dana",
      locale: "zh-Hant",
    });
    const member = { roles: [], nick: "Dana of Acme" };
    const nicked = { user: { ...user, globalName: "D" }, member };
    expect((await directory.userOf(guild, nicked)).name).toBe("Dana of Acme");
    const bot = { user: { ...user, bot: true } };
    expect((await directory.userOf(guild, bot)).bot).toBe(true);
  });

  test("of several teams' roles the first one that somebody has is the team", async () => {
    const [first, second] = [acme.role("Billing"), acme.role("Technik")];
    const { directory } = await open({ team: ["Technik", "Billing"] });
    const kim = acme.person("Kim", { roles: [first] });
    const team = (...roles: string[]) => directory.teamOf(guild, kim.id, roles);
    expect(team(first.id)).toBe("Billing");
    expect(team(first.id, second.id)).toBe("Technik");
    expect(team()).toBeUndefined();
    await directory.member(guild, kim.id, "certain");
    expect(directory.teamOf(guild, kim.id)).toBe("Billing");
  });

  test("with one team there is no need to name it", async () => {
    const support = acme.role("Support");
    const { directory } = await open({ team: ["Support"] });
    expect(directory.teamOf(guild, "1", [support.id])).toBeUndefined();
  });

  test.each([
    ["en-US", "en"],
    ["zh-CN", "zh-Hans"],
    ["zh-TW", "zh-Hant"],
    ["ru", "ru"],
    ["es-419", "es"],
    ["", undefined],
    ["not a tag", undefined],
  ])("Discord's %s is %s", (locale, language) => {
    expect(languageOf(locale)).toBe(language);
  });
});

describe("members that Discord is asked for", () => {
  test("are asked for once a minute at most, at the same time once", async () => {
    const support = acme.role("Support");
    const kim = acme.person("Kim", { roles: [support] });
    const { directory } = await open({ team: ["Support"] });
    const asking = [1, 2, 3].map(() => directory.member(guild, kim.id, "certain"));
    const roles = { role: "agent", roleBy: "DISCORD_TEAM" };
    const expected = { externalId: kim.id, name: "Kim", ...roles };
    expect(await Promise.all(asking)).toEqual([expected, expected, expected]);
    stage.clock.advance(59_000);
    await directory.member(guild, kim.id, "certain");
    expect(stage.discord.calls(MEMBER)).toHaveLength(1);
  });

  test("T10 a role that was taken away counts after a minute at the latest", async () => {
    const leads = acme.role("Leads");
    const kim = acme.person("Kim", { roles: [leads] });
    const { directory } = await open({ leads: ["Leads"] });
    const roleNow = async () => (await directory.member(guild, kim.id, "certain"))?.role;
    expect(await roleNow()).toBe("lead");
    acme.takes(kim, leads);
    stage.clock.advance(60_000);
    expect(await roleNow()).toBe("customer");
  });

  test("T10 a permission that a role loses counts at once", async () => {
    const mods = acme.role("Mods", { permissions: ["ManageGuild"] });
    const kim = acme.person("Kim", { roles: [mods] });
    const { directory } = await open();
    expect(await roleOf(directory, kim, mods)).toBe("admin");
    acme.allows(mods);
    await until(
      async () => (await roleOf(directory, kim, mods)) === "customer",
      "the change is known",
    );
  });

  test("who has left is nobody", async () => {
    const kim = acme.person("Kim");
    acme.leaves(kim);
    const { directory } = await open();
    expect(await directory.member(guild, kim.id, "certain")).toBeUndefined();
  });

  test("when Discord cannot be asked, rights that have to be certain are not guessed", async () => {
    const leads = acme.role("Leads");
    const kim = acme.person("Kim", { roles: [leads] });
    const { directory } = await open({ leads: ["Leads"] });
    stage.discord.fail(MEMBER, { kind: "status", status: 503 });
    // What they are called is not made up either.
    expect(await directory.member(guild, kim.id, "at-least")).toEqual({
      externalId: kim.id,
      role: "customer",
      roleUnsure: true,
    });
    await directory.member(guild, kim.id, "certain");
    stage.clock.advance(61_000);
    stage.discord.fail(MEMBER, { kind: "status", status: 503 }, { times: 2 });
    const asking = directory.member(guild, kim.id, "certain");
    expect(await failure(asking)).toMatchObject({ code: "temporary" });
    expect(await directory.member(guild, kim.id, "at-least")).toEqual({
      externalId: kim.id,
      name: "Kim",
      role: "customer",
      roleUnsure: true,
    });
    // Asked again, nothing of it is unsure.
    const again = await directory.member(guild, kim.id, "certain");
    expect(again?.role).toBe("lead");
    expect(again).not.toHaveProperty("roleUnsure");
  });

  test("a bot is one", async () => {
    const bot = acme.person("Tickets", { bot: true });
    const { directory } = await open();
    expect(await directory.member(guild, bot.id, "certain")).toMatchObject({ bot: true });
  });
});

describe("a server of which another process hears", () => {
  /** No gateway is open: nothing is known but what Discord is asked for. */
  const quiet = (change: Partial<DiscordOptions> = {}) => {
    const client = createClient(stage.options());
    onTestFinished(() => client.destroy());
    return { client, directory: createDirectory(client, stage.options(change)) };
  };

  test("is asked for its roles, once a minute at most", async () => {
    const leads = acme.role("Leads");
    const kim = acme.person("Kim", { roles: [leads] });
    const { directory } = quiet({ leads: ["Leads"] });
    expect(await roleOf(directory, kim, leads)).toBe("customer");
    expect((await directory.member(guild, kim.id, "certain"))?.role).toBe("lead");
    expect(await roleOf(directory, kim, leads)).toBe("lead");
    await directory.member(guild, acme.owner.id, "certain");
    expect(stage.discord.calls("GET /guilds/:guild")).toHaveLength(1);
    acme.removesRole(leads);
    stage.clock.advance(60_000);
    expect(await roleOf(directory, kim, leads)).toBe("customer");
    expect((await directory.member(guild, kim.id, "certain"))?.role).toBe("customer");
  });

  test("is asked for its channels", async () => {
    const leads = acme.channel("leads");
    const { client } = quiet();
    const all = createLeadsChannels(createFacts(client, Date.now), {
      ...stage.options({ leadsChannels: ["leads"] }),
    });
    expect(await all.of(guild)).toBe(leads.id);
    expect(await all.of(guild)).toBe(leads.id);
    expect(stage.discord.calls("GET /guilds/:guild/channels")).toHaveLength(1);
  });
});

describe("the leads' channel", () => {
  const leadsOf = (client: Client, ...leadsChannels: string[]) =>
    createLeadsChannels(createFacts(client, Date.now), stage.options({ leadsChannels }));

  test("is found by name, in any case and with or without #, or by id", async () => {
    acme.category("leads");
    const leads = acme.channel("leads");
    const { client } = await open();
    for (const entry of ["leads", "#Leads", leads.id]) {
      expect(await leadsOf(client, entry).of(guild)).toBe(leads.id);
    }
  });

  test("is the first of several settings that is in this server", async () => {
    const other = stage.discord.guild("Other").channel("leads-elsewhere");
    const leads = acme.channel("leads");
    const { client } = await open();
    const all = leadsOf(client, other.id, "leads-elsewhere", "leads");
    expect(await all.of(guild)).toBe(leads.id);
  });

  test("of two with one name none is used", async () => {
    acme.channel("leads");
    acme.channel("leads");
    const { client } = await open();
    expect(await failure(leadsOf(client, "leads").of(guild))).toMatchObject({
      code: "unreachable",
    });
    expect(stage.logged.some((line) => line.includes("DISCORD_LEADS_CHANNEL"))).toBe(true);
  });

  test("is not taken for missing when Discord cannot be asked", async () => {
    const { client } = await open();
    const elsewhere = { ...guild, ref: { ...guild.ref, externalId: "123456789012345678" } };
    stage.discord.fail("GET /guilds/:guild/channels", { kind: "status", status: 500 });
    const asking = leadsOf(client, "leads").of(elsewhere);
    await expect(asking).rejects.not.toMatchObject({ code: "unreachable" });
    expect(await failure(leadsOf(client).of(elsewhere))).toMatchObject({ code: "unreachable" });
  });
});
