import { expect, test } from "vitest";
import { buttonBlocks, listener, outcome, stage } from "./setup.ts";

type Payload = Record<string, unknown>;
const eventOf = (payload: Payload | undefined) => (payload?.event ?? {}) as Payload;

test("an ephemeral message is seen by one person, is in no history and cannot be changed", async () => {
  const { acme, client, slack } = await stage();
  const help = acme.channel("help");
  const [dana, kim] = [acme.person("Dana"), acme.person("Kim")];
  const root = await dana.posts(help, "My invoice is wrong");
  const sent = await client.chat.postEphemeral({
    channel: help.id,
    user: dana.id,
    thread_ts: root,
    text: "How was it?",
    blocks: buttonBlocks("7"),
  });
  expect(dana.sees(help).map(({ ephemeral }) => ephemeral)).toEqual([false, true]);
  expect(kim.sees(help)).toHaveLength(1);
  const history = await client.conversations.replies({ channel: help.id, ts: root });
  expect(history.messages?.map(({ text }) => text)).toEqual(["My invoice is wrong"]);
  const ts = sent.message_ts ?? "";
  const edit = client.chat.update({ channel: help.id, ts, text: "Changed" });
  expect(await outcome(edit)).toBe("message_not_found");

  const heard = await listener(slack);
  const question = dana.sees(help)[1];
  if (question === undefined) throw new Error("Nothing was asked.");
  await dana.presses(question, "7");
  const press = heard.payloads.at(-1);
  expect(press?.container).toMatchObject({ is_ephemeral: true, thread_ts: root, message_ts: ts });
  expect(press?.message).not.toHaveProperty("blocks");
  await fetch(String(press?.response_url), {
    method: "POST",
    body: JSON.stringify({ replace_original: true, text: "You answered 7" }),
  });
  expect(dana.sees(help)[1]).toMatchObject({ text: "You answered 7", ephemeral: true });
  dana.reloads();
  expect(dana.sees(help)).toHaveLength(1);
});

test("an ephemeral message needs its reader to be in the channel", async () => {
  const { acme, client } = await stage();
  const secret = acme.channel("secret", { private: true });
  const dana = acme.person("Dana");
  const whisper = client.chat.postEphemeral({ channel: secret.id, user: dana.id, text: "psst" });
  expect(await outcome(whisper)).toBe("user_not_in_channel");
});

test("a press has the shape of Slack's block_actions, menus their chosen entry", async () => {
  const { acme, client, slack } = await stage();
  const dana = acme.person("Dana");
  const option = { text: { type: "plain_text", text: "Not now" }, value: "later-token" };
  const blocks = [
    ...buttonBlocks("7"),
    {
      type: "actions",
      block_id: "rare",
      elements: [{ type: "overflow", action_id: "more", options: [option] }],
    },
  ];
  const { ts, channel } = await client.chat.postMessage({ channel: dana.id, text: "?", blocks });
  const heard = await listener(slack);
  const [question] = dana.sees("dm");
  if (question === undefined) throw new Error("Nothing was asked.");
  await dana.presses(question, "score-7");
  await dana.presses(question, "Not now");
  await expect(dana.presses(question, "8")).rejects.toThrow(/only: 7 \| Not now/);
  const [first, second] = heard.payloads;
  expect(first).toMatchObject({
    type: "block_actions",
    user: { id: dana.id, username: "dana", team_id: acme.id },
    team: { id: acme.id, domain: "acme" },
    api_app_id: slack.appId,
    container: { type: "message", message_ts: ts, channel_id: channel, is_ephemeral: false },
    channel: { id: channel, name: "directmessage" },
    message: { ts, bot_id: acme.botId, text: "?" },
    is_enterprise_install: false,
    enterprise: null,
    actions: [{ type: "button", action_id: "score-7", value: "token-7", block_id: "b1" }],
  });
  expect(second?.actions).toMatchObject([
    { type: "overflow", action_id: "more", block_id: "rare", selected_option: option },
  ]);
});

test("metadata comes back only to who asks for it", async () => {
  const { acme, client } = await stage();
  const help = acme.channel("help");
  const metadata = { event_type: "our_delivery", event_payload: { key: "k-1" } };
  await client.chat.postMessage({ channel: help.id, text: "hello", metadata });
  const bare = await client.conversations.history({ channel: help.id });
  const whole = await client.conversations.history({
    channel: help.id,
    include_all_metadata: true,
  });
  expect(bare.messages?.[0]).not.toHaveProperty("metadata");
  expect(whole.messages?.[0]?.metadata).toEqual(metadata);
  const large = { event_type: "x", event_payload: { text: "x".repeat(9000) } };
  const post = client.chat.postMessage({ channel: help.id, text: "hello", metadata: large });
  expect(await outcome(post)).toBe("metadata_too_large");
});

