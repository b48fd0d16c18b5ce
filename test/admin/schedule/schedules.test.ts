import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Language, textsFor } from "../../../src/locales/index.ts";
import type { Form, Message, PlatformUser, Reply } from "../../../src/platform.ts";
import { readSchedule, saveSchedule } from "../../../src/store/schedules.ts";
import { switchSurvey } from "../../../src/store/survey-versions.ts";
import { describeEitherDatabase, type TestDatabase } from "../../support/database.ts";
import { drawnLanguages } from "../../support/drawn-languages.ts";
import { tokenOf, wordsOf } from "../../support/messenger.ts";
import { createWorld, dana, robin, type World } from "../../support/world.ts";

const sam: PlatformUser = { externalId: "U-sam", name: "Sam", role: "admin", locale: "en" };
const locales: Readonly<Record<Language, string>> = {
  ...{ en: "en", "zh-Hans": "zh-CN", "zh-Hant": "zh-TW", ru: "ru-RU" },
};
const admin = (language: Language): PlatformUser => ({
  ...{ externalId: `U-${language}`, name: `Admin ${language}`, role: "admin" },
  locale: locales[language],
});

function shown(reply: Reply): Message {
  if (reply.kind === "message" || reply.kind === "update") return reply.message;
  throw new Error(`a ${reply.kind} is no card`);
}

function formOf(reply: Reply): Form {
  if (reply.kind === "form") return reply.form;
  throw new Error(`a ${reply.kind} is no form: ${wordsOf(shown(reply))}`);
}

const labelsOf = ({ parts }: Message): string[] =>
  parts.flatMap((part) => ("options" in part ? part.options.map(({ label }) => label) : []));

