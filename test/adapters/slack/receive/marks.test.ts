import { afterEach, beforeEach, expect, test } from "vitest";
import { createDirectory } from "../../../../adapters/slack/directory.ts";
import { createCloseEmoji } from "../../../../adapters/slack/receive/close-emoji.ts";
import { createMarks } from "../../../../adapters/slack/receive/marks.ts";
import type { SlackWorkspace } from "../../../../adapters/slack/workspace.ts";
import { openWorkspaces } from "../../../../adapters/slack/workspaces.ts";
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
afterEach(() => stage.slack.stop());

/** A message with its reactions, and whether the team's ✅ is among them. */
async function scene() {
  const kim = acme.person("Kim");
  const lee = acme.person("Lee");
  const dana = acme.person("Dana");
  acme.userGroup("support", [kim, lee]);
  const help = acme.channel("help");
  const ts = await dana.posts(help, "It is broken");
  const options = stage.options({ team: ["@support"], closeEmoji: ["white_check_mark"] });
  const emoji = createCloseEmoji(options);
  const directory = createDirectory(options, 10_000);
  const marks = createMarks({ emoji, directory, log: options.log });
  return { kim, lee, dana, help, ts, remain: () => marks.remain(home, { channel: help.id, ts }) };
}

test("another's ✅ of the team stays, a customer's does not count", async () => {
  const { kim, lee, dana, help, ts, remain } = await scene();
  expect(await remain()).toBe(false);
  for (const person of [kim, lee, dana]) await person.reacts(help, ts, "white_check_mark");
  expect(await remain()).toBe(true);
  await kim.unreacts(help, ts, "white_check_mark");
  expect(await remain()).toBe(true);
  await lee.unreacts(help, ts, "white_check_mark");
  await lee.reacts(help, ts, "eyes");
  expect(await remain()).toBe(false);
});

test.each(["refused", "rate-limited"] as const)(
  "what Slack does not tell (%s) counts as taken away",
  async (kind) => {
    const { kim, help, ts, remain } = await scene();
    await kim.reacts(help, ts, "white_check_mark");
    const fault =
      kind === "refused"
        ? ({ kind, error: "missing_scope" } as const)
        : ({ kind, retryAfter: 30 } as const);
    stage.slack.fail("reactions.get", fault);
    expect(await remain()).toBe(false);
  },
);
