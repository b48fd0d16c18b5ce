import { beforeAll, beforeEach, expect, test } from "vitest";
import { settingsForms } from "../../src/admin/settings/forms-of.ts";
import { languages, textsFor } from "../../src/locales/index.ts";
import type { Form, Message, PlatformUser, Reply } from "../../src/platform.ts";
import { readSettings } from "../../src/store/settings.ts";
import { describeEitherDatabase, type TestDatabase } from "../support/database.ts";
import { tokenOf, wordsOf } from "../support/messenger.ts";
import { createWorld, kim, robin, type World } from "../support/world.ts";

const ann = { externalId: "U-ann", name: "Ann", role: "admin", locale: "en" } as const;
const ASKING = "When people are asked";
const KEPT = "How long things are kept";
const REPLIES = "Replies and cases";

test("no form has more fields than a form may have, and every choice fits", () => {
  expect(settingsForms.every(({ settings }) => settings.length <= 5)).toBe(true);
  expect(settingsForms.flatMap(({ settings }) => settings).length).toBeGreaterThan(30);
  for (const { key } of settingsForms) expect(key.length).toBeLessThanOrEqual(11);
});

describeEitherDatabase("/aftertalk settings", (open) => {
  let database: TestDatabase;
  let world: World;
  beforeAll(async () => {
    database = await open();
  });
  beforeEach(async () => {
    world = await createWorld(database);
  });

  const card = async (from: PlatformUser = robin) =>
    shown(await world.types(from, "aftertalk", "settings"));
  const opens = async (label: string, from: PlatformUser = robin) =>
    formIn(await world.presses(from, tokenOf(await card(from), label)));
  const submits = (form: Form, written: Record<string, string>, from: PlatformUser = robin) => {
    const values = { ...valuesIn(form), ...written };
    return world.presses(from, form.submit.token, undefined, values);
  };
  const settings = () => readSettings(database.db, world.workspaceId);

  test("what is written is shown before and after, saved after a yes, and undone", async () => {
    const form = await opens(ASKING);
    expect(valuesIn(form)).toMatchObject({ "asking.from": "09:00", "asking.days": "1,2,3,4,5" });
    const asked = shown(await submits(form, { "asking.from": "8:30" }));
    expect(wordsOf(asked)).toContain("Nobody is asked before: 09:00 → 08:30");
    expect((await settings()).asking.from).toBe("09:00");
    const saved = shown(await world.presses(robin, tokenOf(asked, "Save")));
    expect(wordsOf(saved)).toContain("08:30");
    expect((await settings()).asking.from).toBe("08:30");
    await world.presses(robin, tokenOf(saved, "Undo"));
    expect((await settings()).asking.from).toBe("09:00");
  });

  test("what cannot be stands at its field with what to write, and nothing that was written is lost", async () => {
    const form = await opens(ASKING);
    const wrong = formIn(
      await submits(form, { "asking.from": "soon", "asking.to": "18:00", "asking.days": "6" }),
    );
    expect(problemsIn(wrong)).toEqual({ "asking.from": "Please write a time as 09:00." });
    expect(valuesIn(wrong)).toMatchObject({
      "asking.from": "soon",
      "asking.to": "18:00",
      "asking.days": "6",
    });
    const late = formIn(await submits(wrong, { "asking.from": "19:00" }));
    expect(problemsIn(late)).toEqual({ "asking.to": "This has to be later than the beginning." });
    const right = shown(await submits(late, { "asking.from": "10:00" }));
    expect(wordsOf(right)).toContain("18:00");

    const leads = await opens("What leads are told");
    const channel = formIn(await submits(leads, { "digest.channel": "slack:C1" }));
    expect(problemsIn(channel)["digest.channel"]).toContain("Nothing would arrive there");
    expect(await settings()).toMatchObject({ asking: { from: "09:00" } });
  });

  test("junk in every field is refused in each language, and changes nothing", async () => {
    const junk = `\u202e'); drop table <@U1> *x* \${jndi} 9e99 \u0000 𝟗 ${"w".repeat(40)}`;
    const before = await settings();
    for (const language of languages) {
      const from = { ...robin, locale: language };
      const texts = textsFor(language);
      for (const label of [
        texts.text("setting.group.hours"),
        texts.text("setting.group.replies"),
      ]) {
        const form = await opens(label, from);
        const all = Object.fromEntries(form.fields.map(({ name }) => [name, junk]));
        const again = formIn(await submits(form, all, from));
        expect(Object.keys(problemsIn(again)).length).toBeGreaterThanOrEqual(
          form.fields.length - 1,
        );
        if (language !== "en")
          expect(Object.values(problemsIn(again)).join()).not.toContain("Please");
      }
    }
    expect(await settings()).toEqual(before);
  });

  test("numbers are written and read as the reader's language does", async () => {
    const from = { ...robin, locale: "ru" };
    const group = textsFor("ru").text("setting.group.replies");
    const form = await opens(group, from);
    const asked = shown(await submits(form, { "cases.replyWithinDays": "1,5" }, from));
    await world.presses(from, tokenOf(asked, "Сохранить"));
    expect((await settings()).cases.replyWithinDays).toBe(1.5);
    expect(valuesIn(await opens(group, from))["cases.replyWithinDays"]).toBe("1,5");
    expect(valuesIn(await opens(REPLIES))["cases.replyWithinDays"]).toBe("1.5");
  });

  test("what deletes is a red button that says so, and may be left", async () => {
    const form = await opens(KEPT);
    const asked = shown(await submits(form, { "retention.textsDays": "30" }));
    expect(wordsOf(asked)).toContain("deleted for good");
    const buttons = asked.parts.flatMap((part) => ("options" in part ? part.options : []));
    expect(buttons.find(({ label }) => label === "Save")?.tone).toBe("danger");
    const left = shown(await world.presses(robin, tokenOf(asked, "Leave it as it is")));
    expect(wordsOf(left)).toBe("Nothing was changed.");
    expect((await settings()).retention.textsDays).toBe(180);
    await world.presses(robin, tokenOf(asked, "Save"));
    expect((await settings()).retention.textsDays).toBe(180);
  });

  test("of two admins at once the later is told, at the form and at the yes, and loses nothing", async () => {
    const mine = await opens(ASKING);
    const waiting = shown(await submits(await opens(ASKING), { "asking.from": "07:00" }));
    const theirs = shown(await submits(await opens(ASKING, ann), { "asking.from": "08:00" }, ann));
    await world.presses(ann, tokenOf(theirs, "Save"));

    const told = formIn(await submits(mine, { "asking.from": "10:00" }));
    expect(problemsIn(told)["asking.from"]).toContain("It is now: 08:00");
    expect(valuesIn(told)["asking.from"]).toBe("10:00");
    const asked = shown(await submits(told, {}));
    expect(wordsOf(asked)).toContain("08:00 → 10:00");

    await world.presses(robin, tokenOf(waiting, "Save"));
    expect((await settings()).asking.from).toBe("08:00");
    await world.presses(robin, tokenOf(asked, "Save"));
    expect((await settings()).asking.from).toBe("10:00");
  });

  test("T10 only admins, when they type as well as at each press", async () => {
    expect(wordsOf(await card(kim))).toContain("admin");
    const form = await opens(ASKING);
    const asked = shown(await submits(form, { "asking.from": "08:00" }));
    const demoted = { ...robin, role: "lead" } as const;
    for (const token of [form.submit.token, tokenOf(asked, "Save")]) {
      const values = { ...valuesIn(form), "asking.from": "08:00" };
      const reply = shown(await world.presses(demoted, token, undefined, values));
      expect(wordsOf(reply)).not.toContain("08:00");
    }
    expect((await settings()).asking.from).toBe("09:00");
  });

  test("the card says all of it in each language", async () => {
    for (const language of languages) {
      const texts = textsFor(language);
      const words = wordsOf(await card({ ...robin, locale: language }));
      expect(words).toContain(`${texts.text("setting.asking.from")}: 09:00`);
      expect(words).not.toMatch(/setting\./u);
      if (language !== "en") expect(words).not.toMatch(/\b(days|Monday|working)\b/u);
    }
  });
});

function shown(reply: Reply): Message {
  if (reply.kind !== "message" && reply.kind !== "update") throw new Error(reply.kind);
  return reply.message;
}

function formIn(reply: Reply): Form {
  if (reply.kind !== "form") throw new Error(`no form: ${JSON.stringify(reply)}`);
  return reply.form;
}

function valuesIn({ fields }: Form): Record<string, string> {
  return Object.fromEntries(fields.map(({ name, value = "" }) => [name, value]));
}

function problemsIn({ fields }: Form): Record<string, string> {
  return Object.fromEntries(
    fields.flatMap(({ name, problem }) => (problem === undefined ? [] : [[name, problem]])),
  );
}
