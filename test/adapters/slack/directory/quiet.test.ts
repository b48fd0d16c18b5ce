/** When somebody does not want to be disturbed, and that nothing breaks where Slack does not tell. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createQuiet, type Quiet } from "../../../../adapters/slack/directory/quiet.ts";
import { ourScopes } from "../../../../adapters/slack/manifest/permissions.ts";
import type { SlackWorkspace } from "../../../../adapters/slack/workspace.ts";
import { createWorkspaces, openWorkspaces } from "../../../../adapters/slack/workspaces.ts";
import { createStage, type Stage } from "../stage.ts";

const HOUR = 3_600_000;
const MINUTE = 60_000;

let stage: Stage;
beforeEach(async () => {
  stage = await createStage();
});
afterEach(async () => {
  await stage.slack.stop();
});

const inMs = (ms: number) => new Date(stage.clock.now().getTime() + ms);
const calls = (method = "dnd.info") => stage.slack.calls(method).length;

async function open(options: { orgWide?: boolean; scopes?: readonly string[] } = {}) {
  const acme = stage.slack.workspace("Acme", options);
  const settings = stage.options({ botTokens: [acme.botToken] });
  const { all } = await openWorkspaces(settings, []);
  const [home] = all;
  if (home === undefined) throw new Error("there is a workspace");
  const quiet = createQuiet(createWorkspaces(all), settings);
  return { acme, home, quiet, until: untilOf(quiet, home) };
}

const untilOf =
  (quiet: Quiet, { ref }: SlackWorkspace) =>
  (who: { readonly id: string }) =>
    quiet.until(ref, who.id);

describe("do not disturb", () => {
  test("is until the end of the window that somebody is in, and not before it begins", async () => {
    const { acme, until } = await open();
    const dana = acme.person("Dana");
    const night = { from: inMs(HOUR), to: inMs(10 * HOUR) };
    dana.changes({ quiet: night });
    expect(await until(dana)).toBeUndefined();
    stage.clock.advance(HOUR);
    expect(await until(dana)).toEqual(new Date(Math.floor(night.to.getTime() / 1000) * 1000));
    stage.clock.advance(9 * HOUR);
    expect(await until(dana)).toBeUndefined();
    expect(await until(acme.person("Omar"))).toBeUndefined();
  });

  test("is asked once a minute for each person, at the same time too", async () => {
    const { acme, until } = await open();
    const dana = acme.person("Dana");
    await Promise.all([until(dana), until(dana), until(dana)]);
    expect(calls()).toBe(1);
    dana.changes({ quiet: { from: inMs(-HOUR), to: inMs(HOUR) } });
    expect(await until(dana)).toBeUndefined();
    stage.clock.advance(MINUTE);
    expect(await until(dana)).toBeInstanceOf(Date);
    expect(calls()).toBe(2);
  });

  test("is remembered of nobody who was forgotten", async () => {
    const { acme, home, quiet, until } = await open();
    const dana = acme.person("Dana");
    await until(dana);
    quiet.forgetUser(home, dana.id);
    await until(dana);
    expect(calls()).toBe(2);
  });
});

describe("where Slack does not tell, whoever it is may be written to", () => {
  test("without the scope, which is not asked about each time and seen when it is granted", async () => {
    const { acme, until } = await open({ scopes: ourScopes });
    const quiet = { from: inMs(-HOUR), to: inMs(30 * HOUR) };
    const people = ["Dana", "Omar", "Gus"].map((name) => acme.person(name));
    for (const person of people) {
      person.changes({ quiet });
      expect(await until(person)).toBeUndefined();
    }
    expect(calls()).toBe(1);
    acme.grant([...ourScopes, "dnd:read"]);
    stage.clock.advance(HOUR);
    for (const person of people) expect(await until(person)).toBeInstanceOf(Date);
    expect(stage.slack.problems).toMatchObject([{ method: "dnd.info", error: "missing_scope" }]);
  });

  test("F2 limited, for as long as Slack asks us to wait", async () => {
    const { acme, until } = await open();
    const dana = acme.person("Dana");
    dana.changes({ quiet: { from: inMs(-HOUR), to: inMs(HOUR) } });
    stage.slack.fail("dnd.info", { kind: "rate-limited", retryAfter: 30 });
    expect(await until(dana)).toBeUndefined();
    expect(await until(acme.person("Omar"))).toBeUndefined();
    expect(calls()).toBe(1);
    stage.clock.advance(30_000);
    expect(await until(dana)).toBeInstanceOf(Date);
  });

  test("away, or of somebody of another company or of a workspace that is none of ours", async () => {
    const { acme, quiet, until } = await open();
    const dana = acme.person("Dana");
    stage.slack.fail("dnd.info", { kind: "status", status: 503 });
    expect(await until(dana)).toBeUndefined();
    const partner = stage.slack.workspace("Partner", { installed: false });
    const mallory = partner.person("Mallory");
    await mallory.joins(acme.channel("shared", { sharedWith: [partner] }));
    expect(await until(mallory)).toBeUndefined();
    expect(await quiet.until({ platform: "slack", externalId: "TNONE" }, dana.id)).toBeUndefined();
  });

  test("in an organisation the workspace is named that somebody is in", async () => {
    const { acme, until } = await open({ orgWide: true });
    const dana = acme.person("Dana");
    dana.changes({ quiet: { from: inMs(-HOUR), to: inMs(HOUR) } });
    expect(await until(dana)).toBeInstanceOf(Date);
    expect(stage.slack.problems).toEqual([]);
  });
});
