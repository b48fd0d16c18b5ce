import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { renderForm } from "../../../../adapters/slack/render/views.ts";
import { createWorkspaces } from "../../../../adapters/slack/workspaces.ts";
import { AppError } from "../../../../src/errors.ts";
import { acme, createDesk, envelope, other, question, workspace } from "../desk.ts";

const command = {
  command: "/nps",
  text: "last week &amp; more",
  user_id: "ULEE",
  user_name: "lee",
  channel_id: "CRANDOM",
  team_id: "TACME",
  trigger_id: "1.2.abc",
};

const tap = {
  type: "block_actions",
  user: { id: "UDANA", username: "dana", team_id: "TACME" },
  container: { type: "message", message_ts: "1700000000.000100", channel_id: "DDANA" },
  actions: [{ type: "button", action_id: "a1", value: "token-9", action_ts: "1700000400.5" }],
  trigger_id: "3.4.def",
};

const form = renderForm(
  {
    title: "Tell us",
    submit: { label: "Send", token: "token-form" },
    fields: [{ name: "comment", label: "What?", multiline: true, required: true, maxLength: 100 }],
  },
  "origin",
);
const submission = {
  type: "view_submission",
  user: { id: "UDANA", name: "dana", team_id: "TACME" },
  view: {
    ...form,
    id: "V1",
    hash: "1.h",
    state: { values: { comment: { value: { value: "too <slow>" } } } },
  },
};

const shortcut = {
  type: "message_action",
  callback_id: "close_and_ask",
  user: { id: "UKIM", name: "kim" },
  channel: { id: "CHELP", name: "help" },
  message: { ts: "1700000100.000200", thread_ts: "1700000000.000100", user: "UDANA" },
  message_ts: "1700000100.000200",
  action_ts: "1700000500.000600",
  trigger_id: "5.6.ghi",
};

describe("what people do", () => {
  test("somebody mentioned in a command is named by id, whatever they are called", async () => {
    const text = "link <@U0DANA|dana> <@W1LEE> <mailto:dana@acme.test|dana@acme.test> &lt;@U9&gt;";
    expect(await createDesk().receive("command", { ...command, text })).toMatchObject({
      text: "link slack:U0DANA slack:W1LEE dana@acme.test <@U9>",
    });
  });

  test("a command comes with where it was typed, and its trigger is its id", async () => {
    expect(await createDesk().receive("command", command)).toMatchObject({
      kind: "command",
      id: "1.2.abc",
      name: "nps",
      text: "last week & more",
      from: { externalId: "ULEE", role: "lead" },
      place: { kind: "channel", channelId: "CRANDOM" },
      pictures: false,
    });
  });

  test("a tap carries our token, and the same tap again has the same id", async () => {
    const desk = createDesk();
    const event = await desk.receive("action", tap);
    expect(event).toMatchObject({
      kind: "action",
      id: "tap:UDANA:1700000000.000100:a1:1700000400.5",
      token: "token-9",
      from: { externalId: "UDANA" },
      place: { kind: "direct", userId: "UDANA" },
      pictures: false,
      at: new Date(1_700_000_400_500),
    });
    expect(await desk.receive("action", tap)).toEqual(event);
  });

  test("a tap on our page has no place and the page's id", async () => {
    const inView = { ...tap, container: { type: "view", view_id: "V7" }, view: { id: "V7" } };
    const event = await createDesk().receive("action", inView);
    expect(event).toMatchObject({ id: "tap:UDANA:V7:a1:1700000400.5" });
    expect(event).not.toHaveProperty("place");
    expect(event).not.toHaveProperty("page");
    const onPage = { ...inView, view: { id: "V7", type: "home" } };
    expect(await createDesk().receive("action", onPage)).toMatchObject({ page: "home" });
  });

  test("a form that was opened on our page belongs to it", async () => {
    const token = "token-form";
    const private_metadata = JSON.stringify({ token, origin: JSON.stringify({ kind: "home" }) });
    const sent = { ...submission, view: { ...submission.view, private_metadata } };
    expect(await createDesk().receive("view", sent)).toMatchObject({ token, page: "home" });
    expect(await createDesk().receive("view", submission)).not.toHaveProperty("page");
  });

  test("a sent form is an action with what was typed", async () => {
    expect(await createDesk().receive("view", submission)).toMatchObject({
      kind: "action",
      id: expect.stringMatching(/^view:V1:1\.h:[\w-]{16}$/),
      token: "token-form",
      values: { comment: "too <slow>" },
    });
  });

  test("D7 a form sent twice is one event; sent again with other words it is another", async () => {
    const desk = createDesk();
    const written = (value: string) => ({
      ...submission,
      view: { ...submission.view, state: { values: { comment: { value: { value } } } } },
    });
    const ids = [];
    for (const words of ["slow", "slow", "slow, and rude"]) {
      ids.push((await desk.receive("view", written(words)))?.id);
    }
    expect(ids[1]).toBe(ids[0]);
    expect(ids[2]).not.toBe(ids[0]);
    expect(String(ids)).not.toContain("slow");
  });

  test("shortcuts are about the chat of the message's thread, whoever uses them", async () => {
    const desk = createDesk();
    const chat = { externalId: "CHELP:1700000000.000100", channel: "#help" };
    const closed = await desk.receive("shortcut", shortcut);
    expect(closed).toMatchObject({ kind: "chat-closed", reason: "manual", chat, id: "5.6.ghi" });
    const asking = { ...shortcut, callback_id: "ask_for_feedback", user: { id: "UDANA" } };
    const asked = await desk.receive("shortcut", asking);
    expect(asked).toMatchObject({ kind: "chat-command", name: "ask", from: { role: "customer" } });
    const scores = await desk.receive("shortcut", { ...shortcut, callback_id: "show_scores" });
    expect(scores).toMatchObject({ kind: "chat-command", name: "scores", chat });
    expect(await desk.receive("shortcut", { ...shortcut, callback_id: "x" })).toBeUndefined();
  });
});

