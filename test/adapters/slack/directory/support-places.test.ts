import { expect, onTestFinished, test } from "vitest";
import { createSlack } from "../../../../adapters/slack/index.ts";
import { createStage } from "../stage.ts";

test("support channels are told with what is in the way, and user groups by their handles", async () => {
  const stage = await createStage();
  const { slack } = stage;
  onTestFinished(() => slack.stop());
  const acme = slack.workspace("Acme");
  const [help] = [acme.channel("help"), acme.channel("billing", { bot: false })];
  acme.channel("secret", { private: true, bot: false });
  acme.userGroup("support", [acme.person("Kim")]);
  const wanted = [help.id, "#billing", "secret"];
  const options = { botTokens: [acme.botToken], appToken: slack.appToken, supportChannels: wanted };
  const { platform, connections } = await createSlack(stage.options(options), { start: [] });
  onTestFinished(() => platform.stop());
  const [connection] = connections;
  if (connection === undefined) throw new Error("there is a workspace");
  expect(await platform.supportPlaces?.(connection.ref)).toEqual([
    { name: "#help", state: "ready", lacks: [] },
    { name: "#billing", state: "outside", lacks: [] },
    { name: "#secret", state: "absent", lacks: [] },
  ]);
  expect(await platform.groups?.(connection.ref)).toMatchObject([{ name: "@support" }]);
});