describeEitherDatabase("/survey schedule", (open) => {
  let database: TestDatabase;
  let world: World;
  beforeAll(async () => {
    database = await open();
  });
  beforeEach(async () => {
    world = await createWorld(database);
    await world.writes(dana, "hello");
  });

  const types = async (text: string, from: PlatformUser = robin) =>
    shown(await world.types(from, "survey", `schedule ${text}`));
  const presses = (message: Message, label: string, from: PlatformUser = robin) =>
    world.presses(from, tokenOf(message, label));
  const card = async (message: Message, label: string, from: PlatformUser = robin) =>
    shown(await presses(message, label, from));
  const sends = (form: Form, values: Record<string, string>, from: PlatformUser = robin) => {
    const before = form.fields.map(({ name, value = "" }) => [name, value]);
    const all = { ...Object.fromEntries(before), ...values };
    return world.presses(from, form.submit.token, undefined, all);
  };
  const kept = (name: string) => readSchedule(database.db, world.workspaceId, name);

  const sentences: readonly (readonly [Language, string, string])[] = [
    [
      "en",
      "nps 30 days after joining, then every 90 days, at 10:00 local time, max 40 a day",
      "40",
    ],
    ["ru", "nps каждый понедельник в 9:00, не больше 40 в день", "по понедельникам в 09:00"],
    ["zh-Hans", "每周一9:00发nps，每天最多40人", "每周一 09:00"],
    ["zh-Hant", "每週一9:00發nps，每天最多40人", "每週一 09:00"],
  ];
  test.each(sentences)(
    "a sentence in %s: rule, dates in two zones, look ahead, yes",
    async (language, sentence, rule) => {
      const texts = textsFor(language);
      const from = admin(language);
      const asked = await types(sentence, from);
      const words = wordsOf(asked);
      expect(words).toContain(sentence);
      expect(words).toContain(rule);
      expect(words).toMatch(/UTC.*(New York|Moscow|Shanghai|Taipei)/u);
      // Each date with its time in the other zone.
      expect(words.match(/\d\d:\d\d ?[(（].*\d\d:\d\d[)）]/gu)).toHaveLength(5);
      expect(words).toContain(texts.text("ahead.title", { days: 30, on: "no" }));
      expect(labelsOf(asked)).toEqual(
        (["save-on", "save-off", "change", "drop"] as const).map((key) =>
          texts.text(`schedule.button.${key}`),
        ),
      );
      const [name = ""] = /nps-[a-z-]+/u.exec(asked.summary) ?? [];
      expect(await kept(name)).toBeUndefined();
      await card(asked, texts.text("schedule.button.save-on"), from);
      expect(await kept(name)).toMatchObject({ state: "on", version: 1 });
      expect(wordsOf(await types("list", from))).toContain(name);
    },
  );

  test("what means two things is asked about with the choices, and nothing is typed again", async () => {
    const asked = await types("nps every 90 days for customers at 10:00 local, max 40 a day");
    expect(wordsOf(asked)).toContain("“every 90 days”: when does the clock begin?");
    const review = await card(asked, "30 days after joining then every 90 days");
    expect(wordsOf(review)).toContain(
      "30 days after joining then every 90 days for customers at 10:00",
    );
    expect(wordsOf(review)).toContain("at most 40 a day");
    await card(review, "Save, switched off");
    expect((await kept("nps-after-joining"))?.state).toBe("paused");
  });

  test("a sentence that is said differently comes back in its form, however long it is", async () => {
    const long = `nps every Monday at 9:00 ${"and so on ".repeat(1000)}`;
    const asked = await types(long);
    expect(wordsOf(asked)).toContain("This is too long for one rule");
    const form = formOf(await presses(asked, "Say it differently"));
    expect(form.fields[0]?.value?.length).toBeGreaterThan(2500);
    const review = shown(await sends(form, { sentence: "nps every Monday at 9:00" }));
    expect(wordsOf(review)).toContain("on Mondays at 09:00");
    expect(wordsOf(await card(review, "Drop it"))).toContain("Nothing was changed");
    expect(wordsOf(shown(await presses(review, "Save and switch on")))).not.toContain("Saved");
  });

  test("junk of any kind is asked about and changes nothing", async () => {
    const junk = [
      ...[
        "<@U123> *bold* [x](http://a) <!channel>",
        "ナンプス 毎週 ٣ أيام ",
        "'; drop table schedules; --",
      ],
      ...[
        "on fire at noon maybe",
        "🙂🙂🙂",
        "nps \u202Eyadnom\u202C 0 9 * * *",
        "list of everything",
      ],
    ];
    for (const each of junk) {
      const asked = await types(each);
      expect(labelsOf(asked), each).toContain("Say it differently");
      expect(labelsOf(asked), each).not.toContain("Save and switch on");
    }
  });

  test("a new one by forms: what is wrong is told at its field, and everything written stays", async () => {
    const begin = await types("add");
    expect(wordsOf(begin)).toContain("What is to be asked, when, and of whom?");
    const when = await card(begin, "Fill in a form");
    const form = formOf(await presses(when, "Fixed days and a time"));
    const wrong = formOf(
      await sends(form, {
        trigger_days: "1",
        trigger_time: "quarter to",
        trigger_timeZone: "Mars/One",
      }),
    );
    expect(wrong.fields.map(({ problem }) => problem)).toEqual([
      ...[undefined, "Write a time as 09:30, or hours as 10:00-12:00."],
      "“Mars/One” is not a time zone. It looks like Europe/Berlin.",
      ...[undefined, undefined],
    ]);
    expect(wrong.fields.map(({ value }) => value)).toEqual(
      expect.arrayContaining(["1", "quarter to", "Mars/One"]),
    );
    const review = shown(await sends(wrong, { trigger_time: "9:45", trigger_timeZone: "" }));
    expect(wordsOf(review)).toContain("Asks “relationship-nps” on Mondays at 09:45");
    const limits = await card(review, "Change");
    const set = formOf(await presses(limits, "How many, how often, hours"));
    const asFew = shown(
      await sends(set, { limits_perDay: "40", limits_sample: "10%", limits_hours: "10:00-12:00" }),
    );
    expect(wordsOf(asFew)).toContain("10% of the people, always the same; at most 40 a day");
    await card(asFew, "Save and switch on");
    expect((await kept("relationship-nps"))?.definition.limits).toMatchObject({
      ...{ perDay: 40, sample: 0.1, hours: { from: "10:00", to: "12:00" } },
    });
  });

  test("a time that never comes, and a name that is taken, are told in the reader's language", async () => {
    for (const language of drawnLanguages) {
      const texts = textsFor(language);
      const from = admin(language);
      const begin = await types("add", from);
      const when = await card(begin, texts.text("schedule.button.form"), from);
      const form = formOf(await presses(when, texts.text("schedule.trigger.cron"), from));
      const sent = formOf(await sends(form, { trigger_cron: "0 9 30 2 *" }, from));
      const never = texts.text("schedule.problem.cron-never", { cron: "0 9 30 2 *" });
      expect(sent.fields.map(({ problem }) => problem)).toContain(never);
      const review = shown(await sends(sent, { trigger_cron: "0 9 1-7 * 1" }, from));
      const edit = await card(review, texts.text("schedule.button.change"), from);
      const what = formOf(await presses(edit, texts.text("schedule.edit.what"), from));
      const taken = formOf(await sends(what, { name: "relationship" }, from));
      expect(taken.fields[0]?.problem).toBe(
        texts.text("schedule.problem.name-taken", { name: "relationship" }),
      );
    }
  });

  test("two admins at once: the second one is told, and keeps both or takes the other's", async () => {
    const mine = await types("edit relationship");
    const limits = formOf(await presses(mine, "How many, how often, hours"));
    const theirs = formOf(
      await presses(await types("edit relationship", sam), "Reminder and expiry", sam),
    );
    const saved = shown(await sends(theirs, { limits_expireAfter: "10 days" }, sam));
    await card(saved, "Save, switched off", sam);
    const told = shown(await sends(limits, { limits_perDay: "25" }));
    expect(wordsOf(told)).toContain("Sam saved version 2 meanwhile. What you wrote is still here.");
    const both = await card(told, "Keep mine");
    expect(wordsOf(both)).toContain("expires after 10 days");
    await card(both, "Save, switched off");
    expect((await kept("relationship"))?.definition.limits).toMatchObject({
      ...{ perDay: 25, expireAfter: "10d" },
    });
    expect((await kept("relationship"))?.version).toBe(3);
  });

  test("on asks first, off is done at once, archive asks, and each says so when it is so already", async () => {
    const asked = await types("on relationship");
    expect(asked.summary).toBe("Switch on “relationship”?");
    expect(wordsOf(asked)).toContain("In the next 30 days, if it is switched on now");
    await card(asked, "Yes, switch it on");
    expect((await kept("relationship"))?.state).toBe("on");
    expect(wordsOf(await types("on relationship"))).toContain("nothing was changed");
    await types("off name:relationship");
    expect((await kept("relationship"))?.state).toBe("paused");
    const away = await types("archive relationship");
    expect(wordsOf(away)).toContain("you can switch it on again");
    await card(away, "Archive it");
    expect((await kept("relationship"))?.state).toBe("archived");
    expect(wordsOf(await card(await types("relationship"), "Switch on…"))).toContain("Switch on");
  });

  test("history, diff and the way back: an earlier definition is a new version", async () => {
    const before = await kept("relationship");
    if (before === undefined) throw new Error("it is a standard one");
    const { definition } = before;
    const now = world.clock.now();
    for (const perDay of [10, 20]) {
      const limits = { ...definition.limits, perDay };
      await saveSchedule(
        database.db,
        world.workspaceId,
        { ...definition, limits },
        "operator",
        now,
      );
    }
    const past = wordsOf(await types("history relationship"));
    expect(past).toContain("Version 3 (now)");
    expect(past).toMatch(/10 a day.*20 a day/u);
    expect(past).toContain("the command line");
    expect(wordsOf(await types("diff relationship 1 2"))).toContain("10 a day");
    expect(wordsOf(await types("rollback relationship 7"))).toContain("There is no such version");
    const back = await types("rollback relationship 1");
    expect(back.summary).toBe("Take “relationship” back to version 1?");
    expect(wordsOf(back)).toContain("What this changes in version 3:");
    await card(back, "Save, switched off");
    expect(await kept("relationship")).toMatchObject({ version: 4, definition });
  });

  test("a survey that was archived meanwhile is told before anything is saved", async () => {
    const asked = await types("nps every Monday at 9:00");
    await database.db
      .transaction()
      .execute((trx) => switchSurvey(trx, world.workspaceId, "relationship-nps", "archived"));
    const told = await card(asked, "Save and switch on");
    expect(wordsOf(told)).toContain(
      "is in the archive. Bring it back with /survey resume relationship-nps",
    );
    expect(labelsOf(told)).toEqual(["Change", "Drop it"]);
  });

  describe("who and which", () => {
    test("a mistyped name is answered with the nearest, a lead with whom to ask", async () => {
      expect(wordsOf(await types("history relationshp"))).toContain("Did you mean “relationship”?");
      expect(wordsOf(await types("rollback"))).toContain("Which schedule? Choose one.");
      const lead: PlatformUser = { ...sam, externalId: "U-lou", role: "lead" };
      expect(wordsOf(await types("nps every Monday at 9:00", lead))).not.toContain("Mondays");
    });
  });
});