describe("news of the workspace", () => {
  test("our page that was opened is a command named home; the messages tab is nothing", async () => {
    const desk = createDesk();
    const opened = { type: "app_home_opened", user: "UDANA", channel: "DDANA", tab: "home" };
    expect(await desk.event(opened)).toMatchObject({ kind: "command", name: "home", text: "" });
    expect(await desk.event({ ...opened, tab: "messages" })).toBeUndefined();
  });

  test("F14 a place where we were invited or that was unarchived is open again", async () => {
    const desk = createDesk();
    const joined = { type: "member_joined_channel", user: "UBOTTACME", channel: "CHELP" };
    expect(await desk.event(joined)).toMatchObject({
      kind: "place-opened",
      place: { kind: "channel", channelId: "CHELP" },
    });
    expect(desk.told.noticed).toEqual(["CHELP"]);
    expect(await desk.event({ ...joined, user: "UDANA" })).toBeUndefined();
    const unarchived = { type: "channel_unarchive", channel: "CLEADS", user: "ULEE" };
    expect(await desk.event(unarchived)).toMatchObject({ place: { kind: "leads" } });
    expect(desk.told.noticed).toEqual(["CHELP", "CLEADS"]);
  });

  test("T10 changed people and groups are asked for again", async () => {
    const desk = createDesk();
    await desk.event({ type: "user_change", user: { id: "UKIM", profile: {} } });
    await desk.event({ type: "subteam_members_changed", subteam_id: "S1" });
    await desk.event({ type: "subteam_updated", subteam: { id: "S1" } });
    expect(desk.told.forgotten).toEqual(["UKIM", "groups", "groups"]);
  });

  test("F6 news of an uninstallation is passed on and is no event", async () => {
    const desk = createDesk();
    expect(await desk.event({ type: "app_uninstalled" })).toBeUndefined();
    expect(await desk.event({ type: "tokens_revoked", tokens: { bot: ["U1"] } })).toBeUndefined();
    expect(desk.told.revoked).toEqual(["TACME", "TACME"]);
  });
});

describe("who is asked about roles", () => {
  const away = new AppError("temporary", "Slack does not say who this is");
  const desk = createDesk({
    directory: {
      async member(_workspace, { id, name }, need) {
        if (need !== "at-least") throw away;
        return { user: { externalId: id, name: name ?? id, role: "customer" } };
      },
      forgetUser() {},
      forgetGroups() {},
      groups: async () => [],
    },
  });

  test("T10 what depends on the role is not taken while the role is not known", async () => {
    await expect(desk.event(question)).rejects.toBe(away);
    await expect(desk.receive("command", command)).rejects.toBe(away);
    await expect(desk.receive("shortcut", shortcut)).rejects.toBe(away);
  });

  test("commands and shortcuts come only once: Slack may take its time to say who gave them", async () => {
    const slow = createDesk({
      directory: {
        async member(_workspace, { id }, need) {
          if (need !== "awaited") throw away;
          return { user: { externalId: id, role: "lead" } };
        },
        forgetUser() {},
        forgetGroups() {},
        groups: async () => [],
      },
    });
    expect(await slow.receive("command", command)).toMatchObject({ from: { role: "lead" } });
    expect(await slow.receive("shortcut", shortcut)).toMatchObject({ by: { role: "lead" } });
  });

  test("a customer's tap, form and words count all the same, with the name of the payload", async () => {
    expect(await desk.receive("action", tap)).toMatchObject({ from: { name: "dana" } });
    expect(await desk.receive("view", submission)).toMatchObject({ from: { name: "dana" } });
    const direct = { ...question, channel: "D1", channel_type: "im" };
    expect(await desk.event(direct)).toMatchObject({ kind: "direct-message" });
  });
});

