import { expect, test } from "vitest";
import { outcome, stage } from "./setup.ts";

const command = (more: object = {}) => ({ name: "nps", description: "Score", ...more });
const choice = (value: string) => ({ name: value, value });
const commands: readonly (readonly [string, object[], string])[] = [
  ["a capital letter", [command({ name: "NPS" })], "0.name"],
  [
    "a description of 101",
    [command({ description: "x".repeat(101) })],
    "0.description: BASE_TYPE_BAD_LENGTH",
  ],
  ["an unknown language", [command({ name_localizations: { xx: "a" } })], "0.name_localizations"],
  [
    "26 options",
    [
      command({
        options: Array.from({ length: 26 }, (_, i) => ({
          type: 3,
          name: `o${i}`,
          description: "a",
        })),
      }),
    ],
    "0.options: BASE_TYPE_BAD_LENGTH",
  ],
  [
    "26 choices",
    [
      command({
        options: [
          {
            type: 3,
            name: "o",
            description: "a",
            choices: Array.from({ length: 26 }, (_, i) => choice(`c${i}`)),
          },
        ],
      }),
    ],
    "0.options.0.choices: BASE_TYPE_BAD_LENGTH",
  ],
  [
    "a required option after another",
    [
      command({
        options: [
          { type: 3, name: "a", description: "a" },
          { type: 3, name: "b", description: "b", required: true },
        ],
      }),
    ],
    "0.options.1: APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
  ],
  [
    "more than 8000 characters",
    [
      command({
        options: Array.from({ length: 25 }, (_, i) => ({
          type: 3,
          name: `o${i}`,
          description: "a",
          choices: Array.from({ length: 5 }, (_, j) => ({ name: "x".repeat(90), value: `${j}` })),
        })),
      }),
    ],
    "0: APPLICATION_COMMAND_TOO_LARGE",
  ],
  ["one name twice", [command(), command()], "1.name: APPLICATION_COMMANDS_DUPLICATE_NAME"],
  [
    "sixteen message commands",
    Array.from({ length: 16 }, (_, i) => ({ type: 3, name: `Do ${i}` })),
    "BASE_TYPE_BAD_LENGTH",
  ],
];

test("commands: what is refused, who is offered which, two hundred creates a day", async () => {
  const { discord, acme, clock, rest } = await stage({ limits: "off" });
  const route = `/applications/${discord.applicationId}/guilds/${acme.id}/commands` as const;
  const put = (body: object[]) => outcome(rest.put(route, { body }));
  for (const [, wrong, expected] of commands) {
    expect(await put(wrong)).toBe("400 50035");
    expect(discord.problems.at(-1)?.details[0]).toContain(expected);
  }
  const [dana, help] = [acme.person("Dana"), acme.channel("help")];
  expect(await put([command({ default_member_permissions: String(1 << 5) })])).toBe("ok");
  await expect(dana.types(help, "/nps")).rejects.toThrow("not offered");
  await expect(dana.types("dm", "/nps")).rejects.toThrow("no command");
  const used = acme.owner.types(help, "/nps");
  clock.advance(3000);
  expect(await used).toEqual({ outcome: "timed out" });
  for (const [round, count] of [100, 99].entries()) {
    await put(Array.from({ length: count }, (_, index) => command({ name: `c${round}-${index}` })));
  }
  expect(await put([command({ name: "one-more" })])).toBe("400 30034");
  clock.advance(24 * 3_600_000);
  expect(await put([command({ name: "one-more" })])).toBe("ok");
  expect(discord.commands(acme).map(({ name }) => name)).toEqual(["one-more"]);
});

test("what is registered comes back as Discord keeps it, and the same again changes nothing", async () => {
  const { discord, rest } = await stage();
  const route = `/applications/${discord.applicationId}/commands` as const;
  const body = [
    command({
      name_localizations: { ru: "нпс" },
      options: [
        { type: 3, name: "period", description: "When", required: false, autocomplete: true },
        { type: 3, name: "team", description: "Whose", choices: [choice("all")] },
      ],
      contexts: [0, 1],
    }),
    { type: 3, name: "Ask for feedback", default_member_permissions: "17179869184" },
  ];
  const first = await rest.put(route, { body });
  expect(first).toMatchObject([
    {
      type: 1,
      name_localizations: { ru: "нпс" },
      description_localizations: null,
      default_member_permissions: null,
      options: [
        { autocomplete: true, name_localizations: null, description_localizations: null },
        { choices: [{ name: "all", value: "all", name_localizations: null }] },
      ],
      contexts: [0, 1],
      integration_types: [0],
      nsfw: false,
    },
    { type: 3, description: "", default_member_permissions: "17179869184", contexts: null },
  ]);
  expect(await rest.put(route, { body })).toEqual(first);
  const localized = new URLSearchParams({ with_localizations: "true" });
  expect(await rest.get(route, { query: localized })).toEqual(first);
  expect(JSON.stringify(await rest.get(route))).not.toContain("localizations");
});
