import { MessageFlags } from "discord.js";
import { expect, test } from "vitest";
import { clientFor, outcome, stage, until } from "./setup.ts";

const button = (id: string, more: object = {}) => ({
  type: 2,
  style: 2,
  label: id,
  custom_id: id,
  ...more,
});
const buttons = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => button(`b${from + index}`));
const row = (...components: object[]) => ({ type: 1, components });
const option = (value: string) => ({ label: value, value });
const options = (count: number) => Array.from({ length: count }, (_, index) => option(`o${index}`));
const select = (more: object = {}) => ({ type: 3, custom_id: "s", options: options(2), ...more });
const words = (content: string) => ({ type: 10, content });
const container = (...components: object[]) => ({ type: 17, components });

/** The first thing that is wrong, or "ok". */
type Check = (components: object[]) => Promise<string>;

async function checker(flags: number): Promise<Check> {
  const { discord, acme, rest } = await stage({ limits: "off" });
  const help = acme.channel("help");
  return async (components) => {
    const before = discord.problems.length;
    const body = { flags, components };
    const said = await outcome(rest.post(`/channels/${help.id}/messages`, { body }));
    const [place = "", code = ""] = discord.problems[before]?.details[0]?.split(" ") ?? [];
    return said === "ok" ? "ok" : `${place} ${code}`;
  };
}

const link = button("x", { style: 5, custom_id: undefined, url: "https://example.com" });
const cases: readonly (readonly [string, object[], string])[] = [
  ["five buttons in a row", [row(...buttons(5))], "ok"],
  ["six buttons in a row", [row(...buttons(6))], "components.0.components: BASE_TYPE_BAD_LENGTH"],
  ["a label of 80", [row(button("x".repeat(80)))], "ok"],
  [
    "a label of 81",
    [row(button("a", { label: "x".repeat(81) }))],
    "components.0.components.0.label: BASE_TYPE_BAD_LENGTH",
  ],
  [
    "a custom id of 101",
    [row(button("x".repeat(101), { label: "a" }))],
    "components.0.components.0.custom_id: BASE_TYPE_BAD_LENGTH",
  ],
  [
    "neither label nor emoji",
    [row(button("a", { label: undefined }))],
    "components.0.components.0.label: BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED",
  ],
  [
    "no custom id",
    [row(button("a", { custom_id: undefined }))],
    "components.0.components.0.custom_id: BUTTON_COMPONENT_CUSTOM_ID_REQUIRED",
  ],
  ["an emoji", [row(button("a", { emoji: { name: "✅" } }))], "ok"],
  [
    "an emoji that is none",
    [row(button("a", { emoji: { name: "ok" } }))],
    "components.0.components.0.emoji.name: BUTTON_COMPONENT_INVALID_EMOJI",
  ],
  ["a link", [row(link)], "ok"],
  [
    "a link with a custom id",
    [row({ ...link, custom_id: "a" })],
    "components.0.components.0.custom_id: BUTTON_COMPONENT_CUSTOM_ID_NOT_ALLOWED",
  ],
  ["25 entries", [row(select({ options: options(25) }))], "ok"],
  [
    "26 entries",
    [row(select({ options: options(26) }))],
    "components.0.components.0.options: BASE_TYPE_BAD_LENGTH",
  ],
  [
    "the same value twice",
    [row(select({ options: [option("a"), option("a")] }))],
    "components.0.components.0.options.1.value: SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
  ],
  [
    "more to choose than there is",
    [row(select({ max_values: 3 }))],
    "components.0.components.0.max_values: SELECT_COMPONENT_MAX_VALUES",
  ],
  [
    "a select beside a button",
    [row(select(), button("a"))],
    "components.0.components: COMPONENT_LAYOUT_WIDTH_EXCEEDED",
  ],
  [
    "one custom id twice",
    [row(button("a"), button("a"))],
    "components.0.components.1.custom_id: COMPONENT_CUSTOM_ID_DUPLICATED",
  ],
  [
    "an unknown field",
    [row(button("a", { colour: 1 }))],
    "components.0.components.0.colour: UNKNOWN_FIELD",
  ],
];

test.each(cases)("%s", async (_name, components, expected) => {
  const check = await checker(MessageFlags.IsComponentsV2);
  expect(await check(components)).toBe(expected);
});

const whole: readonly (readonly [string, object[], string])[] = [
  ["forty components", [container(...Array.from({ length: 39 }, () => words("a")))], "ok"],
  [
    "forty-one",
    [container(...Array.from({ length: 40 }, () => words("a")))],
    "components: COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED",
  ],
  ["4000 characters", [words("a".repeat(2000)), words("a".repeat(2000))], "ok"],
  [
    "4001 characters",
    [words("a".repeat(2000)), words("a".repeat(2001))],
    "components: COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED",
  ],
  [
    "a container in a container",
    [container(container(words("a")))],
    "components.0.components.0.type: BASE_TYPE_CHOICES",
  ],
  [
    "a section without a neighbour",
    [{ type: 9, components: [words("a")] }],
    "components.0.accessory: BASE_TYPE_REQUIRED",
  ],
  [
    "a section with a button",
    [{ type: 9, components: [words("a")], accessory: button("a") }],
    "ok",
  ],
  [
    "a picture that was not sent",
    [{ type: 12, items: [{ media: { url: "attachment://a.png" } }] }],
    "components.0: UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND",
  ],
  [
    "a label outside a modal",
    [{ type: 18, label: "a", component: select() }],
    "components.0.type: BASE_TYPE_CHOICES",
  ],
];

