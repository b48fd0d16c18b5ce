import { beforeAll, beforeEach, expect, test } from "vitest";
import { AppError } from "../../../src/errors.ts";
import { createInbox } from "../../../src/inbox.ts";
import type { ChatPlatform, Form, Message, Reply, SupportPlace } from "../../../src/platform.ts";
import { readConfiguration } from "../../../src/store/read-configuration.ts";
import { describeEitherDatabase, type TestDatabase } from "../../support/database.ts";
import { tokenOf, wordsOf } from "../../support/messenger.ts";
import { createWorld, robin, type World } from "../../support/world.ts";

describeEitherDatabase("what platforms tell while somebody sets up", (open) => {
  let database: TestDatabase;
  let world: World;
  let groups: () => Promise<{ id: string; name: string }[]>;
  let places: readonly SupportPlace[];
  beforeAll(async () => {
    database = await open();
  });
  beforeEach(async () => {
    world = await createWorld(database);
    groups = async () => [
      { id: "S1", name: "@support" },
      { id: "S2", name: "@kim" },
    ];
    places = [];
    const told: Pick<ChatPlatform, "groups" | "supportPlaces"> = {
      groups: () => groups(),
      supportPlaces: async () => places,
    };
    const engine = { ...world.engine, platforms: [{ ...world.messenger, ...told }] };
    world = { ...world, engine, inbox: createInbox(engine) };
  });

  let turn = 0;
  const receives = (event: { kind: "command"; text: string } | Pressed) => {
    turn += 1;
    const connection = { platform: "messenger", externalId: `T-${world.workspaceId}` };
    const base = { id: `seen-${turn}`, connection, at: world.clock.now(), from: robin };
    return world.inbox.receive(
      event.kind === "command" ? { ...base, ...event, name: "aftertalk" } : { ...base, ...event },
    );
  };
  const replyTo = (message: Message, label: string) =>
    receives({ kind: "action", token: tokenOf(message, label) });
  const presses = async (message: Message, ...labels: readonly string[]) => {
    let card = message;
    for (const label of labels) card = shown(await replyTo(card, label));
    return card;
  };
  const step = async (n: 2 | 3) => {
    const card = shown(await receives({ kind: "command", text: "setup" }));
    const first = await presses(card, "Loyalty", "They can choose among many", "Next");
    return n === 2 ? first : presses(first, "Next");
  };
  const sends = (form: Form, values: Readonly<Record<string, string>>) =>
    receives({ kind: "action", token: form.submit.token, values });
  const form = async (card: Message) => formIn(await replyTo(card, "Add a person or group"));

  test("a group gets a role as a person does; its name beside a person's is asked about", async () => {
    await world.playChat();
    const leads = await step(3);
    expect(wordsOf(leads)).toContain("Groups here: @support, @kim.");
    const asked = await form(leads);
    const again = formIn(await sends(asked, { who: "Kim", role: "lead" }));
    expect(again.fields[0]?.problem).toContain("2 people are called that");
    const nobody = formIn(await sends(asked, { who: "@suport", role: "lead" }));
    expect(nobody.fields[0]?.problem).toContain("Groups here: @support, @kim.");
    const wished = shown(await sends(asked, { who: "Support", role: "lead" }));
    expect(wordsOf(wished)).toContain("@support: Lead, once you say yes");
    await presses(wished, "Next", "Next", "Yes, switch on");
    const { grants } = await readConfiguration(database.db, world.workspaceId);
    expect([...grants.values()]).toMatchObject([
      { subject: { kind: "group", groupId: "S1", label: "@support" }, role: "lead" },
    ]);
  });

  test("a platform that does not answer keeps nobody from going on", async () => {
    groups = async () => {
      throw new AppError("temporary", "away");
    };
    const leads = await step(3);
    expect(wordsOf(leads)).toContain("where there are any");
    expect(wordsOf(await presses(leads, "Next"))).toContain("step 4 of 4");
  });

  test("where no chats are heard of is told with what to do", async () => {
    const unset = await step(2);
    // It stands there once more for whoever wants to add one.
    expect(wordsOf(unset).split("To add a place, ask whoever runs aftertalk.")).toHaveLength(3);
    places = [
      { name: "#help", state: "ready", lacks: [] },
      { name: "#billing", state: "outside", lacks: [] },
    ];
    const words = wordsOf(await presses(unset, "Look again"));
    expect(words).toContain("Here I hear of no chats");
    expect(words).toContain("#billing");
    expect(words).not.toContain("#help:");
  });
});

interface Pressed {
  readonly kind: "action";
  readonly token: string;
  readonly values?: Readonly<Record<string, string>>;
}

function shown(reply: Reply): Message {
  if (reply.kind === "message" || reply.kind === "update") return reply.message;
  throw new Error(`the answer was ${reply.kind}`);
}

function formIn(reply: Reply): Form {
  if (reply.kind === "form") return reply.form;
  throw new Error(`the answer was ${reply.kind}`);
}
