import { expect, test } from "vitest";
import { listener, modal, outcome, type Stage, stage } from "./setup.ts";

/** A trigger without an answer: from a command that Dana types. */
async function scene(options: Parameters<typeof stage>[0] = {}) {
  const base: Stage = await stage(options);
  const heard = await listener(base.slack);
  const help = base.acme.channel("help");
  const dana = base.acme.person("Dana");
  const trigger = async () => {
    await dana.types(help, "/survey");
    return String(heard.payloads.at(-1)?.trigger_id);
  };
  return { ...base, heard, help, dana, trigger };
}

test("three views fit on the stack, a fourth is refused", async () => {
  const { client, dana, heard, trigger, slack } = await scene();
  const button = {
    type: "actions" as const,
    elements: [
      {
        type: "button" as const,
        action_id: "more",
        text: { type: "plain_text" as const, text: "More" },
      },
    ],
  };
  const view = (title: string) => {
    const form = modal(title);
    return { ...form, blocks: [...form.blocks, button] };
  };
  await client.views.open({ trigger_id: await trigger(), view: view("One") });
  const push = async (title: string) => {
    await dana.presses("modal", "More");
    return client.views.push({
      trigger_id: String(heard.payloads.at(-1)?.trigger_id),
      view: view(title),
    });
  };
  await push("Two");
  const third = await push("Three");
  expect(third.view?.previous_view_id).not.toBeNull();
  expect(await outcome(push("Four"))).toBe("push_limit_reached");
  expect(dana.modal()?.title).toBe("Three");
  await dana.closes();
  expect(dana.modal()?.title).toBe("Two");
  await dana.closes({ all: true });
  expect(dana.modal()).toBeUndefined();
  expect(slack.problems.map(({ error }) => error)).toEqual(["push_limit_reached"]);
});

test("an update with an old hash is refused, and what was typed stays where the field is the same", async () => {
  const { client, dana, trigger, heard } = await scene();
  const opened = await client.views.open({ trigger_id: await trigger(), view: modal() });
  const { id = "", hash = "" } = opened.view ?? {};
  await client.views.update({ view_id: id, hash, view: modal("Second") });
  const late = client.views.update({ view_id: id, hash, view: modal("Third") });
  expect(await outcome(late)).toBe("hash_conflict");
  heard.answer = JSON.stringify({ response_action: "errors", errors: { comment: "No" } });
  heard.status = 200;
  await dana.submits({ "What went wrong?": "slow" });
  await client.views.update({ view_id: id, view: modal("Fourth") });
  const submitted = heard.payloads.at(-1)?.view as { state?: unknown; hash?: string };
  expect(submitted.state).toEqual({
    values: { comment: { text: { type: "plain_text_input", value: "slow" } } },
  });
  heard.answer = "";
  expect(await dana.submits()).toMatchObject({ outcome: "acknowledged" });
  expect(heard.payloads.at(-1)?.view).toMatchObject({ state: submitted.state });
});

test("an answer to a submission updates, pushes or clears the stack", async () => {
  const { client, dana, trigger, heard } = await scene();
  const answer = (body: unknown) => {
    heard.answer = JSON.stringify(body);
  };
  const opened = await client.views.open({ trigger_id: await trigger(), view: modal("One") });
  expect(opened.view?.state).toEqual({
    values: { comment: { text: { type: "plain_text_input", value: null } } },
  });
  answer({ response_action: "push", view: modal("Two") });
  await dana.submits({ text: "a" });
  expect(dana.modal()?.title).toBe("Two");
  answer({ response_action: "update", view: modal("Thanks") });
  await dana.submits({ text: "b" });
  expect(dana.modal()?.title).toBe("Thanks");
  answer({ response_action: "clear" });
  await dana.submits({ text: "c" });
  expect(dana.modal()).toBeUndefined();
});

test("a view that Slack would refuse is a problem of the app, also in the answer to a submission", async () => {
  const { client, dana, trigger, heard, slack } = await scene();
  const long = modal("A title that is longer than twenty-four");
  const refused = client.views.open({ trigger_id: await trigger(), view: long });
  expect(await outcome(refused)).toBe("invalid_arguments");
  await client.views.open({ trigger_id: await trigger(), view: modal() });
  heard.answer = JSON.stringify({ response_action: "update", view: long });
  expect(await dana.submits({ text: "a" })).toMatchObject({ outcome: "failed" });
  expect(slack.problems.map(({ method }) => method)).toEqual([
    "views.open",
    "view_submission response",
  ]);
});

test("a closed view is told where the app asked for it", async () => {
  const { client, dana, trigger, heard } = await scene();
  const view = { ...modal(), notify_on_close: true };
  await client.views.open({ trigger_id: await trigger(), view });
  await dana.closes({ all: true });
  expect(heard.payloads.at(-1)).toMatchObject({ type: "view_closed", is_cleared: true });
});

test("the App Home is published for one person, shown to them alone, and pressed there", async () => {
  const { acme, client, dana, heard, slack } = await scene();
  const kim = acme.person("Kim");
  const home = (text: string) => ({
    type: "home" as const,
    blocks: [
      { type: "section" as const, text: { type: "plain_text" as const, text } },
      {
        type: "actions" as const,
        elements: [
          {
            type: "button" as const,
            action_id: "pause",
            value: "pause-token",
            text: { type: "plain_text" as const, text: "Pause" },
          },
        ],
      },
    ],
  });
  await dana.opensHome();
  await slack.settled();
  expect(heard.payloads.at(-1)?.event).toMatchObject({ type: "app_home_opened", tab: "home" });
  const first = await client.views.publish({ user_id: dana.id, view: home("Hello") });
  await client.views.publish({ user_id: dana.id, view: home("Again") });
  const hash = first.view?.hash ?? "";
  const late = client.views.publish({ user_id: dana.id, hash, view: home("Late") });
  expect(await outcome(late)).toBe("hash_conflict");
  expect(dana.home()?.words).toContain("Again");
  expect(kim.home()).toBeUndefined();
  await dana.presses("home", "Pause");
  expect(heard.payloads.at(-1)).toMatchObject({
    container: { type: "view", view_id: dana.home()?.id },
    actions: [{ value: "pause-token" }],
  });
});
