/** `/aftertalk help`: what its reader can ask, in groups, with examples, and who can do more. */
import { isTextKey, type Language, textsFor } from "../locales/index.ts";
import { type Cut, cuts, type FilterName, filterNames } from "../metrics/filter.ts";
import { metricNames } from "../metrics/metric.ts";
import { type Part, type Role, roles } from "../platform.ts";
import { namesInRoles } from "../store/people.ts";
import { isSetUp } from "../store/setup-facts.ts";
import {
  type AdminCommand,
  type Command,
  mayRead,
  type ReadContext,
  type Reader,
  readerRoles,
} from "./command.ts";
import { homeCommand } from "./home.ts";
import { typedName } from "./own-names.ts";
import { seesNames } from "./scope.ts";

/** What is typed, the text that says what for: help.NAME, and who may where not all do who may the command. */
type Row = readonly [name: string, words?: string, key?: string, of?: readonly Role[]];

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
      ["feedback", "low last week refund", "feedback", readerRoles],
      ["cases", "month"],
      ["silent", "month"],
      ["quotes"],
      ["home", "", "home", readerRoles],
      ["home", "", "home.own", ["agent", "viewer"]],
      ["feedback", "my data", "rights"],
    ],
  ],
  [
    "settings",
    [
      ["setup"],
      ["survey", "list"],
      ["survey", "status", "survey.status"],
      ["survey", "why Dana", "survey.why"],
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

/** Which commands there are: the registry, which has this one too. */
type Known = () => ReadonlyMap<string, Command | AdminCommand>;

/** Customers have one thing to be helped with: their own page. */
export function createHelpCommand(known: Known): Command {
  return {
    name: "help",
    roles,
    async run(context, request) {
      const { language, person } = request;
      if (person.role === "customer") return homeCommand.run(context, request);
      const texts = textsFor(language);
      const reads = mayRead(person.role);
      const intro = texts.text(reads ? "help.intro" : "home.team.intro");
      return {
        kind: "message",
        message: {
          summary: texts.text("help.title"),
          parts: [
            { kind: "heading", text: texts.text("help.title") },
            { kind: "text", text: intro },
            ...(await setUpHint(context, request)),
            ...groups.flatMap(([group, rows]) => {
              const own = rows.filter((row) => rolesOf(row, known()).includes(person.role));
              return own.length === 0 ? [] : drawGroup(group, own, language);
            }),
            ...(await adminsLine(context, request)),
            ...notesFor(request).map((text) => ({ kind: "note", text }) as const),
          ],
          locale: language,
        },
      };
    },
  };
}

/** Who may type it: the command, or the one behind it that its first word names. */
function rolesOf([name, words = "", , of]: Row, known: ReturnType<Known>): readonly Role[] {
  if (of !== undefined) return of;
  const command = known.get(name);
  const behind = command !== undefined && "act" in command ? command.commands : undefined;
  const inner = behind?.find((each) => each.name === words.split(" ")[0]);
  return (inner ?? command)?.roles ?? [];
}

async function setUpHint({ db }: ReadContext, { workspace, person, language }: Reader) {
  if (person.role !== "admin" || (await isSetUp(db, workspace.id))) return [];
  return [{ kind: "text", text: textsFor(language).text("setup.hint") } as const];
}

/** To everybody else: that admins can do more, and who they are. */
async function adminsLine(
  { db }: ReadContext,
  { workspace, person, language }: Reader,
): Promise<Part[]> {
  if (person.role === "admin") return [];
  const admins = (await namesInRoles(db, workspace.id, ["admin"])).join(", ");
  const texts = textsFor(language);
  const text =
    admins === "" ? texts.text("help.admins.nobody") : texts.text("help.admins", { admins });
  return [{ kind: "text", text }];
}

/** How figures are narrowed down, by what their reader may name. */
function notesFor({ person, language }: Reader): string[] {
  const texts = textsFor(language);
  const seen = <T extends Cut | FilterName>(names: readonly T[]) =>
    names.filter((name) => seesNames(person.role, name));
  return [
    texts.text("help.periods"),
    texts.text("help.cuts", {
      words: seen(cuts)
        .map((cut) => `by ${cut}`)
        .join(" · "),
    }),
    texts.text("help.filters", {
      words: seen(filterNames)
        .map((name) => `${name}:…`)
        .join(" · "),
    }),
    texts.text("help.versus"),
    texts.text("help.order", { example: EXAMPLE }),
  ];
}

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