describe("whose payload it is", () => {
  const org = workspace("EORG");
  const workspaces = createWorkspaces([acme, other, org]);
  const guest = { team_id: "TGUEST", user: { team_id: "TGUEST" } };

  test.each([
    [
      "the view says it",
      { view: { app_installed_team_id: "TOTHER" }, team: { id: "TACME" } },
      other,
    ],
    [
      "the authorization says it",
      { authorizations: [{ team_id: "TOTHER", is_enterprise_install: false }], team_id: "TACME" },
      other,
    ],
    [
      "an organisation's authorization",
      {
        authorizations: [{ team_id: "TACME", enterprise_id: "EORG", is_enterprise_install: true }],
        team_id: "TACME",
      },
      org,
    ],
    ["the context says it", { ...guest, context_team_id: "TOTHER", team_id: "TACME" }, other],
    ["a guest's event", { ...guest, authorizations: [{ team_id: "TACME" }] }, acme],
    [
      "a guest's tap on what our bot there wrote",
      { ...guest, type: "block_actions", message: { user: "UBOTTOTHER", bot_id: "BTOTHER" } },
      other,
    ],
    [
      "a shortcut on a message of our other bot",
      { type: "message_action", message: { bot_id: "BTOTHER" }, team: { id: "TACME" } },
      acme,
    ],
    ["the team of a tap", { team: { id: "TACME" }, user: { team_id: "TGUEST" } }, acme],
    ["the team of a command", { team_id: "TACME" }, acme],
    ["an organisation's tap", { team: null, enterprise: { id: "EORG" } }, org],
    ["nobody of ours", guest, undefined],
    ["no payload at all", null, undefined],
    ["an unknown shape", { authorizations: "none", team: 7, channel: [], team_id: {} }, undefined],
  ])("F18 %s", (_name, body, expected) => {
    expect(workspaces.find(body)?.ref).toEqual(expected?.ref);
  });

  test("F18 a guest's command in a shared channel is for whoever has the channel", () => {
    const shared = createWorkspaces([acme, other]);
    const body = { ...guest, channel_id: "CSHARED" };
    expect(shared.find(body)).toBeUndefined();
    shared.learn("CSHARED", other);
    expect(shared.find(body)?.ref).toEqual(other.ref);
    expect(
      shared.find({ ...body, channel_id: undefined, channel: { id: "CSHARED" } })?.ref.externalId,
    ).toBe("TOTHER");
    expect(shared.find({ ...body, team_id: "TACME" })?.ref.externalId).toBe("TOTHER");
  });
});

test("F19 no payload of any shape makes it crash", async () => {
  const desk = createDesk();
  const samples = [
    ["event", envelope(question)],
    ["event", envelope({ type: "reaction_added", user: "UKIM", item: { type: "message" } })],
    ["event", envelope({ type: "member_joined_channel", user: "UBOTTACME", channel: "C1" })],
    ["command", command],
    ["action", tap],
    ["view", submission],
    ["shortcut", shortcut],
  ] as const;
  const paths = samples.map(([, body]) => pathsIn(body));
  const mutation = fc.integer({ min: 0, max: samples.length - 1 }).chain((index) =>
    fc.record({
      index: fc.constant(index),
      path: fc.constantFrom(...(paths[index] ?? [])),
      value: fc.oneof(fc.jsonValue(), fc.constant(undefined)),
    }),
  );
  await fc.assert(
    fc.asyncProperty(mutation, async ({ index, path, value }) => {
      const [kind, body] = samples[index] ?? samples[0];
      const mutated = changed(body, path, value);
      createWorkspaces([acme]).find(mutated);
      const event = await desk.receive(kind, mutated);
      expect(event === undefined || Number.isFinite(event.at.getTime())).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

function pathsIn(value: unknown): string[][] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [
    [key],
    ...pathsIn(inner).map((path) => [key, ...path]),
  ]);
}

function changed(value: unknown, [key, ...rest]: string[], to: unknown): unknown {
  if (key === undefined) return to;
  if (Array.isArray(value)) {
    return value.map((inner, index) => (String(index) === key ? changed(inner, rest, to) : inner));
  }
  const inner = typeof value === "object" && value !== null ? Object.entries(value) : [];
  return Object.fromEntries(inner.map(([k, v]) => [k, k === key ? changed(v, rest, to) : v]));
}
