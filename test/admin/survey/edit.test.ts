import { beforeAll, expect, test } from "vitest";
import { listSurveyVersions, readKeptSurvey } from "../../../src/store/survey-versions.ts";
import { describeEitherDatabase } from "../../support/database.ts";
import { wordsOf } from "../../support/messenger.ts";
import { createWorld, robin, type World } from "../../support/world.ts";
import { junk } from "./junk.ts";
import { adminOf } from "./support.ts";

const ada = { ...robin, externalId: "U-ada", name: "Ada" } as const;

describeEitherDatabase("surveys in chat", (open) => {
  let world: World;
  beforeAll(async () => {
    world = await createWorld(await open());
  });

  test("a survey in two languages is begun, tried, saved, and changed by two admins at once", async () => {
    const admin = adminOf(world, robin);
    await admin.types("/survey new");
    await admin.presses("A question of my own with answers to choose");
    await admin.sends({
      ...{ key: "Spring check!", question: "How do you find us?", options: "A friend\nThe web" },
    });
    expect(admin.form().fields.find(({ name }) => name === "key")?.problem).toMatch(
      /letter of a-z/,
    );
    expect(admin.form().fields.find(({ name }) => name === "options")?.value).toBe(
      "A friend\nThe web",
    );
    await admin.sends({ key: "Spring Check" });
    expect(admin.words()).toContain("New survey spring-check");
    await admin.presses("Languages");
    await admin.presses("Add a language");
    await admin.sends({ language: "ru" });
    expect(admin.words()).toContain("Russian: 3 texts missing");
    await admin.presses("Back");
    await admin.presses("1. How do you find us?");
    await admin.presses("Write the words");
    await admin.sends({ ru: "Как вы нас нашли?" });
    await admin.presses("Answers to choose");
    await admin.sends({ ru: "Друг\nИнтернет\nЕщё" });
    expect(admin.form().fields[1]?.problem).toContain("3 lines here, but 2");
    await admin.sends({ ru: "Друг\nИнтернет" });
    expect(admin.words()).toContain("A friend");
    await admin.presses("Back");
    await admin.presses("Try it on me");
    await admin.presses("Russian");
    expect(admin.words()).toContain("direct message");
    await world.settle();
    const [asked] = world.messenger.to(robin.externalId).slice(-1);
    expect(asked && wordsOf(asked.message)).toContain("Как вы нас нашли?");
    await world.answers(robin, "Друг");
    const said = world.messenger.to(robin.externalId).map(({ message }) => wordsOf(message));
    expect(said.at(-1)).toContain("That was the trial");
    await admin.presses("Save …");
    expect(admin.words()).toContain("switched off");
    await admin.presses("Yes, save");
    const saved = await readKeptSurvey(world.engine.db, world.workspaceId, "spring-check");
    expect(saved).toMatchObject({ version: 1, state: "paused" });
    expect(saved?.definition?.questions[0]).toMatchObject({
      wording: { en: "How do you find us?", ru: "Как вы нас нашли?" },
      options: [{ key: "a-friend" }, { key: "the-web" }],
    });
    for (const table of ["invitations", "answers"] as const) {
      const rows = await world.engine.db.selectFrom(table).selectAll().execute();
      expect(rows.filter((row) => row.workspace_id === world.workspaceId)).toEqual([]);
    }

    const other = adminOf(world, ada);
    await admin.types("/survey edit spring-check");
    await other.types("/survey edit spring-check");
    expect(other.words()).toContain("Robin");
    for (const [who, words] of [
      [admin, "How did you hear of us?"],
      [other, "Where did you hear of us?"],
    ] as const) {
      await who.presses("1. How do you find us?");
      await who.presses("Write the words");
      await who.sends({ en: words });
      await who.presses("Back");
    }
    await admin.presses("Save …");
    await admin.presses("Yes, save");
    await other.presses("Save …");
    await other.presses("Yes, save");
    const versions = await listSurveyVersions(world.engine.db, world.workspaceId, "spring-check");
    expect(versions).toHaveLength(2);
    await other.types("/survey drafts");
    expect(other.words()).toContain("Survey spring-check");
    await admin.types("/survey history spring-check");
    expect(admin.words()).toMatch(/Version 2 .* Robin/);
  });

  test("40 languages of junk as the words of a question: kept, or told how long they may be, and never lost", async () => {
    expect(junk).toHaveLength(40);
    const admin = adminOf(world, robin);
    await admin.types("/survey edit relationship-nps");
    await admin.presses("1. How likely is it that you would recommend Acme to a friend …");
    const card = admin.shows();
    for (const words of junk) {
      admin.goes(card);
      await admin.presses("Write the words");
      await admin.sends({ en: words, ru: "Оценка?" });
      if (!admin.isForm()) continue;
      const [en, , , ru] = admin.form().fields;
      expect(en?.problem, words.slice(0, 20)).toMatch(/At most 2000 characters; these are \d+/);
      expect(ru?.value).toBe("Оценка?");
      expect(en?.value?.length).toBeGreaterThan(2000);
    }
    expect(admin.words()).toContain("Question 1 of 3");
  });

  test("a draft without words cannot be saved, and says which; going back makes a new version", async () => {
    const admin = adminOf(world, robin);
    await admin.types("/survey edit exit");
    await admin.presses("Languages");
    for (const language of ["Simplified Chinese", "Traditional Chinese", "Russian"]) {
      await admin.presses(`Remove ${language}`);
      await admin.presses(`Remove ${language}`);
    }
    await admin.presses("Back");
    await admin.presses("Save …");
    await admin.presses("Yes, save");
    const now = await readKeptSurvey(world.engine.db, world.workspaceId, "exit");
    expect(now?.version).toBe(2);
    await admin.types("/survey history exit");
    await admin.presses("Version 1");
    await admin.presses("Go back to version 1");
    expect(admin.words()).toContain("saved as version 3");
    await admin.presses("Yes, save");
    const versions = await listSurveyVersions(world.engine.db, world.workspaceId, "exit");
    expect(versions.map(({ version }) => version)).toEqual([1, 2, 3]);
    expect(versions[2]?.definition).toEqual(versions[0]?.definition);
  });

  test("T10 leads look at surveys and change none; a demoted admin's buttons do nothing", async () => {
    const lead = { ...robin, externalId: "U-lou", name: "Lou", role: "lead" } as const;
    const looker = adminOf(world, lead);
    await looker.types("/survey list");
    await looker.presses("Open relationship-nps");
    expect(looker.buttons()).not.toContain("Change it");
    await looker.types("/survey edit relationship-nps");
    expect(looker.words()).toContain("Robin");
    const admin = adminOf(world, { ...ada, externalId: "U-eve", name: "Eve" });
    await admin.types("/survey edit still-solved");
    const demoted = adminOf(world, { ...ada, externalId: "U-eve", name: "Eve", role: "lead" });
    demoted.goes(admin.shows());
    await demoted.presses("Save …");
    expect(demoted.words()).not.toContain("Save still-solved?");
  });
});
