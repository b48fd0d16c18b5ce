/** What the core relies on when it answers with a form or a file, and when a button is dangerous. */
import { expect, test } from "vitest";
import type { Form, Message } from "../../src/platform.ts";
import type { Scene } from "./harness.ts";
import { longToken, withButtons } from "./messages.ts";

const closing: Form = {
  title: "Close the case",
  submit: { label: "Close", token: longToken },
  fields: [
    {
      ...{ name: "reason", label: "How did it end?", multiline: false, required: true },
      maxLength: 100,
      choices: [
        { label: "It is solved", value: "solved" },
        { label: "It was explained", value: "explained" },
        { label: "Nothing we can do", value: "nothing" },
      ],
    },
    { name: "note", label: "A note", multiline: true, required: false, maxLength: 2000 },
  ],
};

export function testForms(scene: Scene): void {
  const open = async (form: Form) => {
    const to = scene.harness.places.direct;
    const button = { label: "Close…", token: "close", opens: "form" } as const;
    await scene.send(to, withButtons("A case", button), "key-1");
    scene.answers({ kind: "form", form });
    await scene.harness.press(to, "Close…");
    scene.answers({ kind: "nothing" });
  };
  const change = (value: string | undefined, required: boolean): Form => {
    const fields = closing.fields.map((field) =>
      field.choices === undefined
        ? field
        : { ...field, required, ...(value === undefined ? {} : { value }) },
    );
    return { ...closing, fields };
  };
  const submitted = () => scene.events.at(-1);

  test("a form with choices comes back with what was chosen and written", async () => {
    await open(closing);
    const values = { "How did it end?": "It was explained", "A note": "By <phone>" };
    await scene.harness.submit(values);
    expect(submitted()).toMatchObject({
      ...{ kind: "action", token: longToken, connection: scene.harness.connection },
      values: { reason: "explained", note: "By <phone>" },
    });
  });

  test("what a form has chosen already comes back unless something else is chosen", async () => {
    await open(change("nothing", true));
    await scene.harness.submit({});
    expect(submitted()).toMatchObject({ values: { reason: "nothing", note: "" } });
  });

  test("where nothing has to be chosen, nothing chosen comes back as nothing", async () => {
    await open(change(undefined, false));
    await scene.harness.submit({ "A note": "Later" });
    expect(submitted()).toMatchObject({ values: { reason: "", note: "Later" } });
  });

  test("several things can be chosen, what is chosen stays, and nothing can be", async () => {
    const { harness } = scene;
    const days = ["Monday", "Tuesday", "Friday"].map((label) => {
      return { label, value: label.toLowerCase() };
    });
    const field = { name: "days", label: "On which days?", multiline: false, maxLength: 100 };
    const form: Form = {
      ...closing,
      fields: [{ ...field, required: false, many: true, choices: days, value: "monday,friday" }],
    };
    await open(form);
    await harness.submit({});
    expect(submitted()).toMatchObject({ values: { days: "monday,friday" } });
    await open(form);
    await harness.submit({ "On which days?": ["Tuesday", "Friday"] });
    expect(submitted()).toMatchObject({ values: { days: "tuesday,friday" } });
    await open(form);
    await harness.submit({ "On which days?": [] });
    expect(submitted()).toMatchObject({ values: { days: "" } });
  });

  test.each([undefined, "Somebody else closed it meanwhile."])(
    "what is wrong in a form is told, and what was written is still in it (notice: %s)",
    async (notice) => {
      const { harness } = scene;
      await open(closing);
      const problem = "A note has to say who was told.";
      const values: Readonly<Record<string, string>> = { reason: "explained", note: "Told" };
      const again: Form = {
        ...closing,
        ...(notice === undefined ? {} : { notice }),
        fields: closing.fields.map((field) => ({
          ...field,
          value: values[field.name] ?? "",
          hint: "As short as you like",
          ...(field.name === "note" ? { problem } : {}),
        })),
      };
      scene.answers({ kind: "form", form: again });
      const told = await harness.submit({
        "How did it end?": "It was explained",
        "A note": "Told",
      });
      expect(told).toContain(problem);
      expect(told).toContain(notice ?? problem);
      await harness.reopen();
      scene.answers({ kind: "nothing" });
      await harness.submit({});
      expect(submitted()).toMatchObject({ token: longToken, values });
    },
  );

  test("a button for what cannot be taken back looks like it, and works like any other", async () => {
    const to = scene.harness.places.direct;
    const forget = { label: "Erase everything", token: "forget", tone: "danger" } as const;
    const message = withButtons("Sure?", forget, { label: "Keep it", token: "keep" });
    await scene.send(to, message, "key-1");
    expect(await scene.harness.looksDangerous(to, "Erase everything")).toBe(true);
    expect(await scene.harness.looksDangerous(to, "Keep it")).toBe(false);
    await scene.harness.press(to, "Erase everything");
    expect(scene.events).toMatchObject([{ kind: "action", token: "forget" }]);
  });
}

const contents = JSON.stringify({ name: "Dana", answers: [{ score: 3, words: "zu langsam 🐌" }] });

const ownData: Message = {
  summary: "Your data",
  locale: "en",
  parts: [
    { kind: "heading", text: "What is kept about you" },
    { kind: "facts", rows: [["Answers", "118"]] },
    {
      kind: "file",
      file: {
        ...{ name: "my-data.json", title: "Everything in one file" },
        ...{ mediaType: "application/json", bytes: new TextEncoder().encode(contents) },
      },
    },
  ],
};

export function testFiles(scene: Scene): void {
  test.each(["direct", "chat"] as const)(
    "T1 a file in the answer to what was pressed in a %s place reaches the one who pressed alone",
    async (place) => {
      const to = scene.harness.places[place];
      await scene.send(to, withButtons("Yours", { label: "My data", token: "data" }), "key-1");
      scene.answers({ kind: "message", message: ownData });
      await scene.harness.press(to, "My data");
      await expect
        .poll(() => scene.harness.files("presser"))
        .toEqual([{ name: "my-data.json", text: contents }]);
      expect(await scene.harness.files("somebody else")).toEqual([]);
      await expect.poll(async () => shown(scene)).toContain("118");
    },
  );

  test("P1 a file is gone with everything else when its reader is forgotten", async () => {
    const { platform, connection, places } = scene.harness;
    const to = places.direct;
    await scene.send(to, withButtons("Yours", { label: "My data", token: "data" }), "key-1");
    scene.answers({ kind: "message", message: ownData });
    await scene.harness.press(to, "My data");
    await expect.poll(() => scene.harness.files("presser")).toHaveLength(1);
    await expect.poll(async () => shown(scene)).toContain("118");
    if (!platform.forget || to.kind !== "direct") return;
    expect(await platform.forget(connection, to.userId, new Date("2100-01-01"))).toMatchObject({
      remaining: {},
    });
    expect(await scene.harness.files("presser")).toEqual([]);
    expect(await scene.harness.seen(to)).toEqual([]);
  });
}

/** All that the one who pressed sees in the direct message and in the chat. */
async function shown({ harness }: Scene): Promise<string> {
  const { direct, chat } = harness.places;
  const seen = [...(await harness.seen(direct)), ...(await harness.seen(chat))];
  return seen.map(({ words }) => words).join("\n");
}