test("threads: replies belong to the root, history shows roots with their count", async () => {
  const { acme, client } = await stage();
  const help = acme.channel("help");
  const [dana, kim] = [acme.person("Dana"), acme.person("Kim")];
  const root = await dana.posts(help, "one");
  const reply = await kim.posts(help, "two", { thread: root });
  await dana.posts(help, "three", { thread: reply });
  const history = await client.conversations.history({ channel: help.id });
  expect(history.messages).toMatchObject([
    { ts: root, thread_ts: root, reply_count: 2, reply_users: [kim.id, dana.id] },
  ]);
  const thread = await client.conversations.replies({ channel: help.id, ts: root });
  expect(thread.messages?.map(({ text, thread_ts }) => [text, thread_ts])).toEqual([
    ["one", root],
    ["two", root],
    ["three", root],
  ]);
  const link = await client.chat.getPermalink({ channel: help.id, message_ts: reply });
  expect(link.permalink).toBe(
    `https://acme.slack.com/archives/${help.id}/p${reply.replace(".", "")}?thread_ts=${root}&cid=${help.id}`,
  );
});

test("a deleted message tells so; with replies it leaves a tombstone", async () => {
  const { acme, slack } = await stage();
  const heard = await listener(slack);
  const [help, dana] = [acme.channel("help"), acme.person("Dana")];
  const alone = await dana.posts(help, "one");
  const root = await dana.posts(help, "two");
  await dana.posts(help, "three", { thread: root });
  await dana.deletes(help, alone);
  await dana.deletes(help, root);
  await dana.edits(help, await dana.posts(help, "four"), "five <b>");
  await slack.settled();
  const events = heard.payloads.map(eventOf).filter(({ subtype }) => subtype !== undefined);
  expect(events).toMatchObject([
    { subtype: "message_deleted", deleted_ts: alone, previous_message: { text: "one" } },
    { subtype: "message_changed", message: { subtype: "tombstone", ts: root, reply_count: 1 } },
    {
      subtype: "message_changed",
      message: { text: "five &lt;b&gt;", edited: { user: dana.id } },
      previous_message: { text: "four" },
    },
  ]);
});

test("reactions come with channel and ts, never with the words", async () => {
  const { acme, slack, client } = await stage();
  const heard = await listener(slack);
  const [help, dana] = [acme.channel("help"), acme.person("Dana")];
  const ts = await dana.posts(help, "one");
  await dana.reacts(help, ts, "white_check_mark");
  await dana.unreacts(help, ts, "white_check_mark");
  await client.reactions.add({ channel: help.id, timestamp: ts, name: "eyes" });
  const again = client.reactions.add({ channel: help.id, timestamp: ts, name: "eyes" });
  expect(await outcome(again)).toBe("already_reacted");
  await slack.settled();
  const events = heard.payloads.map(eventOf).slice(1);
  expect(events.map(({ type, user, reaction }) => [type, user, reaction])).toEqual([
    ["reaction_added", dana.id, "white_check_mark"],
    ["reaction_removed", dana.id, "white_check_mark"],
    ["reaction_added", acme.botUserId, "eyes"],
  ]);
  expect(events[0]?.item).toEqual({ type: "message", channel: help.id, ts });
  expect(JSON.stringify(events)).not.toContain("one");
});

test("events need the bot in the channel, the scope, and a place in the manifest", async () => {
  const manifest = {
    oauth_config: { scopes: { bot: ["chat:write", "channels:history", "commands"] } },
    features: { slash_commands: [{ command: "/nps" }], shortcuts: [] },
    settings: { event_subscriptions: { bot_events: ["message.channels", "message.groups"] } },
  };
  const { acme, slack } = await stage({ manifest });
  const [help, away, secret] = [
    acme.channel("help"),
    acme.channel("away", { bot: false }),
    acme.channel("secret", { private: true }),
  ];
  const dana = acme.person("Dana");
  const ts = await dana.posts(help, "heard");
  await dana.posts(away, "the bot is not here");
  await dana.posts(secret, "groups:history is missing");
  await dana.writes("message.im is not declared");
  await dana.reacts(help, ts, "eyes");
  expect(slack.events.map(({ payload }) => eventOf(payload).text)).toEqual(["heard"]);
  await expect(dana.types(help, "/csat")).rejects.toThrow(/not a command/);
  await expect(dana.uses("close", help, ts)).rejects.toThrow(/no shortcut/);
});

test("what mrkdwn would bring to life is seen, plain text is not", async () => {
  const { acme, client } = await stage();
  const [help, dana] = [acme.channel("help"), acme.person("Dana")];
  const text = "<!channel> *now*";
  const section = (type: string) => ({ type: "section", text: { type, text, emoji: false } });
  await client.chat.postMessage({ channel: help.id, text: "a", blocks: [section("plain_text")] });
  await client.chat.postMessage({
    channel: help.id,
    text: "b",
    blocks: [{ type: "section", text: { type: "mrkdwn", text } }],
  });
  const [plain, alive] = dana.sees(help);
  expect(plain?.live).toEqual({ mentions: [], links: [], formatting: [] });
  expect(alive?.live.mentions).toEqual(["<!channel>"]);
  expect(alive?.live.formatting).toEqual(["*now*"]);
});
