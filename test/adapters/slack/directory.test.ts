import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { personOf } from "../../../adapters/slack/directory/people.ts";
import { createDirectory } from "../../../adapters/slack/directory.ts";
import type { SlackOptions, SlackWorkspace } from "../../../adapters/slack/workspace.ts";
import { openWorkspaces } from "../../../adapters/slack/workspaces.ts";
import { workspace as fixture } from "./desk.ts";
import { createStage, failure, type Stage } from "./stage.ts";

const MINUTE = 60_000;

let stage: Stage;
let acme: ReturnType<Stage["slack"]["workspace"]>;
let home: SlackWorkspace;

beforeEach(async () => {
  stage = await createStage();
  acme = stage.slack.workspace("Acme");
  const { all } = await openWorkspaces(stage.options({ botTokens: [acme.botToken] }), []);
  if (all[0] === undefined) throw new Error("there is a workspace");
  home = all[0];
});
afterEach(async () => {
  await stage.slack.stop();
});

/** With ten seconds of budget, a slow machine changes nothing. */
const directory = (change: Partial<SlackOptions> = {}, budgetMs = 10_000) =>
  createDirectory(stage.options(change), budgetMs);

describe("who somebody is", () => {
  test("name, language and time zone are Slack's", async () => {
    const who = acme.person("Dana", { locale: "zh-TW", timeZone: "Asia/Taipei" });
    const { user } = await directory().member(home, { id: who.id }, "certain");
    expect(user).toEqual({
      externalId: who.id,
      name: "dana",
      ...{ role: "agent", roleBy: "SLACK_TEAM" },
      locale: "zh-TW",
      timeZone: "Asia/Taipei",
    });
  });

  test("bots are bots", async () => {
    const bot = acme.person("Jira", { bot: true });
    expect(await directory().member(home, { id: bot.id }, "certain")).toMatchObject({
      user: { bot: true },
    });
  });

  test("Slack is asked once, however many ask at the same time, and again after ten minutes", async () => {
    const dana = acme.person("Dana");
    const all = directory();
    const ask = () => all.member(home, { id: dana.id }, "certain");
    await Promise.all(Array.from({ length: 20 }, ask));
    await ask();
    expect(stage.slack.calls("users.info")).toHaveLength(1);
    stage.clock.advance(10 * MINUTE);
    await ask();
    expect(stage.slack.calls("users.info")).toHaveLength(2);
  });

  test("what changed is asked again at once", async () => {
    const dana = acme.person("Dana");
    const all = directory();
    await all.member(home, { id: dana.id }, "certain");
    dana.changes({ locale: "ru-RU" });
    all.forgetUser(home, dana.id);
    const { user } = await all.member(home, { id: dana.id }, "certain");
    expect(user.locale).toBe("ru-RU");
  });
});

describe("roles", () => {
  test("lists, groups by handle and id, the home workspace, and the workspace's admins", async () => {
    const [kim, lee, ada, dana] = ["Kim", "Lee", "Ada", "Dana"].map((name) => acme.person(name));
    const owner = acme.person("Olga", { owner: true });
    const leads = acme.userGroup("leads", [lee ?? owner]);
    const team = acme.userGroup("support", [kim ?? owner]);
    const roleOf = async (who: typeof kim, change: Partial<SlackOptions>) =>
      (await directory(change).member(home, { id: who?.id ?? "" }, "certain")).user.role;

    const named = { team: ["@support"], leads: [leads.id], admins: [ada?.id ?? ""] };
    expect(await roleOf(kim, named)).toBe("agent");
    expect(await roleOf(lee, named)).toBe("lead");
    expect(await roleOf(ada, named)).toBe("admin");
    expect(await roleOf(dana, named)).toBe("customer");
    expect(await roleOf(owner, named)).toBe("customer");
    expect(await roleOf(owner, { team: [team.id] })).toBe("admin");
    expect(await roleOf(dana, { team: ["home"] })).toBe("agent");
    expect(await roleOf(dana, { leads: ["home"] })).toBe("lead");
  });

  test("T3 the same person is a customer of one workspace and at home in another", async () => {
    const partner = stage.slack.workspace("Partner");
    acme.channel("shared", { sharedWith: [partner] });
    const dana = partner.person("Dana", { admin: true });
    const tokens = [acme.botToken, partner.botToken];
    const { all } = await openWorkspaces(stage.options({ botTokens: tokens }), []);
    const everywhere = directory();
    const roles = await Promise.all(
      all.map(
        async (each) => (await everywhere.member(each, { id: dana.id }, "certain")).user.role,
      ),
    );
    expect(roles).toEqual(["customer", "admin"]);
  });

  test("somebody whom Slack does not show us is a customer, by the name of the payload", async () => {
    const who = { id: "UHIDDEN", name: "Gus" };
    const { user } = await directory().member(home, who, "certain");
    expect(user).toEqual({ externalId: "UHIDDEN", name: "Gus", role: "customer" });
  });

  test("the user group is the team's name when there are several", async () => {
    const kim = acme.person("Kim");
    const dana = acme.person("Dana");
    acme.userGroup("billing", [kim]);
    acme.userGroup("technical", []);
    const teamOf = async (id: string, team: string[]) =>
      (await directory({ team }).member(home, { id }, "certain")).team;
    expect(await teamOf(kim.id, ["@billing", "@technical"])).toBe("billing");
    expect(await teamOf(kim.id, ["@billing"])).toBeUndefined();
    expect(await teamOf(dana.id, ["@billing", "@technical"])).toBeUndefined();
  });
});

