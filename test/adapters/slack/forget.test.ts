/** The adapter whole: what it remembers of somebody is gone with its messages to them. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { createSlack } from "../../../adapters/slack/index.ts";
import type { ChatPlatform, Message, PlatformEvent } from "../../../src/platform.ts";
import { fakeCoreServices } from "../../support/core-services.ts";
import type { Person, Workspace } from "../../support/slack/index.ts";
import { createStage, plain, type Stage } from "./stage.ts";

const FAR = new Date("2100-01-01");

let stage: Stage;
let acme: Workspace;
let dana: Person;
let slack: ChatPlatform;
const events: PlatformEvent[] = [];
const connection = () => ({ platform: "slack", externalId: acme.id });

beforeEach(async () => {
  events.length = 0;
  stage = await createStage();
  acme = stage.slack.workspace("Acme");
  dana = acme.person("Dana", { email: "dana@example.com" });
  const { botToken: token } = acme;
  const options = stage.options({ botTokens: [token], appToken: stage.slack.appToken });
  slack = (await createSlack(options, { start: [], picture: [] })).platform;
  const answer: Message = plain("Thank you.");
  await slack.start(
    {
      async receive(event) {
        events.push(event);
        return { kind: "message", message: answer };
      },
    },
    fakeCoreServices(),
  );
});
afterEach(async () => {
  await slack.stop();
  await stage.slack.stop();
});

const writes = async (text: string) => {
  const count = dana.sees("dm").length;
  await dana.writes(text);
  await expect.poll(() => dana.sees("dm").length).toBe(count + 2);
};
const asked = (method: string) => stage.slack.calls(method).length;

test("P1 answers are removed with the rest, and who they are is asked anew", async () => {
  await writes("9, because it was quick");
  await writes("thanks");
  expect(asked("users.info")).toBe(1);
  expect(events[0]).toMatchObject({ from: { email: "dana@example.com" } });
  expect(await slack.forget?.(connection(), dana.id, FAR)).toEqual({
    ...{ removed: 2, remaining: {}, places: [] },
  });
  expect(dana.sees("dm").map(({ words }) => words)).toEqual(["9, because it was quick", "thanks"]);
  await writes("resume");
  expect(asked("users.info")).toBe(2);
});

test("P1 what is remembered is gone even where Slack does not let us remove anything", async () => {
  await writes("9");
  stage.slack.fail("conversations.open", { kind: "refused", error: "user_disabled" });
  await expect(slack.forget?.(connection(), dana.id, FAR)).rejects.toMatchObject({
    code: "unreachable",
  });
  await writes("still here");
  expect(asked("users.info")).toBe(2);
});

test("P7 neither who is forgotten nor what was said is in a log", async () => {
  await writes("canary words");
  stage.slack.fail("chat.delete", { kind: "reset" });
  await expect(slack.forget?.(connection(), dana.id, FAR)).rejects.toMatchObject({
    code: "temporary",
  });
  const logged = stage.logged.join("\n");
  for (const secret of [dana.id, "dana", "canary"]) expect(logged).not.toContain(secret);
});
