import { expect, test } from "vitest";
import { buttonBlocks, listener, modal, outcome, type Stage, stage } from "./setup.ts";

const post = ({ client }: Stage, channel: string) =>
  outcome(client.chat.postMessage({ channel, text: "hello" }));

test("one message a second and channel, a short burst tolerated, other channels untouched", async () => {
  const scene = await stage();
  const [help, sales] = [scene.acme.channel("help"), scene.acme.channel("sales")];
  const burst = [];
  for (let index = 0; index < 4; index += 1) burst.push(await post(scene, help.id));
  expect(burst).toEqual(["ok", "ok", "ok", "wait 1 s"]);
  expect(await post(scene, sales.id)).toBe("ok");
  scene.clock.advance(1000);
  expect(await post(scene, help.id)).toBe("ok");
  expect(await post(scene, help.id)).toBe("wait 1 s");
  expect(help.texts()).toHaveLength(4);
});

test("a person's id and their direct message are one place for the pace", async () => {
  const scene = await stage();
  const dana = scene.acme.person("Dana");
  const opened = await scene.client.conversations.open({ users: dana.id });
  const direct = opened.channel?.id ?? "";
  for (const place of [dana.id, direct, dana.id]) expect(await post(scene, place)).toBe("ok");
  expect(await post(scene, direct)).toBe("wait 1 s");
});

test("a workspace has a limit of its own, all channels together", async () => {
  const scene = await stage();
  const channels = Array.from({ length: 101 }, (_, index) => scene.acme.channel(`c${index}`));
  for (const { id } of channels.slice(0, 100)) {
    for (let index = 0; index < 3; index += 1) expect(await post(scene, id)).toBe("ok");
  }
  expect(await post(scene, channels[100]?.id ?? "")).toBe("wait 60 s");
});

test("methods have tiers: the twenty-first list of groups in a minute waits for the first to be a minute old", async () => {
  const { client, clock } = await stage();
  for (let index = 0; index < 20; index += 1) await client.usergroups.list();
  expect(await outcome(client.usergroups.list())).toBe("wait 60 s");
  clock.advance(45_000);
  expect(await outcome(client.usergroups.list())).toBe("wait 15 s");
  clock.advance(15_000);
  expect(await outcome(client.usergroups.list())).toBe("ok");
});

test("an unlisted app reads history once a minute, fifteen messages", async () => {
  const { acme, client, clock } = await stage({ unlisted: true });
  const help = acme.channel("help");
  const dana = acme.person("Dana");
  for (let index = 0; index < 20; index += 1) await dana.posts(help, `message ${index}`);
  const page = await client.conversations.history({ channel: help.id, limit: 100 });
  expect(page.messages).toHaveLength(15);
  expect(page.has_more).toBe(true);
  expect(await outcome(client.conversations.history({ channel: help.id }))).toBe("wait 60 s");
  clock.advance(60_000);
  expect(await outcome(client.conversations.history({ channel: help.id }))).toBe("ok");
});

test("limits can be switched off for tests of something else", async () => {
  const scene = await stage({ limits: "off" });
  const help = scene.acme.channel("help");
  for (let index = 0; index < 10; index += 1) expect(await post(scene, help.id)).toBe("ok");
});

/** A question that Dana pressed a button of, and what Slack said of it. */
async function pressed(scene: Stage) {
  const { slack, acme, client } = scene;
  const dana = acme.person("Dana");
  const { payloads } = await listener(slack);
  await client.chat.postMessage({
    channel: dana.id,
    text: "How was it?",
    blocks: buttonBlocks("7"),
  });
  const [question] = dana.sees("dm");
  if (question === undefined) throw new Error("Nothing was asked.");
  await dana.presses(question, "7");
  return {
    dana,
    question,
    payload: () => payloads.findLast(({ type }) => type === "block_actions") ?? {},
  };
}

test("a trigger opens one view within three seconds", async () => {
  const scene = await stage();
  const { dana, question, payload } = await pressed(scene);
  const open = () =>
    outcome(scene.client.views.open({ trigger_id: String(payload().trigger_id), view: modal() }));
  scene.clock.advance(3000);
  expect(await open()).toBe("ok");
  expect(dana.modal()?.title).toBe("Tell us more");
  expect(await open()).toBe("exchanged_trigger_id");
  await dana.presses(question, "7");
  scene.clock.advance(3001);
  expect(await open()).toBe("expired_trigger_id");
  const unknown = scene.client.views.open({ trigger_id: "123.T1.U1", view: modal() });
  expect(await outcome(unknown)).toBe("invalid_trigger_id");
});

test("a response_url works five times in thirty minutes", async () => {
  const scene = await stage();
  const { dana, question, payload } = await pressed(scene);
  const respond = async (body: unknown) => {
    const response = await fetch(String(payload().response_url), {
      method: "POST",
      body: JSON.stringify(body),
    });
    return `${response.status} ${JSON.stringify(await response.json())}`;
  };
  const answers = [];
  for (let use = 1; use <= 6; use += 1) {
    answers.push(await respond({ replace_original: true, text: `Use ${use}` }));
  }
  expect(answers).toEqual([
    ...Array(5).fill('200 {"ok":true}'),
    '404 {"ok":false,"error":"used_url"}',
  ]);
  expect(dana.sees("dm").map(({ text }) => text)).toEqual(["Use 5"]);
  await scene.client.chat.update({
    channel: question.channel,
    ts: question.ts,
    text: "Again",
    blocks: buttonBlocks("7"),
  });
  await dana.presses(question, "7");
  scene.clock.advance(30 * 60_000 + 1);
  expect(await respond({ text: "late" })).toBe('404 {"ok":false,"error":"expired_url"}');
});

test("a response_url adds, replaces and deletes, for one person or for all", async () => {
  const scene = await stage();
  const { dana, payload } = await pressed(scene);
  const kim = scene.acme.person("Kim");
  const url = String(payload().response_url);
  const respond = (body: unknown) => fetch(url, { method: "POST", body: JSON.stringify(body) });
  await respond({ text: "Only you see this" });
  await respond({ text: "All see this", response_type: "in_channel" });
  const channel = dana.sees("dm")[0]?.channel ?? "";
  expect(dana.sees("dm").map(({ text, ephemeral }) => [text, ephemeral])).toEqual([
    ["How was it?", false],
    ["Only you see this", true],
    ["All see this", false],
  ]);
  expect(kim.sees(channel).map(({ text }) => text)).toEqual(["How was it?", "All see this"]);
  await respond({ delete_original: true });
  expect(dana.sees("dm").map(({ text }) => text)).toEqual(["Only you see this", "All see this"]);
  await respond({ text: "Share?", blocks: buttonBlocks("Share") });
  const card = dana.sees("dm").at(-1);
  if (card === undefined) throw new Error("Nothing was said.");
  await dana.presses(card, "Share");
  expect(payload().actions).toMatchObject([{ block_id: "b1", value: "token-Share" }]);
  const unknown = await respond({ text: "hello", colour: "red" });
  expect(unknown.status).toBe(400);
  expect(scene.slack.problems).toMatchObject([{ method: "response_url" }]);
});
