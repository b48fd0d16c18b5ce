import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { checkSlack } from "../../../adapters/slack/doctor.ts";
import { ourOptionalScopes, ourScopes } from "../../../adapters/slack/manifest/permissions.ts";
import type { SlackOptions } from "../../../adapters/slack/workspace.ts";
import { createLog } from "../../../src/log.ts";
import type { Finding } from "../../../src/platform.ts";
import { type Slack, startSlack, type Workspace } from "../../support/slack/index.ts";

const servers: Slack[] = [];
afterEach(async () => {
  for (const slack of servers.splice(0)) await slack.stop();
});

interface Town {
  readonly slack: Slack;
  readonly acme: Workspace;
  /** The findings with these settings changed. */
  check(changes?: Partial<SlackOptions>): Promise<Finding[]>;
}

/** A workspace that is set up as docs/slack.md says. */
async function town(): Promise<Town> {
  const slack = await startSlack();
  servers.push(slack);
  const acme = slack.workspace("Acme", { scopes: ourScopes });
  const kim = acme.person("Kim");
  acme.userGroup("support", [kim]);
  acme.channel("help");
  acme.channel("leads", { private: true });
  const usual = {
    ...{ botTokens: [acme.botToken], appToken: slack.appToken, apiUrl: slack.apiUrl },
    ...{ supportChannels: ["#help"], leadsChannels: ["leads"], closeEmoji: ["white_check_mark"] },
    ...{ team: ["@support"], leads: [kim.id], admins: [] },
    say: (_locale, key) => key,
    log: createLog("silent"),
  } satisfies SlackOptions;
  const check = async (changes: Partial<SlackOptions> = {}) => {
    const findings: Finding[] = [];
    for await (const finding of checkSlack({ ...usual, ...changes })) findings.push(finding);
    return findings;
  };
  return { slack, acme, check };
}

const bad = (findings: readonly Finding[]) => findings.filter(({ ok }) => !ok);

/** The one thing that is wrong, as an operator reads it. */
function onlyProblem(findings: readonly Finding[]): string {
  const [first, ...more] = bad(findings);
  expect(more).toEqual([]);
  if (first === undefined || first.ok) throw new Error("nothing is wrong");
  return `${first.check}: ${first.says} → ${first.mend}`;
}

describe("a Slack that is set up well", () => {
  test("has nothing wrong, and every part is told", async () => {
    const { slack, acme, check } = await town();
    const findings = await check();
    expect(bad(findings)).toEqual([]);
    const told = findings.map(({ check: name, says }) => `${name}: ${says}`).join("\n");
    expect(told).toContain(`Slack bot token: it is accepted: Acme, ${acme.url}`);
    expect(told).toContain("Slack Acme, scopes: all there");
    expect(told).toContain("Slack Socket Mode: the app token opens a connection");
    expect(told).toContain("Slack Acme, support channel #help: aftertalk is in it");
    expect(told).toContain("Slack Acme, leads' channel #leads: aftertalk is in it");
    expect(told).toContain("Slack SLACK_TEAM: @support, 1 person");
    expect(told).toContain("Slack Acme, closing emoji: :white_check_mark:");
    expect(slack.problems).toEqual([]);
  });

  test("needs no more scopes than the manifest asks for, and only reads", async () => {
    const { slack, check } = await town();
    await check();
    const methods = [...new Set(slack.calls().map(({ method }) => method))].sort();
    expect(methods).toEqual([
      "apps.connections.open",
      "auth.test",
      "bots.info",
      "conversations.list",
      "emoji.list",
      "usergroups.list",
      "users.info",
    ]);
  });

  test("over HTTP is told what only Slack's first call can tell", async () => {
    const { check, slack } = await town();
    const findings = await check({ signingSecret: slack.signingSecret });
    const http = findings.find(({ check: name }) => name === "Slack over HTTP");
    expect(http).toMatchObject({ ok: true, says: expect.stringContaining("/slack/events") });
  });
});

