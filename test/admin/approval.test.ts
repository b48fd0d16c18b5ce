import { beforeAll, beforeEach, expect, test, vi } from "vitest";
import type { Message, PlatformUser, Reply } from "../../src/platform.ts";
import { changeSettings } from "../../src/store/settings.ts";
import { describeEitherDatabase, type TestDatabase } from "../support/database.ts";
import { tokenOf, wordsOf } from "../support/messenger.ts";
import { createWorld, dana, robin, type World } from "../support/world.ts";

const alex: PlatformUser = { ...robin, externalId: "U-alex", name: "Alex" };
const LOOK = "Look 30 days ahead";

describeEitherDatabase("what waits for a second admin", (open) => {
  let database: TestDatabase;
  let world: World;
  beforeAll(async () => {
    database = await open();
  });
  beforeEach(async () => {
    world = await createWorld(database);
    const by = { actor: "operator", at: world.clock.now() };
    await changeSettings(database.db, world.workspaceId, { approval: { secondPerson: true } }, by);
    await world.writes(dana, "hello");
    await world.types(alex, "aftertalk", "home");
  });

  const types = async (from: PlatformUser, command: string, text: string) =>
    shown(await world.types(from, command, text));
  const presses = async (from: PlatformUser, message: Message, label: string) =>
    shown(await world.presses(from, tokenOf(message, label)));
  /** What robin wants, and the card of it in the leads' channel. */
  const proposes = async (label = "Save and switch on") => {
    const asked = await types(robin, "survey", "schedule nps every Monday at 10:00");
    const own = await presses(robin, asked, label);
    return { asked, own, card: await leadsCard() };
  };
  const leadsCard = async () => {
    await world.settle();
    const card = world.messenger.leads().at(-1)?.message;
    if (card === undefined) throw new Error("the leads were told nothing");
    return card;
  };

  test("is foreseen when it is proposed, and again by whoever opens it", async () => {
    const { asked, own, card } = await proposes();
    expect(aheadIn(card)).toBe(aheadIn(asked));
    expect(labelsOf(card)).toEqual(["Agree", "Refuse", "Look again"]);
    expect(labelsOf(own)).toEqual(["Take back"]);

    await world.writes({ ...dana, externalId: "U-eve", name: "Eve" }, "hello");
    expect(aheadIn(await presses(alex, card, "Look again"))).toContain("for 2 people");
    const listed = await types(alex, "aftertalk", "undo");
    const opened = await presses(alex, listed, "Look at it");
    expect(aheadIn(opened)).toContain("for 2 people");
    // It stays the card of all when its own author looks at it there.
    expect(labelsOf(await presses(robin, card, "Look again"))).toContain("Agree");
    expect(wordsOf(await presses(robin, card, "Agree"))).toContain("another admin has to decide");
    expect(wordsOf(await presses(alex, opened, "Agree"))).toContain("agreed");
    expect(labelsOf(await presses(alex, card, "Look again"))).toEqual(["Undo"]);
  });

  test("where nobody could look ahead it waits all the same, and is looked at before anybody agrees", async () => {
    const asked = await types(robin, "survey", "schedule nps every Monday at 10:00");
    vi.spyOn(world.engine, "patiently").mockRejectedValueOnce(new Error("no connection"));
    await presses(robin, asked, "Save and switch on");
    const card = await leadsCard();
    expect(labelsOf(card)).toEqual([LOOK, "Refuse"]);
    const looked = await presses(alex, card, LOOK);
    expect(aheadIn(looked)).toBe(aheadIn(asked));
    expect(labelsOf(looked)).toContain("Agree");
  });

  test("of more than one schedule all together are foreseen", async () => {
    await presses(robin, await types(robin, "survey", "stop all"), "Stop all questions");
    const stopped = await types(robin, "survey", "resume all");
    await presses(robin, stopped, "Resume questions");
    const resumed = await leadsCard();
    expect(wordsOf(resumed)).toContain("The next 30 days");
    expect(labelsOf(resumed)).toContain("Agree");
  });
});

function shown(reply: Reply): Message {
  if (reply.kind === "message" || reply.kind === "update") return reply.message;
  throw new Error(`a ${reply.kind} is no card`);
}

const labelsOf = ({ parts }: Message): string[] =>
  parts.flatMap((part) => ("options" in part ? part.options.map(({ label }) => label) : []));

/** What it says of how many are asked. */
function aheadIn(message: Message): string {
  const [line] = /\d+ questions? .*/u.exec(wordsOf(message)) ?? [];
  if (line === undefined) throw new Error(`nothing is foreseen: ${wordsOf(message)}`);
  return line;
}
