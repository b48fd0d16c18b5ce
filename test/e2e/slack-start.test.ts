/** The service as an operator sets it up for Slack: it starts, answers, and says when it cannot. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { createStarter } from "../cli/support.ts";
import { type SlackTown, startSlackTown } from "../support/programs/slack-town.ts";
import { startSlack } from "../support/slack/index.ts";

const start = createStarter();
const folder = mkdtempSync(join(tmpdir(), "aftertalk-slack-start-"));
const towns: SlackTown[] = [];
afterAll(async () => {
  for (const town of towns) await town.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe.each(["socket", "http"] as const)("over %s", (mode) => {
  test("a lead's /nps is answered, also after a restart, and nothing is refused", async () => {
    const town = await startSlackTown({ mode });
    towns.push(town);
    const { lee } = town.people;
    for (const round of ["first", "after a restart"]) {
      if (round !== "first") await town.restart();
      await lee.types(town.channels.general, "/nps", "week");
      await town.slack.settled();
      await expect
        .poll(() => JSON.stringify(lee.sees(town.channels.general)), { timeout: 20_000 })
        .toContain("NPS");
      lee.reloads(); // ephemeral messages are gone
    }
    expect(town.slack.problems).toEqual([]);
    const { code, stdout } = await start(["doctor"], town.settings).finished;
    expect(stdout).toContain("ok       Slack Acme, support channel #help: aftertalk is in it");
    expect(stdout).not.toContain("problem");
    expect(code).toBe(0);
    expect(await town.service().end("SIGTERM")).toBe(0);
  });
});

test("a token that Slack refuses ends the start, with what to do", async () => {
  const slack = await startSlack();
  slack.workspace("Acme");
  const { code, stderr } = await start(["start"], {
    ...{ AFTERTALK_DATA_DIR: join(folder, "refused"), PORT: "0", SLACK_API_URL: slack.apiUrl },
    ...{ SLACK_BOT_TOKEN: "xoxb-strange", SLACK_APP_TOKEN: slack.appToken },
  }).finished;
  await slack.stop();
  expect(code).toBe(1);
  expect(stderr).toContain("Connecting to Slack");
  expect(stderr).toContain("Slack refuses every bot token");
  expect(stderr).toContain("What to do: Install the app again");
  expect(stderr).not.toContain("xoxb-strange");
});

test("a Slack that cannot be reached is told while it is tried, and at the end", async () => {
  const running = start(["start"], {
    ...{ AFTERTALK_DATA_DIR: join(folder, "unused"), PORT: "0" },
    ...{ SLACK_BOT_TOKEN: "xoxb-1", SLACK_APP_TOKEN: "xapp-1" },
    SLACK_API_URL: "http://127.0.0.1:1/api/",
  });
  const { code, stderr } = await running.finished;
  expect(code).toBe(1);
  expect(stderr).toContain("Connecting to Slack");
  expect(stderr).toContain("Slack has not answered yet");
  expect(stderr).toMatch(/Slack cannot be reached: .*\nWhat to do: Check that this machine/);
});
