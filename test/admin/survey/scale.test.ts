import { beforeAll, expect, test } from "vitest";
import { readSchedule } from "../../../src/store/schedules.ts";
import { listSurveyVersions, readKeptSurvey } from "../../../src/store/survey-versions.ts";
import { describeEitherDatabase } from "../../support/database.ts";
import { wordsOf } from "../../support/messenger.ts";
import { createWorld, robin, type World } from "../../support/world.ts";
import { type Admin, adminOf } from "./support.ts";

describeEitherDatabase("what a survey measures, on which scale, in which languages", (open) => {
  let world: World;
  let admin: Admin;
  beforeAll(async () => {
    world = await createWorld(await open());
    admin = adminOf(world, robin);
  });

  const kept = async (key: string) => {
    const survey = await readKeptSurvey(world.engine.db, world.workspaceId, key);
    if (survey === undefined) throw new Error(`there is no survey ${key}`);
    return survey;
  };
  const question = "1. How likely is it that you would recommend Acme to a friend …";
  const english = "Write the ends of the scale: English and Simplified Chinese";

  test("ends are written with what is wrong at each field, turned round, a series of their own, and taken back", async () => {
    await admin.types("/survey edit relationship-nps");
    await admin.presses(question);
    expect(admin.words()).toContain("as usual (not at all likely – extremely likely)");
    await admin.presses(english);
    await admin.sends({
      ...{ "low-en": "<!channel> {agent}", "high-en": "x".repeat(76) },
      ...{ "low-zh-Hans": "\u200B", "high-zh-Hans": "一定" },
    });
    const wrong = Object.fromEntries(
      admin.form().fields.map(({ name, problem }) => [name, problem]),
    );
    expect(wrong["low-en"]).toContain("leave out {agent}");
    expect(wrong["high-en"]).toMatch(/At most 75 .* 76/u);
    expect(wrong["low-zh-Hans"]).toContain("write this one too");
    expect(wrong["high-zh-Hans"]).toBeUndefined();
    await admin.sends({ "low-en": "Never!", "high-en": "never", "high-zh-Hans": "" });
    expect(admin.form().fields[1]?.problem).toContain("the same");

    await admin.sends({ "low-en": "Certainly  yes", "high-en": "Never ever" });
    expect(admin.words()).toContain("turns the scale round");
    await admin.presses(english);
    expect(admin.form().fields[0]?.hint).toContain("turns the scale round");
    expect(admin.form().fields[2]?.hint).toContain("no words in this language");
    expect(admin.form().fields[3]?.hint).toContain("极有可能");
    await admin.sends({});
    await admin.presses("Use this");
    await admin.presses("Save …");
    expect(admin.words()).toContain("as usual → Never ever – Certainly yes");
    expect(admin.words()).toContain("The ends of the scale are called otherwise now");
    await admin.presses("Save and count apart from now on");
    expect(await kept("relationship-nps")).toMatchObject({ version: 2, series: 2 });

    await admin.types("/survey edit relationship-nps");
    await admin.presses(question);
    await admin.presses("Back to the usual ends");
    await admin.presses("Back");
    await admin.presses("Save …");
    await admin.presses("Save and count apart from now on");
    const all = await listSurveyVersions(world.engine.db, world.workspaceId, "relationship-nps");
    expect(all.map(({ series }) => series)).toEqual([1, 2, 3]);
    expect(all[2]?.definition).toEqual(all[0]?.definition);
  });

  test("whoever speaks none of its languages is asked in the chosen one, and in another when that goes", async () => {
    await admin.types("/survey edit chat-nps");
    await admin.presses("Languages");
    expect(admin.words()).toContain("speaks none of these is asked in English");
    await admin.presses("Everybody else: Russian");
    await admin.presses("Back");
    await admin.presses("Save …");
    expect(admin.words()).toContain("English → Russian");
    await admin.presses("Yes, save");
    const marie = { externalId: "U-marie", name: "Marie", role: "customer", locale: "fr" } as const;
    await world.playChat({ customer: marie });
    world.clock.advance(15 * 60_000);
    await world.settle();
    const [asked] = world.messenger.to(marie.externalId);
    expect(asked && wordsOf(asked.message)).toContain("порекомендуете");

    await admin.types("/survey edit chat-nps");
    await admin.presses("Languages");
    await admin.presses("Add a language");
    await admin.sends({ language: "de" });
    expect(admin.buttons()).not.toContain("Everybody else: German");
    await admin.presses("Remove Russian");
    expect(admin.words()).toContain("from then on it is English");
    await admin.presses("Remove Russian");
    expect(admin.words()).toContain("speaks none of these is asked in English");
  });

  test("a survey that is to measure something else is another one in its place, and can be taken back", async () => {
    await admin.types("/survey edit relationship-nps");
    await admin.presses(question);
    await admin.presses("Measure something else");
    await admin.sends({ metric: "csat", key: "chat-nps" });
    expect(admin.form().fields.at(-1)?.problem).toContain("chat-nps-2 is free");
    await admin.sends({ key: "relationship CSAT" });
    expect(admin.words()).toContain("takes the place of relationship-nps");
    expect(admin.words()).toContain("What could we have done better?");
    await admin.presses("Save …");
    expect(admin.words()).toContain("NPS counts no new answers from here");
    expect(admin.words()).toContain("Schedule “relationship”");
    await admin.presses("Save and take its place");
    const made = await kept("relationship-csat");
    expect(made).toMatchObject({ state: "on", trigger: "schedule" });
    expect(made.definition?.questions.map(({ key }) => key)).toEqual(["score", "why", "contact"]);
    expect(await kept("relationship-nps")).toMatchObject({ state: "paused", version: 3 });
    const asked = async () => {
      const found = await readSchedule(world.engine.db, world.workspaceId, "relationship");
      return found?.definition.steps?.[0]?.survey;
    };
    expect(await asked()).toBe("relationship-csat");
    await admin.presses("Undo");
    expect(await asked()).toBe("relationship-nps");
    expect((await kept("relationship-nps")).state).toBe("on");
  });

  test("a question of one's own comes second when a new survey begins with a score", async () => {
    await admin.types("/survey new");
    await admin.presses("A question of my own with answers to choose");
    await admin.sends({
      key: "own",
      question: "How did you find us?",
      options: "A friend\nThe web",
    });
    await admin.presses("1. How did you find us?");
    await admin.presses("Begin with a score");
    await admin.sends({ metric: "emotion" });
    expect(admin.buttons().slice(0, 2)).toEqual([
      "1. How did the conversation with our support leave you feeling?",
      "2. How did you find us?",
    ]);
    await admin.presses("Save …");
    await admin.presses("Yes, save");
    expect((await kept("own")).definition).toMatchObject({
      metric: "emotion",
      questions: [{ metric: "emotion" }, { kind: "choice" }],
    });
  });
});