test.each(whole)("%s", async (_name, components, expected) => {
  const check = await checker(MessageFlags.IsComponentsV2);
  expect(await check(components)).toBe(expected);
});

test("without the flag only rows, at most five; with it no content", async () => {
  const check = await checker(0);
  expect(await check([row(button("a"))])).toBe("ok");
  expect(await check([words("a")])).toBe("components.0.type: BASE_TYPE_CHOICES");
  const rows = Array.from({ length: 6 }, (_, index) => row(button(`b${index}`)));
  expect(await check(rows)).toBe("components: BASE_TYPE_BAD_LENGTH");
  const { acme, rest } = await stage();
  const body = { content: "a", flags: MessageFlags.IsComponentsV2, components: [words("a")] };
  const post = rest.post(`/channels/${acme.channel("help").id}/messages`, { body });
  await expect(post).rejects.toThrow("MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2");
});

const input = { type: 4, custom_id: "t", style: 1 };
const label = (component: object, more: object = {}) => ({
  type: 18,
  label: "Why?",
  component,
  ...more,
});
const modals: readonly (readonly [string, object, string])[] = [
  ["a title of 46", { title: "x".repeat(46) }, "data.title: BASE_TYPE_BAD_LENGTH"],
  ["no components", { components: [] }, "data.components: BASE_TYPE_BAD_LENGTH"],
  [
    "a label of 46",
    { components: [label(input, { label: "x".repeat(46) })] },
    "data.components.0.label: BASE_TYPE_BAD_LENGTH",
  ],
  [
    "a text of 4001",
    { components: [label({ ...input, max_length: 4001 })] },
    "data.components.0.component.max_length: NUMBER_TYPE_RANGE",
  ],
  [
    "one choice of a radio group",
    { components: [label({ type: 21, custom_id: "r", options: options(1) })] },
    "data.components.0.component.options: BASE_TYPE_BAD_LENGTH",
  ],
  [
    "a disabled menu",
    { components: [label(select({ disabled: true }))] },
    "data.components.0.component.disabled: UNKNOWN_FIELD",
  ],
  [
    "six fields",
    { components: Array.from({ length: 6 }, (_, i) => label({ ...input, custom_id: `i${i}` })) },
    "data.components: BASE_TYPE_BAD_LENGTH",
  ],
  [
    "a required menu of which nothing may be chosen",
    { components: [label(select({ min_values: 0 }))] },
    "data.components.0.component.min_values: SELECT_COMPONENT_REQUIRED_ZERO_MIN_VALUES",
  ],
  [
    "more to choose than there is",
    { components: [label(select({ max_values: 25 }))] },
    "data.components.0.component.max_values: SELECT_COMPONENT_MAX_VALUES",
  ],
  [
    "two fields of one id",
    { components: [label(input), label(input)] },
    "components.1.component.custom_id: COMPONENT_CUSTOM_ID_DUPLICATED",
  ],
];

test("modals: what is refused, and every kind of field filled in", async () => {
  const { discord, acme, rest } = await stage({ limits: "off" });
  const client = await clientFor(discord);
  const [help, dana] = [acme.channel("help"), acme.person("Dana")];
  const seen: { id: string; token: string }[] = [];
  const values: unknown[] = [];
  client.on("interactionCreate", (interaction) => {
    seen.push({ id: interaction.id, token: interaction.token });
    if (!interaction.isModalSubmit()) return;
    const { fields } = interaction;
    values.push(fields.getTextInputValue("t"), fields.getStringSelectValues("s"));
    values.push(fields.getRadioGroup("r"), fields.getCheckbox("c"));
  });
  await rest.put(`/applications/${discord.applicationId}/guilds/${acme.id}/commands`, {
    body: [{ name: "ask", description: "Asks" }],
  });
  const answer = (data: object) => {
    const { id, token } = seen.at(-1) ?? {};
    const post = rest.post(`/interactions/${id}/${token}/callback`, {
      body: { type: 9, data },
      auth: false,
    });
    return outcome(post);
  };
  const opened = dana.types(help, "/ask");
  await until(() => seen.length === 1, "the command arrives");
  const modal = { custom_id: "m", title: "Tell us", components: [label(input)] };
  for (const [, wrong, expected] of modals) {
    expect(await answer({ ...modal, ...wrong })).toBe("400 50035");
    expect(discord.problems.at(-1)?.details[0]).toContain(expected);
  }
  const radio = { type: 21, custom_id: "r", options: options(2) };
  const fields = [
    label(input),
    label(select(), { label: "Team" }),
    label(radio, { label: "One" }),
    label({ type: 23, custom_id: "c" }, { label: "Sure" }),
  ];
  expect(await answer({ ...modal, components: fields })).toBe("ok");
  expect(await opened).toEqual({ outcome: "modal", title: "Tell us" });
  await expect(dana.submits({ Team: "o1", One: "o0" })).rejects.toThrow("has to be filled in");
  const sent = dana.submits({ "Why?": "slow", Team: "o1", One: "o0", Sure: true });
  await until(() => values.length === 4, "the answers arrive");
  expect(values).toEqual(["slow", ["o1"], "o0", true]);
  // A modal cannot answer a modal.
  expect(await answer(modal)).toBe("400 50035");
  const { id, token } = seen.at(-1) ?? {};
  await rest.post(`/interactions/${id}/${token}/callback`, { body: { type: 5 }, auth: false });
  expect(await sent).toMatchObject({ outcome: "deferred" });
});
