/** The configuration as one YAML file that people read and change: writing it. Pure. */
import { Document, isMap, isSeq, Scalar, visit } from "yaml";
import { textsFor } from "../../locales/index.ts";
import { describeSchedule } from "../../scheduling/definition/describe.ts";
import { scheduleAsWritten } from "../../scheduling/definition/schedule-file-write.ts";
import { grantedRoles } from "../change.ts";
import type { Configuration, SurveyNow } from "../configuration.ts";
import { FILE_VERSION } from "./read-file.ts";
import { writeSettings } from "./write-settings.ts";

/** How people and connections are named in a file, by our ids. */
export interface NamesInFile {
  /** `written`: by address or platform's id. `called`: for a comment. */
  readonly people: ReadonlyMap<string, { readonly written: string; readonly called: string }>;
  readonly connections: ReadonlyMap<string, string>;
}

/** Where editors find what may stand in the file: `aftertalk config schema` writes it. */
const SCHEMA_FILE = "configuration.schema.json";

const head = `# yaml-language-server: $schema=./${SCHEMA_FILE}
#
# Everything that admins set up. Read docs/configuration.md, change this file, then
#   aftertalk config check FILE             tells everything that is wrong
#   aftertalk config apply FILE --dry-run   shows what would change, and whom it would ask
#   aftertalk config apply FILE             changes it, all of it or nothing
# "aftertalk config schema > ${SCHEMA_FILE}" lets an editor help with the fields.
# Lines that begin with # are for people. What was archived is not in here.
`;

/** Reading it gives the same configuration, and writing that the same file. */
export function writeConfigurationFile(now: Configuration, asOf: Date, names: NamesInFile): string {
  return [
    head,
    `version: ${FILE_VERSION}`,
    "# The last change that this file knows of: what was changed in chat after it is not overwritten.",
    `asOf: ${asOf.toISOString()}`,
    "",
    "# What is a comment here is as it is at first.",
    writeSettings(now.settings),
    "# What is asked: on, paused or archived. One that is asked after chats is on at a time.",
    listOf("surveys", surveysIn(now)),
    "# When people are asked what: docs/schedules.md has every field.",
    listOf("schedules", schedulesIn(now)),
    "# Who may do what: viewer, agent, lead or admin. Roles by the settings of a platform come on top.",
    listOf("roles", rolesIn(now, names)),
  ].join("\n");
}

interface Entry {
  readonly comment: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

const byName = <T>([a]: readonly [string, T], [b]: readonly [string, T]) => (a < b ? -1 : 1);

function surveysIn({ surveys }: Configuration): Entry[] {
  return [...surveys].toSorted(byName).flatMap(([key, survey]) => {
    const { state, trigger, definition } = survey;
    if (definition === undefined || state === "archived") return [];
    return [{ comment: commentOf(survey), fields: { key, state, trigger, ...definition } }];
  });
}

const askedBy = {
  ...{ chat: "after chats", schedule: "by schedules" },
  recovery: "when a case was closed as solved",
} as const;

function commentOf({ trigger, definition }: SurveyNow): string {
  const metric = definition?.metric;
  const what =
    metric === undefined ? "Without a score" : textsFor("en").text(`metric.${metric}.name`);
  return `${what}, asked ${askedBy[trigger]}.`;
}

function schedulesIn({ schedules }: Configuration): Entry[] {
  return [...schedules].toSorted(byName).flatMap(([, { state, definition }]) => {
    if (definition === undefined || state === "archived") return [];
    const comment = describeSchedule(textsFor("en"), definition).join("\n");
    return [{ comment, fields: scheduleAsWritten({ state, definition }) }];
  });
}

function rolesIn({ grants }: Configuration, names: NamesInFile): Entry[] {
  const entries = [...grants.values()].map(({ subject, role }) => {
    const rank = grantedRoles.length - grantedRoles.indexOf(role);
    if (subject.kind === "person") {
      const { written, called } = names.people.get(subject.personId) ?? {
        ...{ written: subject.personId, called: "" },
      };
      return { order: `${rank} 0 ${written}`, comment: called, fields: { person: written, role } };
    }
    const connection = names.connections.get(subject.connectionId) ?? subject.connectionId;
    const { groupId: group, label } = subject;
    const name = label === "" ? {} : { name: label };
    const order = `${rank} 1 ${connection} ${group}`;
    return { order, comment: "", fields: { connection, group, ...name, role } };
  });
  return entries.toSorted((a, b) => (a.order < b.order ? -1 : 1));
}

function listOf(part: string, entries: readonly Entry[]): string {
  const document = new Document({ [part]: entries.map(({ fields }) => fields) });
  const list = document.get(part, true);
  if (isSeq(list)) {
    for (const [index, { comment }] of entries.entries()) {
      const item = list.items[index];
      if (!isMap(item)) continue;
      if (comment !== "") item.commentBefore = asComment(comment);
      item.spaceBefore = index > 0;
    }
  }
  visit(document, {
    Scalar(where, scalar) {
      if (typeof scalar.value !== "string" || where === "key") return;
      writeWell(scalar, scalar.value, part === "surveys");
    },
  });
  return document.toString({ lineWidth: 0 });
}

function asComment(text: string): string {
  return text
    .split(/\s*[\n\r\u0085\u2028\u2029]\s*/u)
    .map((line) => ` ${line.replace(/\p{Cc}/gu, " ")}`)
    .join("\n");
}

/** Nothing that a reader of YAML or an editor would take for the end of a line, or lose. */
const PLAIN = /^[^\p{Cc}\u2028\u2029\uFEFF]*$/u;

/** Texts that people are asked stand as blocks, in which nothing has to be quoted. */
function writeWell(scalar: Scalar, text: string, blocks: boolean): void {
  const lines = text.split("\n");
  const isOdd = !lines.every((line) => PLAIN.test(line)) || /^\s|\s$/u.test(text);
  if (isOdd) scalar.type = Scalar.QUOTE_DOUBLE;
  else if (blocks && /\s/u.test(text)) scalar.type = Scalar.BLOCK_LITERAL;
}