describe("a token", () => {
  test("that is refused ends the checks of its own workspace only", async () => {
    const { slack, acme, check } = await town();
    const other = slack.workspace("Other", { scopes: ourScopes });
    other.revoke();
    const findings = await check({ botTokens: [other.botToken, acme.botToken] });
    expect(onlyProblem(findings)).toMatch(
      /^Slack bot token 1: .*token_revoked.* → .*SLACK_BOT_TOKEN/,
    );
    expect(JSON.stringify(findings)).toContain("support channel #help");
  });

  test("that lacks scopes is told which, what for and how to add them", async () => {
    const { acme, check } = await town();
    acme.grant(ourScopes.filter((scope) => scope !== "reactions:read" && scope !== "files:write"));
    const problem = onlyProblem(await check());
    expect(problem).toContain("missing: reactions:read (to see the reaction that closes a chat)");
    expect(problem).toContain("files:write");
    expect(problem).toContain("OAuth & Permissions");
    expect(problem).toContain("Reinstall to Workspace");
  });

  test("that has more scopes than needed is told so, and that is no problem", async () => {
    const { acme, check } = await town();
    acme.grant([...ourScopes, "chat:write.public"]);
    const findings = await check();
    expect(bad(findings)).toEqual([]);
    expect(JSON.stringify(findings)).toContain("not needed: chat:write.public");
  });

  test("without the optional scopes is fine, and what it is for is told", async () => {
    const { acme, check } = await town();
    const scopes = async () => (await check()).find(({ check: name }) => name.endsWith("scopes"));
    expect(await scopes()).toMatchObject({
      ok: true,
      says: expect.stringMatching(
        /^all there; dnd:read is not given.*paused\); users:read.email is not given.*another platform/,
      ),
    });
    acme.grant([...ourScopes, ...ourOptionalScopes]);
    expect(await scopes()).toMatchObject({ ok: true, says: "all there" });
  });

  test("for sockets that is refused is told how to make another", async () => {
    const { check } = await town();
    const problem = onlyProblem(await check({ appToken: "xapp-1-A0AFTERTALK-wrong" }));
    expect(problem).toContain("invalid_auth");
    expect(problem).toContain("connections:write");
  });

  test("for sockets of another app is noticed: nothing would ever arrive", async () => {
    const { slack, check } = await town();
    const open = slack.fail("apps.connections.open", { kind: "refused", error: "invalid_auth" });
    const findings = await check({ appToken: "xapp-1-A0OTHER-1-x" });
    open();
    const says = bad(findings).map((finding) => finding.says);
    expect(says).toContainEqual(
      "SLACK_APP_TOKEN is of the app A0OTHER, the bot token of A0AFTERTALK",
    );
  });
});

describe("a Slack that does not answer", () => {
  test("is told once, with where to look, and nothing more is asked", async () => {
    const closed = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => closed.once("listening", resolve));
    const { port } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));
    const { check } = await town();
    const findings = await check({ apiUrl: `http://127.0.0.1:${port}/api/` });
    expect(findings).toHaveLength(1);
    expect(onlyProblem(findings)).toMatch(
      /could not be asked .* → .*firewall, proxy, SLACK_API_URL/,
    );
  });

  test("but asks to wait is told with how long", async () => {
    const { slack, check } = await town();
    slack.fail("conversations.list", { kind: "rate-limited", retryAfter: 30 });
    expect(onlyProblem(await check())).toContain(
      "Slack asked us to wait 30 seconds → Run aftertalk doctor again in 30 seconds.",
    );
  });
});

