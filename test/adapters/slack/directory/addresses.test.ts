/** Which addresses say that somebody here is somebody elsewhere too, and which never do. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { personOf } from "../../../../adapters/slack/directory/people.ts";
import { createDirectory } from "../../../../adapters/slack/directory.ts";
import { ourScopes } from "../../../../adapters/slack/manifest/permissions.ts";
import type { SlackWorkspace } from "../../../../adapters/slack/workspace.ts";
import { openWorkspaces } from "../../../../adapters/slack/workspaces.ts";
import { workspace as fixture } from "../desk.ts";
import { createStage, type Stage } from "../stage.ts";

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

const emailOf = async (who: { readonly id: string }) => {
  const directory = createDirectory(stage.options(), 10_000);
  return (await directory.member(home, { id: who.id }, "certain")).user.email;
};
const email = "dana@example.com";

describe("an address", () => {
  test("that Slack has confirmed is told, of guests too", async () => {
    expect(await emailOf(acme.person("Dana", { email }))).toBe(email);
    expect(await emailOf(acme.person("Gus", { email, guest: true }))).toBe(email);
  });

  test("that nobody has confirmed says nothing", async () => {
    expect(await emailOf(acme.person("Dana", { email, emailConfirmed: false }))).toBeUndefined();
    expect(await emailOf(acme.person("Omar"))).toBeUndefined();
  });

  test("is not told without the scope, and nothing else changes", async () => {
    acme.grant(ourScopes);
    const dana = acme.person("Dana", { email, timeZone: "Asia/Taipei" });
    const directory = createDirectory(stage.options(), 10_000);
    const { user } = await directory.member(home, { id: dana.id }, "certain");
    expect(user).toEqual({
      ...{ externalId: dana.id, name: "dana", role: "agent", roleBy: "SLACK_TEAM" },
      ...{ locale: "en-US", timeZone: "Asia/Taipei" },
    });
    expect(stage.slack.problems).toEqual([]);
  });

  test("T3 of another company's people counts for nothing: their admins say what it is", async () => {
    const partner = stage.slack.workspace("Partner", { installed: false });
    acme.channel("shared", { sharedWith: [partner] });
    const mallory = partner.person("Mallory", { email });
    await mallory.joins(acme.channel("both", { sharedWith: [partner] }));
    expect(await emailOf(mallory)).toBeUndefined();
  });

  test("of somebody who left is not told", async () => {
    const dana = acme.person("Dana", { email });
    dana.changes({ deactivated: true });
    expect(await emailOf(dana)).toBeUndefined();
  });
});

const user = {
  ...{ id: "U1", team_id: "TACME", name: "dana", is_email_confirmed: true },
  profile: { email },
};

test.each([
  ["a stranger of Slack Connect", { ...user, is_stranger: true }],
  ["a bot", { ...user, is_bot: true }],
  [
    "somebody of whom Slack does not say whether it is confirmed",
    { ...user, is_email_confirmed: null },
  ],
  ["somebody whose address is none", { ...user, profile: { email: "dana at example" } }],
  [
    "somebody whose address is endless",
    { ...user, profile: { email: `${"d".repeat(300)}@x.example` } },
  ],
])("T3 %s has no address", (_name, somebody) => {
  expect(personOf(somebody, fixture("TACME")).details).not.toHaveProperty("email");
  expect(personOf(user, fixture("TACME")).details.email).toBe(email);
});
