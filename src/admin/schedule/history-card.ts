/** The versions of a schedule, what changed from one to another, and the way back. Pure. */
import { sayScheduleFields } from "../../configuration/say-schedule-fields.ts";
import { type Texts, textsFor } from "../../locales/index.ts";
import type { Message, Part } from "../../platform.ts";
import type { Schedule } from "../../scheduling/definition/schedule.ts";
import type { ScheduleVersion } from "../../store/schedule-versions.ts";
import { adminButton } from "../admin-action.ts";
import type { DraftContext } from "../draft-kind.ts";
import { keyOf } from "./key.ts";
import { sayMoment } from "./zones.ts";

type Drawing = Pick<DraftContext, "engine" | "reader">;

/** The latest so many are shown at once. */
const PAGE = 5;

export interface PastAbout {
  readonly schedule: Schedule;
  /** The first one first. */
  readonly versions: readonly ScheduleVersion[];
  readonly names: ReadonlyMap<string, string>;
  readonly page: number;
}

export function historyCard(drawing: Drawing, about: PastAbout): Message {
  const { schedule, versions, page } = about;
  const { language } = drawing.reader;
  const texts = textsFor(language);
  const { name } = schedule.definition;
  const title = texts.text("schedule.past.title", { name });
  const newest = versions.toReversed();
  const from = Math.max(0, Math.min(page, Math.ceil(newest.length / PAGE) - 1)) * PAGE;
  const shown = newest.slice(from, from + PAGE);
  const turn = (to: number, label: string) =>
    adminButton(drawing, { action: "sched-past", value: `${keyOf(schedule)}-${to}`, label });
  const back = shown
    .filter(({ version, definition }) => version !== schedule.version && definition !== undefined)
    .map(({ version }) =>
      adminButton(drawing, {
        ...{ action: "sched-back", value: `${keyOf(schedule)}-${version}` },
        label: texts.text("schedule.past.back", { version }),
      }),
    );
  const pages = [
    ...(from > 0 ? [turn(from / PAGE - 1, texts.text("schedule.past.newer"))] : []),
    ...(from + PAGE < newest.length
      ? [turn(from / PAGE + 1, texts.text("schedule.past.older"))]
      : []),
  ];
  const options = [...back, ...pages];
  return {
    summary: title,
    parts: [
      { kind: "heading", text: title },
      ...shown.flatMap((each) => versionParts(drawing, about, each)),
      ...(options.length === 0 ? [] : ([{ kind: "choices", options }] satisfies Part[])),
      { kind: "note", text: texts.text("schedule.past.how", { name }) },
    ],
    locale: language,
  };
}

function versionParts(
  { reader }: Drawing,
  { versions, names, schedule }: PastAbout,
  { version, at, by, definition }: ScheduleVersion,
): Part[] {
  const texts = textsFor(reader.language);
  const before = versions.find((each) => each.version === version - 1)?.definition;
  const line = texts.text("schedule.past.version", {
    ...{ version, by: authorOf(texts, by, names) },
    current: version === schedule.version ? "yes" : "no",
    when: sayMoment(at, reader.language, reader.workspace.timeZone),
  });
  if (definition === undefined) {
    return [
      { kind: "heading", text: line, minor: true },
      { kind: "note", text: texts.text("schedule.past.unknown") },
    ];
  }
  const rows =
    version === 1 || before === undefined ? [] : sayScheduleFields(texts, before, definition);
  return [
    { kind: "heading", text: line, minor: true },
    ...(rows.length === 0 ? [] : ([{ kind: "facts", rows }] satisfies Part[])),
  ];
}

/** Who made a version, by name. */
function authorOf(texts: Texts, by: string, names: ReadonlyMap<string, string>): string {
  if (by === "aftertalk") return texts.text("change.program");
  if (by === "operator") return texts.text("change.operator");
  return names.get(by) ?? texts.text("change.somebody");
}

/** What is otherwise in `to` than in `from`. */
export function diffCard(
  drawing: Drawing,
  { schedule }: Pick<PastAbout, "schedule">,
  [from, to]: readonly [ScheduleVersion, ScheduleVersion],
): Message {
  const { language } = drawing.reader;
  const texts = textsFor(language);
  const { name } = schedule.definition;
  const title = texts.text("schedule.diff.title", { name, from: from.version, to: to.version });
  const rows =
    from.definition === undefined || to.definition === undefined
      ? undefined
      : sayScheduleFields(texts, from.definition, to.definition);
  const body: Part =
    rows === undefined
      ? { kind: "text", text: texts.text("schedule.past.unknown") }
      : rows.length === 0
        ? { kind: "text", text: texts.text("schedule.diff.same") }
        : { kind: "facts", rows };
  const back = [from, to]
    .filter(({ version, definition }) => version !== schedule.version && definition !== undefined)
    .map(({ version }) =>
      adminButton(drawing, {
        ...{ action: "sched-back", value: `${keyOf(schedule)}-${version}` },
        label: texts.text("schedule.past.back", { version }),
      }),
    );
  return {
    summary: title,
    parts: [
      { kind: "heading", text: title },
      body,
      ...(back.length === 0 ? [] : ([{ kind: "actions", options: back }] satisfies Part[])),
    ],
    locale: language,
  };
}
