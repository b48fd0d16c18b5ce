/** The small forms of a schedule: opened with what there is, and read. */
import type { Work } from "../../engine.ts";
import { checkSchedule } from "../../scheduling/definition/schedule.ts";
import { AFTER_CHAT } from "../../scheduling/definition/timing.ts";
import { knownToSchedules, listSchedules } from "../../store/schedules.ts";
import type { DraftContext, DraftPress, DraftStep } from "../draft-kind.ts";
import { usualFor } from "./begin.ts";
import type { ScheduleContent } from "./content.ts";
import { fieldsOf, triggers } from "./fields.ts";
import { isAt, readForm, scheduleForm, valueAt, type Written } from "./form.ts";
import { lookAhead } from "./look.ts";
import { checkHere } from "./review.ts";

type Context = DraftContext & { readonly work: Work };

export async function pressPart(
  context: Context,
  press: DraftPress<ScheduleContent>,
): Promise<DraftStep> {
  const { draft, value: section = "", values } = press;
  const written = await begun(context, draft.content.written, section);
  const about = {
    ...{ draftId: draft.id, section, written },
    fields: fieldsOf(section, { isRow: "steps" in written, isNew: draft.base === null }),
    surveys: await surveysFor(context),
  };
  if (values === undefined) {
    return { reply: { kind: "form", form: scheduleForm(context, about) } };
  }
  const read = readForm(about, values);
  const content = { ...draft.content, written: { ...read.written } };
  const { problems: found } = await checkHere(context, { content, base: draft.base });
  // What cannot be read is not missing.
  const others = found.filter(({ code }) => read.problems.length === 0 || code !== "missing");
  const wrong = [...read.problems, ...others].filter((each) =>
    about.fields.some((field) => isAt(each, field)),
  );
  if (wrong.length > 0) {
    const form = scheduleForm(context, about, { values, problems: wrong });
    return { reply: { kind: "form", form } };
  }
  // A sentence that something else than it says was written to is not what it says any more.
  const checked = checkSchedule(content.written);
  const kept = "definition" in checked ? { ...checked.definition } : content.written;
  const named = draft.base === null && typeof kept.name === "string" ? { about: kept.name } : {};
  const after = { ...content, sentence: "", written: kept };
  return lookAhead(context, draft, { ...named, content: after }, press);
}

/** What stands in the draft, with the time that was chosen; what usually goes with that for a new one. */
async function begun(
  { db, reader }: Context,
  written: Written | null,
  section: string,
): Promise<Written> {
  const trigger = triggers.find((each) => section === `on-${each}`);
  if (trigger === undefined) return written ?? {};
  if (written === null) {
    const usual = usualFor(trigger);
    const taken = (await listSchedules(db, reader.workspace.id)).map(
      ({ definition }) => definition.name,
    );
    return { ...usual, name: freeName(`${String(usual.survey ?? trigger)}`, taken) };
  }
  return valueAt(written, ["trigger", "on"]) === trigger
    ? written
    : { ...written, trigger: { on: trigger } };
}

function freeName(wanted: string, taken: readonly string[]): string {
  if (!taken.includes(wanted)) return wanted;
  for (let n = 2; ; n += 1) {
    const name = `${wanted}-${n}`;
    if (!taken.includes(name)) return name;
  }
}

async function surveysFor({ db, reader }: Context): Promise<string[]> {
  const { surveys } = await knownToSchedules(db, reader.workspace.id);
  return [AFTER_CHAT, ...surveys];
}
