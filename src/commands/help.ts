/** `/aftertalk` and `/aftertalk help`: what can be asked, in groups, with examples. */
import { isTextKey, type Language, textsFor } from "../locales/index.ts";
import { cuts, filterNames } from "../metrics/filter.ts";
import { metricNames } from "../metrics/metric.ts";
import type { Part } from "../platform.ts";
import { isSetUp } from "../store/setup-facts.ts";
import { type Command, readerRoles } from "./command.ts";
import { typedName } from "./own-names.ts";

/** What is typed, and the text that says what for: help.NAME. */
type Row = readonly [name: string, words?: string, key?: string];

const groups: readonly (readonly [string, readonly Row[]])[] = [
  ["scores", [...metricNames.map((name): Row => [name, "week"]), ["cx", "last month"]]],
  [
    "operations",
    [
      ["response", "month"],
      ["frt", "30d"],
      ["contacts", "month by channel"],
      ["churn", "quarter"],
    ],
  ],
  [
    "reasons",
    [
      ["journey", "90d"],
      ["drivers", "90d"],
      ["coverage", "month by agent"],
    ],
  ],
  [
    "words",
    [
      ["feedback", "low last week refund"],
      ["cases", "month"],
      ["silent", "month"],
      ["quotes"],
      ["home"],
      ["feedback", "my data", "rights"],
    ],
  ],
  [
    "settings",
    [
      ["setup"],
      ["survey", "list"],
      ["survey", "schedule", "survey.schedule"],
      ["settings"],
      ["after-chat", "csat"],
      ["undo"],
      ["audit", "week"],
      ["roles", "lead @Robin"],
      ["link", "@Dana dana@acme.com"],
      ["sample", "[remove]"],
    ],
  ],
];

const EXAMPLE = "/nps last month by team for tag:refund vs same last year";

export const helpCommand: Command = {
  name: "help",
  roles: readerRoles,
  async run({ db }, { language, workspace, person }) {
    const texts = textsFor(language);
    const setUp = person.role !== "admin" || (await isSetUp(db, workspace.id));
    const cutWords = { words: cuts.map((cut) => `by ${cut}`).join(" · ") };
    const filterWords = { words: filterNames.map((name) => `${name}:…`).join(" · ") };
    const notes = [
      texts.text("help.periods"),
      texts.text("help.cuts", cutWords),
      texts.text("help.filters", filterWords),
      texts.text("help.versus"),
      texts.text("help.order", { example: EXAMPLE }),
    ];
    return {
      kind: "message",
      message: {
        summary: texts.text("help.title"),
        parts: [
          { kind: "heading", text: texts.text("help.title") },
          { kind: "text", text: texts.text("help.intro") },
          ...(setUp ? [] : [{ kind: "text", text: texts.text("setup.hint") } as const]),
          ...groups.flatMap(([group, rows]) => drawGroup(group, rows, language)),
          ...notes.map((text) => ({ kind: "note", text }) as const),
        ],
        locale: language,
      },
    };
  },
};

function drawGroup(group: string, rows: readonly Row[], language: Language): Part[] {
  const texts = textsFor(language);
  const text = (key: string) => (isTextKey(key) ? texts.text(key) : "");
  return [
    { kind: "text", text: text(`help.group.${group}`) },
    {
      kind: "facts",
      rows: rows.map(([name, words = "", key = name]) => {
        return [`${typedName(name)} ${words}`.trim(), text(`help.${key}`)] as const;
      }),
    },
  ];
}
