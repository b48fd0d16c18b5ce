/** A line of the audit log in plain words. Pure. */
import { isTextKey, type Texts } from "../locales/index.ts";
import { readScheduleDefinition } from "../scheduling/definition/schedule.ts";
import { readDefinition } from "../surveys/survey.ts";
import { sayRole, sayState } from "./say-change.ts";
import { fromTo, type SaidRow } from "./say-fields.ts";
import { sayScheduleFields } from "./say-schedule-fields.ts";
import { saySetting, saySettingName } from "./say-setting.ts";
import { saySurveyFields } from "./say-survey-fields.ts";

/** What of a line says what was done. */
export interface SaidLine {
  readonly action: string;
  readonly target: string | null;
  readonly targetName: string | null;
  readonly details: Readonly<Record<string, unknown>>;
}

/** What was done: "changed the survey “nps”". */
export function sayAction(texts: Texts, { action, target, targetName, details }: SaidLine): string {
  const key = `audit.did.${action}`;
  const about = targetName ?? labelOf(details.subject) ?? target ?? "";
  return isTextKey(key)
    ? texts.text(key, { about: isId(about) ? texts.text("change.somebody") : about })
    : texts.text("audit.did.other", { action });
}

/** What was there before and what is there now, field by field; nothing where a line has no such. */
export function sayDetails(texts: Texts, { action, details }: SaidLine): SaidRow[] {
  switch (action) {
    case "settings":
      return Object.entries(details).flatMap(([name, value]): SaidRow[] => {
        const { from, to } = sides(value);
        const said = fromTo(texts, saySetting(texts, name, from), saySetting(texts, name, to));
        return [[saySettingName(texts, name), said]];
      });
    case "survey":
    case "schedule":
      return [...definitionRows(texts, action, details), ...stateRows(texts, details)];
    case "role": {
      const { from, to } = sides(details.role);
      return [
        [texts.text("change.role.label"), fromTo(texts, sayRole(texts, from), sayRole(texts, to))],
      ];
    }
    default:
      return [];
  }
}

function definitionRows(
  texts: Texts,
  action: "survey" | "schedule",
  { before, after }: SaidLine["details"],
): SaidRow[] {
  if (action === "survey") {
    const [was, is] = [readDefinition(before), readDefinition(after)];
    return is === undefined ? [] : saySurveyFields(texts, was, is);
  }
  const [was, is] = [readScheduleDefinition(before), readScheduleDefinition(after)];
  return is === undefined ? [] : sayScheduleFields(texts, was, is);
}

function stateRows(texts: Texts, { state }: SaidLine["details"]): SaidRow[] {
  if (state === undefined) return [];
  const { from, to } = sides(state);
  return [[texts.text("change.state"), fromTo(texts, sayState(texts, from), sayState(texts, to))]];
}

function sides(value: unknown): { readonly from: unknown; readonly to: unknown } {
  if (typeof value !== "object" || value === null) return { from: undefined, to: undefined };
  return {
    from: "from" in value ? value.from : undefined,
    to: "to" in value ? value.to : undefined,
  };
}

/** What a group was called when it was given a role. */
function labelOf(subject: unknown): string | undefined {
  if (typeof subject !== "object" || subject === null || !("label" in subject)) return undefined;
  return typeof subject.label === "string" && subject.label !== "" ? subject.label : undefined;
}

function isId(text: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f-]{27}$/u.test(text);
}
