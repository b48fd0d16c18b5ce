import { beforeAll, beforeEach, expect, test } from "vitest";
import { textsFor } from "../../../src/locales/index.ts";
import type { Message, Reply } from "../../../src/platform.ts";
import { planDue } from "../../../src/scheduling/plan/plan-due.ts";
import { readConfiguration } from "../../../src/store/read-configuration.ts";
import { switchSurvey } from "../../../src/store/survey-versions.ts";
import { describeEitherDatabase, type TestDatabase } from "../../support/database.ts";
import { tokenOf, wordsOf } from "../../support/messenger.ts";
import { createWorld, dana, robin, type World } from "../../support/world.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
type State = Parameters<typeof switchSurvey>[3];

describeEitherDatabase("a schedule whose survey is off", (open) => {
  let database: TestDatabase;
  let world: World;
  beforeAll(async () => {
    database = await open();
  });
  beforeEach(async () => {
    world = await createWorld(database);
  });

  const types = async (text: string) =>
    shown(await world.types(robin, "survey", `schedule ${text}`));
  const card = async (message: Message, label: string) =>
    shown(await world.presses(robin, tokenOf(message, label)));
  const becomes = (key: string, state: State) =>
    database.db.transaction().execute((trx) => switchSurvey(trx, world.workspaceId, key, state));
  /** Surveys and schedules of these names, each with its state. */
  const states = async (...names: string[]) => {
    const { surveys, schedules } = await readConfiguration(database.db, world.workspaceId);
    return names.map((name) => (surveys.get(name) ?? schedules.get(name))?.state);
  };

  test("is switched on with it by one yes, asks whom it foretold, and one undo takes both back", async () => {
    await world.playChat();
    await becomes("relationship-nps", "paused");
    expect(wordsOf(await types("relationship"))).toContain("nobody is asked it until it is on");
    const asked = await types("nps every Monday at 10:00");
    expect(wordsOf(asked)).toContain("Switching this schedule on switches it on, too.");
    expect(wordsOf(asked)).toContain("4 asked");
    expect(labelsOf(asked)).toContain("Save, switched off");
    const done = await card(asked, "Save and switch both on");
    expect(await states("relationship-nps", "nps-weekly")).toEqual(["on", "on"]);
    expect(aheadIn(await types("preview nps-weekly"))).toBe(aheadIn(asked));

    await card(done, textsFor("en").text("change.undo"));
    expect(await states("relationship-nps", "nps-weekly")).toEqual(["paused", "archived"]);
    const again = await types("on nps-weekly");
    await card(again, "Yes, switch both on");
    expect(await states("relationship-nps", "nps-weekly")).toEqual(["on", "on"]);
  });

  test("of a schedule that is on already it is switched on by itself, or left as it is", async () => {
    await card(await types("on relationship"), "Yes, switch it on");
    await becomes("relationship-nps", "paused");
    const asked = await types("on relationship");
    expect(labelsOf(asked)).toEqual(["Switch the survey on", "Switch off", "Change", "Drop it"]);
    await card(asked, "Switch the survey on");
    expect(await states("relationship-nps", "relationship")).toEqual(["on", "on"]);
    expect(wordsOf(await types("on relationship"))).toContain("nothing was changed");
  });

  test("after chats the one that takes another's place is named; where none is on it is chosen", async () => {
    const sentence = "chat-csat 1 hour after a chat is closed";
    const asked = await types(sentence);
    expect(wordsOf(asked)).toContain("“chat-csat” takes the place of “chat-nps”");
    await card(asked, "Save and switch both on");
    expect(await states("chat-csat", "chat-nps")).toEqual(["on", "paused"]);

    await becomes("chat-csat", "paused");
    const which = await types("on after-chat");
    expect(wordsOf(which)).toContain("No survey is on after chats");
    expect(labelsOf(which)).toEqual(
      expect.arrayContaining(
        ["nps", "ces", "csat"].map((key) => `Switch on, asking “chat-${key}”`),
      ),
    );
    await card(which, "Switch on, asking “chat-ces”");
    expect(await states("chat-ces", "chat-csat", "after-chat")).toEqual(["on", "paused", "on"]);
  });

  test("a survey after chats that is not the chosen one is asked by a row of others as it is", async () => {
    await world.playChat();
    const joined = { joined_at: world.clock.now() };
    await database.db
      .updateTable("people")
      .set(joined)
      .where("workspace_id", "=", world.workspaceId)
      .where("name", "=", "Dana")
      .execute();
    const asked = await types("chat-ces 8 days after joining then 60 days later nps");
    expect(wordsOf(asked)).not.toContain("switched off");
    expect(wordsOf(asked)).toContain("1 asked");
    await card(asked, "Save and switch on");
    world.clock.advance(8 * DAY_MS + DAY_MS / 24);
    await planDue(world.engine);
    await world.settle();
    expect(wordsOf(world.messenger.to(dana.externalId).at(-1)?.message ?? fail())).toContain(
      "easy",
    );
  });

  test("paused meanwhile it is looked at anew, and nothing is switched on unsaid", async () => {
    const asked = await types("nps every Monday at 10:00");
    await becomes("relationship-nps", "paused");
    const again = await card(asked, "Save and switch on");
    expect(labelsOf(again)).toContain("Save and switch both on");
    expect(await states("relationship-nps", "nps-weekly")).toEqual(["paused", undefined]);
  });

  test("one that is archived is told as such, in a sentence and of a schedule", async () => {
    await becomes("relationship-nps", "archived");
    const mend = "bring it back with /survey resume relationship-nps";
    for (const text of ["relationship-nps every Monday at 10:00", "on relationship"])
      expect(wordsOf(await types(text)).toLowerCase(), text).toContain(mend);
  });

  test("what cannot be asked is told with how to mend it, and is not switched on", async () => {
    const { db } = database;
    const { surveys } = await readConfiguration(db, world.workspaceId);
    const definition = structuredClone(surveys.get("relationship-nps")?.definition);
    const [question] = definition?.questions ?? [];
    if (question?.kind === "score") question.wording.en = "How did {agent} do?";
    await db
      .updateTable("survey_versions")
      .set({ definition: JSON.stringify(definition) })
      .where("workspace_id", "=", world.workspaceId)
      .where("survey_id", "=", (eb) =>
        eb
          .selectFrom("surveys")
          .select("id")
          .where("workspace_id", "=", world.workspaceId)
          .where("key", "=", "relationship-nps"),
      )
      .execute();
    const broken = await types("on relationship");
    expect(wordsOf(broken)).toContain("Mend it with /survey edit relationship-nps");
    expect(labelsOf(broken)).toEqual(["Change", "Drop it"]);
  });
});

function shown(reply: Reply): Message {
  if (reply.kind === "message" || reply.kind === "update") return reply.message;
  throw new Error(`a ${reply.kind} is no card`);
}

function fail(): never {
  throw new Error("nothing was sent");
}

const labelsOf = ({ parts }: Message): string[] =>
  parts.flatMap((part) => ("options" in part ? part.options.map(({ label }) => label) : []));

/** What it says of how many are asked. */
function aheadIn(message: Message): string {
  return /\d+ questions? .*/u.exec(wordsOf(message))?.[0] ?? fail();
}
