/** The service as an operator sets it up for Slack: it starts, answers, and says when it cannot. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test, vi } from "vitest";
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

// Beside one another: most of the time they wait, one of them for a Slack that never answers.
test.concurrent.each(["socket", "http"] as const)(
  "over %s a lead's /nps is answered, the doctor finds nothing, and nothing is refused",
  async (mode) => {
    const town = await startSlackTown({ mode });
    towns.push(town);
    const { lee } = town.people;
    await lee.types(town.channels.general, "/nps", "week");
    const seen = () => lee.sees(town.channels.general).map(({ text }) => text);
    await vi.waitFor(() => expect(seen()).toContainEqual(expect.stringMatching(/^NPS/)), 30_000);
    const { code, stdout } = await start(["doctor"], town.settings).finished;
    expect(stdout).toContain("ok       Slack Acme, support channel #help: aftertalk is in it");
    expect(stdout).not.toContain("problem");
    expect(code).toBe(0);
    expect(await town.service().end("SIGTERM")).toBe(0);
    expect(town.slack.problems).toEqual([]);
  },
  120_000,
);

test.concurrent("a token that Slack refuses ends the start, with what to do", async () => {
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

/** Nothing listens there. */
const away = {
  ...{ AFTERTALK_DATA_DIR: join(folder, "unused"), PORT: "0" },
  ...{ SLACK_BOT_TOKEN: "xoxb-1", SLACK_APP_TOKEN: "xapp-1" },
  SLACK_API_URL: "http://127.0.0.1:1/api/",
};

test.concurrent("a Slack that cannot be reached is told while it is tried, and at the end", async () => {
  const { code, stderr } = await start(["start"], away).finished;
  expect(code).toBe(1);
  expect(stderr).toContain("Connecting to Slack");
  expect(stderr).toContain("Slack has not answered yet");
  expect(stderr).toMatch(/Slack cannot be reached: .*\nWhat to do: Check that this machine/);
});

test.concurrent("whoever interrupts a start that waits for Slack is told how to end it at once", async () => {
  const running = start(["start"], away);
  const told = (words: string) =>
    new Promise<void>((resolve) =>
      running.process.stderr.on("data", (text) => {
        if (String(text).includes(words)) resolve();
      }),
    );
  await told("Connecting to Slack");
  const early = told("Ctrl-C once more ends it at once");
  running.process.kill("SIGINT");
  await early;
  running.process.kill("SIGINT");
  expect((await running.finished).code).toBe(130);
});