describe("a channel", () => {
  test("that is not there, in the names of both settings", async () => {
    const { check } = await town();
    const findings = bad(await check({ supportChannels: ["#halp"], leadsChannels: ["C0NOWHERE"] }));
    expect(findings).toMatchObject([
      {
        check: "Slack support channel #halp",
        mend: expect.stringContaining("SLACK_SUPPORT_CHANNELS"),
      },
      {
        check: "Slack leads' channel C0NOWHERE",
        mend: expect.stringContaining("SLACK_LEADS_CHANNEL"),
      },
    ]);
  });

  test("that aftertalk is not in is told with what to type there", async () => {
    const { acme, check } = await town();
    acme.channel("help-eu", { bot: false });
    expect(onlyProblem(await check({ supportChannels: ["help-eu"] }))).toContain(
      "aftertalk is not in it → Type in #help-eu: /invite @aftertalk",
    );
  });

  test("that is archived is told, by name and by id", async () => {
    const { acme, check } = await town();
    const old = acme.channel("old-help");
    old.archive();
    for (const entry of ["#old-help", old.id]) {
      expect(onlyProblem(await check({ supportChannels: [entry] }))).toContain(
        "it is archived → Unarchive it, or take it out of SLACK_SUPPORT_CHANNELS.",
      );
    }
  });

  test("that is missing altogether means that nobody is asked", async () => {
    const { check } = await town();
    const problem = onlyProblem(await check({ supportChannels: [], leadsChannels: [] }));
    expect(problem).toContain("no chat is followed up → Set SLACK_SUPPORT_CHANNELS");
  });

  test("of one workspace only is enough where there are several", async () => {
    const { slack, acme, check } = await town();
    const other = slack.workspace("Other", { scopes: ourScopes });
    expect(bad(await check({ botTokens: [acme.botToken, other.botToken] }))).toEqual([]);
  });
});

describe("a team", () => {
  test("of everybody is a problem where the channel is not shared, and none where it is", async () => {
    const { slack, acme, check } = await town();
    const problem = onlyProblem(await check({ team: ["home"] }));
    expect(problem).toContain("everybody of Acme counts as team (SLACK_TEAM is home)");
    expect(problem).toContain("nobody but guests would be asked → Set SLACK_TEAM");
    const customer = slack.workspace("Customer", { installed: false });
    acme.channel("acme-customer", { sharedWith: [customer] });
    expect(bad(await check({ team: ["home"], supportChannels: ["acme-customer"] }))).toEqual([]);
  });

  test("whose user group is missing or empty, or whose user is, is told", async () => {
    const { acme, check } = await town();
    acme.userGroup("nobody", []);
    const findings = bad(
      await check({ team: ["@nobody"], leads: ["@leeds"], admins: ["U0NOBODY"] }),
    );
    expect(findings).toMatchObject([
      { check: "Slack SLACK_TEAM", says: "the user group @nobody is empty" },
      { check: "Slack SLACK_LEADS", says: "there is no user group @leeds" },
      { check: "Slack SLACK_ADMINS", says: "there is no user U0NOBODY" },
    ]);
  });
});

describe("a closing emoji", () => {
  test("may be one of the workspace's own", async () => {
    const { acme, check } = await town();
    acme.emoji("done", "https://emoji.example/done.png");
    expect(bad(await check({ closeEmoji: ["done", "white_check_mark"] }))).toEqual([]);
  });

  test("that nobody can set is told with where names stand", async () => {
    const { check } = await town();
    expect(onlyProblem(await check({ closeEmoji: ["whit_check_mark"] }))).toContain(
      "there is no :whit_check_mark: in this workspace → Point at the emoji",
    );
  });
});

test("no token, secret or name of a person is ever told", async () => {
  const { slack, acme, check } = await town();
  const secrets = [acme.botToken, slack.appToken, slack.signingSecret, "Kim"];
  acme.revoke();
  const all = JSON.stringify([
    ...(await check()),
    ...(await check({ appToken: "xapp-wrong", signingSecret: slack.signingSecret })),
  ]);
  for (const secret of [...secrets, "xapp-wrong"]) expect(all).not.toContain(secret);
});