describe("rights that were taken away", () => {
  const roleIn = async (all: ReturnType<typeof directory>, id: string) =>
    (await all.member(home, { id }, "certain")).user.role;

  test("T10 a lead who was taken out of the group is none at the next use after the event", async () => {
    const lee = acme.person("Lee");
    const group = acme.userGroup("leads", [lee]);
    const all = directory({ leads: ["@leads"] });
    expect(await roleIn(all, lee.id)).toBe("lead");
    group.setMembers([]);
    all.forgetGroups(home);
    expect(await roleIn(all, lee.id)).toBe("agent");
  });

  test("T10 without the event it takes a minute at most", async () => {
    const lee = acme.person("Lee");
    const olga = acme.person("Olga", { admin: true });
    const group = acme.userGroup("leads", [lee]);
    const all = directory({ leads: ["@leads"] });
    expect(await roleIn(all, lee.id)).toBe("lead");
    expect(await roleIn(all, olga.id)).toBe("admin");
    group.setMembers([]);
    olga.changes({ admin: false });
    stage.clock.advance(MINUTE);
    expect(await roleIn(all, lee.id)).toBe("agent");
    expect(await roleIn(all, olga.id)).toBe("agent");
  });

  test("T10 the same where everybody at home may read: whoever leaves is nobody after a minute", async () => {
    const lee = acme.person("Lee");
    const all = directory({ leads: ["home"] });
    expect(await roleIn(all, lee.id)).toBe("lead");
    lee.changes({ deactivated: true });
    stage.clock.advance(MINUTE);
    expect(await roleIn(all, lee.id)).toBe("customer");
  });

  test("T10 a change during the asking is not covered by the older answer", async () => {
    const lee = acme.person("Lee");
    const group = acme.userGroup("leads", [lee]);
    const all = directory({ leads: ["@leads"] });
    stage.slack.fail("usergroups.list", { kind: "slow", ms: 30 });
    const early = roleIn(all, lee.id);
    group.setMembers([]);
    all.forgetGroups(home);
    await early;
    expect(await roleIn(all, lee.id)).toBe("agent");
  });

  test("T10 a right that cannot be checked any more is not given", async () => {
    const olga = acme.person("Olga", { admin: true });
    const all = directory();
    expect(await roleIn(all, olga.id)).toBe("admin");
    stage.clock.advance(MINUTE);
    stage.slack.fail("users.info", { kind: "status", status: 503 }, { times: 2 });
    expect(await failure(all.member(home, { id: olga.id }, "certain"))).toMatchObject({
      code: "temporary",
    });
    expect(await all.member(home, { id: olga.id }, "at-least")).toMatchObject({
      user: { role: "customer", name: "olga" },
    });
  });
});

