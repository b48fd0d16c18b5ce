/**
 * What people say and are called never gets into the log, neither on good days nor when everything
 * that can fails: Slack quotes our own messages in its refusals, answers in other shapes, is away.
 */
import { afterAll, expect, test } from "vitest";
import { type SlackTown, startSlackTown } from "../support/programs/slack-town.ts";
import type { Fault, Person, Place, SeenMessage } from "../support/slack/index.ts";

const PATIENCE_MS = 100_000;
const towns: SlackTown[] = [];
afterAll(async () => {
  for (const town of towns) await town.stop();
});

async function sees(person: Person, place: Place, words: string): Promise<SeenMessage> {
  const find = () => person.sees(place).findLast((message) => message.words.includes(words));
  await expect.poll(find, { timeout: PATIENCE_MS, message: words }).toBeDefined();
  const found = find();
  if (found === undefined) throw new Error(`gone again: ${words}`);
  return found;
}

const quoted = "canary-quoted\n    at canary-quoted (canary-quoted:1:1)";
/** Everything that a refusal can carry back to us, also where a code should be. */
const refusals: readonly Fault[] = [
  {
    kind: "refused",
    error: "invalid_blocks",
    extra: { errors: [quoted], response_metadata: { messages: [`[ERROR] ${quoted}`] } },
  },
  { kind: "refused", error: quoted },
  { kind: "refused", error: "missing_scope", extra: { needed: quoted, provided: quoted } },
  // Accepted, in a shape that nobody expects.
  {
    kind: "refused",
    error: "",
    extra: { ok: true, user: quoted, channel: [quoted], ts: [quoted] },
  },
  { kind: "status", status: 500 },
  { kind: "reset" },
  { kind: "rate-limited", retryAfter: quoted.slice(0, 13) },
];
const failing = [
  ...["chat.postMessage", "chat.update", "chat.postEphemeral", "conversations.open"],
  ...["users.info", "usergroups.list", "reactions.get", "conversations.history"],
  ...["views.open", "views.update", "views.publish", "response_url", "upload"],
  ...["files.getUploadURLExternal", "files.completeUploadExternal", "files.info"],
];

/** Everything that a person may press in what they see: our tokens. */
function tokensIn(messages: readonly SeenMessage[]): string[] {
  const blocks = JSON.stringify(messages.map((message) => message.blocks));
  return [...blocks.matchAll(/"value":"([^"]{20,})"/g)].map(([, token]) => token ?? "");
}

test.each(["socket", "http"] as const)(
  "P7 over %s no word, name, token or address is in the log, whatever fails",
  async (mode) => {
    let help: ReturnType<SlackTown["workspace"]["channel"]> | undefined;
    let dana: Person | undefined;
    const town = await startSlackTown({
      mode,
      env: {
        AFTERTALK_LOG_LEVEL: "debug",
        AFTERTALK_ASK_AFTER_MINUTES: "0",
        SLACK_SUPPORT_CHANNELS: "#canary-help",
      },
      build(_slack, workspace) {
        help = workspace.channel("canary-help");
        dana = workspace.person("canary-dana");
      },
    });
    towns.push(town);
    if (help === undefined || dana === undefined) throw new Error("the town is not built");
    const { kim, lee, ada } = town.people;
    const { leads } = town.channels;

    // A good day.
    const chat = await dana.posts(help, "canary-problem <!channel>");
    await kim.posts(help, "canary-reply", { thread: chat });
    await dana.posts(help, "canary-thanks", { thread: chat });
    await town.slack.settled();
    await kim.reacts(help, chat, "white_check_mark");
    const question = await sees(dana, "dm", "How likely");
    const tokens = tokensIn([question]);
    await dana.presses(question, "3");
    await sees(dana, "dm", "What went wrong?");
    await dana.writes("canary-comment: it was slow");
    await sees(lee, leads, "canary-comment");
    await dana.opensHome();
    await lee.types(leads, "/feedback", "canary-command");
    await lee.types(leads, "/canary-unknown", "canary-command").catch(() => {});
    await lee.types(leads, "/nps", "week");
    tokens.push(...tokensIn([...dana.sees("dm"), ...lee.sees(leads)]));
    expect(tokens.length).toBeGreaterThan(11);

    // A bad one: everything that we ask of Slack meets each kind of failure.
    for (const method of failing) {
      for (const fault of refusals) town.slack.fail(method, fault);
    }
    for (let round = 0; round < 4; round += 1) {
      const again = await dana.posts(help, "canary-again");
      await kim.posts(help, "canary-reply", { thread: again });
      await dana.posts(help, "canary-thanks", { thread: again });
      await lee.uses("ask_for_feedback", help, again);
      await ada.types(leads, "/nps", "canary-period");
      await lee.types(leads, "/feedback", "week");
      await dana.opensHome();
      await lee.opensHome();
      await dana.writes("canary-late words");
      await kim.reacts(help, again, "white_check_mark");
    }
    await expect
      .poll(() => town.service().output(), { timeout: PATIENCE_MS })
      .toMatch(/could not be (taken|shown)/);
    await town.slack.settled();
    expect(await town.service().end("SIGTERM")).toBe(0);

    const output = town.service().output();
    expect(output).not.toMatch(/canary/i);
    expect(output).not.toMatch(/xoxb-|xapp-|\/actions\/|\/upload\/|wss?:\/\//);
    expect(output).not.toMatch(
      new RegExp(`\\b(${[kim, lee, ada].map(({ name }) => name).join("|")})\\b`, "i"),
    );
    for (const token of tokens) expect(output).not.toContain(token);
    for (const secret of [town.workspace.botToken, town.slack.signingSecret]) {
      expect(output).not.toContain(secret);
    }
  },
  300_000,
);
