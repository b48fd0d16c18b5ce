import { expect, test } from "vitest";
import { buttonBlocks, clientFor, listener, outcome, stage } from "./setup.ts";

test("Slack Connect: one channel, people of two companies, one event through the installation", async () => {
  const { slack, acme, client } = await stage();
  const guests = slack.workspace("Guests", { installed: false });
  const shared = acme.channel("acme-guests", { sharedWith: [guests] });
  const [kim, gil] = [acme.person("Kim"), guests.person("Gil", { locale: "ru-RU" })];
  const heard = await listener(slack);
  const ts = await gil.posts(shared, "My invoice is wrong");
  await slack.settled();
  expect(heard.payloads).toHaveLength(1);
  expect(heard.payloads[0]).toMatchObject({
    team_id: guests.id,
    context_team_id: acme.id,
    is_ext_shared_channel: true,
    authorizations: [{ team_id: acme.id, user_id: acme.botUserId, is_bot: true }],
    event: { user: gil.id, team: guests.id, user_team: guests.id, source_team: guests.id },
  });
  const user = await client.users.info({ user: gil.id, include_locale: true });
  expect(user.user).toMatchObject({ team_id: guests.id, locale: "ru-RU" });
  const info = await client.conversations.info({ channel: shared.id });
  expect(info.channel).toMatchObject({ is_ext_shared: true, is_shared: true });

  await client.chat.postEphemeral({
    channel: shared.id,
    user: gil.id,
    thread_ts: ts,
    text: "How was it?",
    blocks: buttonBlocks("7"),
  });
  const question = gil.sees(shared).at(-1);
  if (question === undefined) throw new Error("Nothing was asked.");
  await gil.presses(question, "7");
  expect(heard.payloads.at(-1)).toMatchObject({
    user: { id: gil.id, team_id: guests.id },
    team: { id: guests.id },
  });
  await expect(gil.types(shared, "/nps")).rejects.toThrow(/no commands/);
  expect(await kim.types(shared, "/nps")).toMatchObject({ outcome: "acknowledged" });
});

test("installed in both workspaces, an event still comes once", async () => {
  const { slack, acme } = await stage();
  const beta = slack.workspace("Beta");
  const shared = acme.channel("shared", { sharedWith: [beta] });
  await clientFor(slack, beta.botToken).conversations.join({ channel: shared.id });
  await beta.person("Bo").posts(shared, "hello");
  const posted = slack.events.filter(({ type }) => type === "message");
  expect(posted).toHaveLength(1);
});

test("a channel can be shared, renamed and unshared while the app listens", async () => {
  const { slack, acme, client } = await stage();
  const guests = slack.workspace("Guests", { installed: false });
  const heard = await listener(slack);
  const help = acme.channel("help");
  help.shareWith(guests);
  help.rename("help-guests");
  const shared = await client.conversations.info({ channel: help.id });
  expect(shared.channel).toMatchObject({ name: "help-guests", is_ext_shared: true });
  help.unshare(guests);
  const alone = await client.conversations.info({ channel: help.id });
  expect(alone.channel?.is_ext_shared).toBe(false);
  await slack.settled();
  expect(heard.payloads.map(({ event }) => (event as { type: string }).type)).toEqual([
    "channel_shared",
    "channel_rename",
    "channel_unshared",
  ]);
});

test("a stranger is not found, and a foreign person who takes no messages is not visible", async () => {
  const { slack, acme, client } = await stage();
  const guests = slack.workspace("Guests", { installed: false });
  const stranger = guests.person("Stranger");
  expect(await outcome(client.users.info({ user: stranger.id }))).toBe("user_not_found");
  const shared = acme.channel("shared", { sharedWith: [guests] });
  const gil = guests.person("Gil", { dm: "blocked" });
  await gil.posts(shared, "hello");
  expect(await outcome(client.conversations.open({ users: gil.id }))).toBe("user_not_visible");
});

test("an org-wide installation: no team in payloads, the enterprise instead, lists by team", async () => {
  const { slack } = await stage();
  const org = slack.workspace("Globex", { orgWide: true });
  const client = clientFor(slack, org.botToken);
  const me = await client.auth.test();
  expect(me).toMatchObject({ is_enterprise_install: true, enterprise_id: org.id });
  const heard = await listener(slack);
  const [help, dana] = [org.channel("help"), org.person("Dana")];
  await dana.posts(help, "hello");
  await slack.settled();
  expect(heard.payloads[0]).toMatchObject({
    enterprise_id: org.id,
    authorizations: [{ enterprise_id: org.id, team_id: null, is_enterprise_install: true }],
  });
  await client.chat.postMessage({ channel: help.id, text: "?", blocks: buttonBlocks("7") });
  const question = dana.sees(help).at(-1);
  if (question === undefined) throw new Error("Nothing was asked.");
  await dana.presses(question, "7");
  expect(heard.payloads.at(-1)).toMatchObject({
    team: null,
    enterprise: { id: org.id },
    is_enterprise_install: true,
  });
  const { teams } = await client.auth.teams.list();
  const teamId = teams?.[0]?.id ?? "";
  expect(teamId).toMatch(/^T/);
  expect(await outcome(client.conversations.list({}))).toBe("missing_argument");
  expect(await outcome(client.conversations.list({ team_id: teamId }))).toBe("ok");
});

test("custom emoji are listed with their aliases, and a rename is told", async () => {
  const { slack, acme, client } = await stage();
  const heard = await listener(slack);
  acme.emoji("done", "https://emoji.example/done.png");
  acme.emoji("solved", "alias:done");
  acme.renameEmoji("done", "finished");
  await slack.settled();
  expect((await client.emoji.list()).emoji).toEqual({
    solved: "alias:done",
    finished: "https://emoji.example/done.png",
  });
  expect(heard.payloads.at(-1)?.event).toMatchObject({
    type: "emoji_changed",
    subtype: "rename",
    old_name: "done",
    new_name: "finished",
  });
});

test("groups and people: who is there, and what changes is told", async () => {
  const { slack, acme, client } = await stage();
  const heard = await listener(slack);
  const [dana, kim] = [acme.person("Dana"), acme.person("Kim", { owner: true })];
  const group = acme.userGroup("support", [kim]);
  const users = async () => (await client.usergroups.users.list({ usergroup: group.id })).users;
  expect(await users()).toEqual([kim.id]);
  group.setMembers([kim, dana]);
  expect(await users()).toEqual([kim.id, dana.id]);
  dana.changes({ locale: "zh-CN", timeZone: "Asia/Shanghai" });
  await slack.settled();
  expect(heard.payloads.map(({ event }) => (event as { type: string }).type)).toEqual([
    "subteam_members_changed",
    "user_change",
  ]);
  const info = await client.users.info({ user: dana.id, include_locale: true });
  expect(info.user).toMatchObject({ locale: "zh-CN", tz: "Asia/Shanghai", is_admin: false });
  const { members } = await client.users.list({});
  expect(members?.map(({ is_owner }) => is_owner)).toEqual([false, true]);
});