describe("when Slack cannot be asked", () => {
  test("a silent Slack costs no more than the budget: words and taps count, roles are not guessed", async () => {
    const dana = acme.person("Dana");
    const all = directory({}, 50);
    stage.slack.fail("users.info", { kind: "silent" }, { times: 10 });
    const who = { id: dana.id, name: "dana.d" };
    expect(await all.member(home, who, "at-least")).toEqual({
      user: { externalId: dana.id, name: "dana.d", role: "customer", roleUnsure: true },
    });
    expect(await failure(all.member(home, who, "certain"))).toMatchObject({ code: "temporary" });
  });

  test("whoever can wait hears of a slow Slack what is true", async () => {
    const dana = acme.person("Dana");
    const all = directory({}, 50);
    stage.slack.fail("users.info", { kind: "slow", ms: 500 });
    expect(await failure(all.member(home, { id: dana.id }, "certain"))).toMatchObject({
      code: "temporary",
    });
    expect(await all.member(home, { id: dana.id }, "awaited")).toMatchObject({
      user: { name: "dana", role: "agent" },
    });
  });

  test("a role that the lists settle needs no answer of Slack's", async () => {
    const ada = acme.person("Ada");
    stage.slack.fail("users.info", { kind: "reset" }, { times: 10 });
    const all = directory({ admins: [ada.id] });
    expect(await all.member(home, { id: ada.id }, "certain")).toMatchObject({
      user: { role: "admin" },
    });
  });

  test("old names serve while Slack is limited, and it is left alone until it may be asked", async () => {
    const dana = acme.person("Dana");
    const all = directory();
    const ask = () => all.member(home, { id: dana.id, name: "x" }, "at-least");
    await ask();
    stage.clock.advance(10 * MINUTE);
    stage.slack.fail("users.info", { kind: "rate-limited", retryAfter: 30 });
    expect((await ask()).user.name).toBe("dana");
    expect((await ask()).user.name).toBe("dana");
    expect(stage.slack.calls("users.info")).toHaveLength(2);
    stage.clock.advance(30_000);
    await ask();
    expect(stage.slack.calls("users.info")).toHaveLength(3);
  });

  test("T10 user groups that may not be read make nobody a lead, and the missing scope is named", async () => {
    const lee = acme.person("Lee");
    acme.userGroup("leads", [lee]);
    acme.grant(["users:read"]);
    const all = directory({ leads: ["@leads"] });
    const error = await failure(all.member(home, { id: lee.id }, "certain"));
    expect(error.message).toContain("usergroups:read");
    expect((await all.member(home, { id: lee.id }, "at-least")).user.role).toBe("agent");
  });
});

describe("guests and organisations", () => {
  const user = { id: "U1", team_id: "TACME", name: "gus" };
  const org = fixture("EORG", { teams: ["TONE", "TTWO"] });

  test.each([
    ["a full member", user, fixture("TACME"), true],
    ["a multi-channel guest", { ...user, is_restricted: true }, fixture("TACME"), false],
    ["a single-channel guest", { ...user, is_ultra_restricted: true }, fixture("TACME"), false],
    ["a stranger of Slack Connect", { ...user, is_stranger: true }, fixture("TACME"), false],
    ["another company's person", { ...user, team_id: "TPARTNER" }, fixture("TACME"), false],
    ["somebody who left", { ...user, deleted: true }, fixture("TACME"), false],
    [
      "F18 a member of one of the organisation's workspaces",
      { ...user, team_id: "TTWO" },
      org,
      true,
    ],
    [
      "F18 a member of the organisation",
      { ...user, team_id: "TX", enterprise_user: { enterprise_id: "EORG", teams: ["TX"] } },
      org,
      true,
    ],
    [
      "F18 a member of this workspace whose first workspace is another one",
      {
        ...user,
        team_id: "TX",
        enterprise_user: { enterprise_id: "EORG", teams: ["TX", "TACME"] },
      },
      fixture("TACME"),
      true,
    ],
  ])("%s", (_name, slackUser, workspace, expected) => {
    expect(personOf(slackUser, workspace).home).toBe(expected);
  });

  test("languages and zones that nobody knows are left out", () => {
    const odd = { ...user, locale: "not a tag", tz: "Mars/Base" };
    expect(personOf(odd, fixture("TACME")).details).toEqual({});
  });
});
