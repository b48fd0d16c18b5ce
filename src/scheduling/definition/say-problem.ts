/** What is wrong with a schedule, and where, in the reader's language. Pure. */
import { isTextKey, type Texts } from "../../locales/index.ts";
import type { CodedProblem } from "./schedule-issues.ts";

/** Of what can be chosen so many are named: the rest is for the list that it is chosen from. */
const MOST_NAMED = 12;

/** What is wrong and what to write instead, in one or two sentences. */
export function sayProblem(
  texts: Texts,
  { code, params }: Pick<CodedProblem, "code" | "params">,
): string {
  const said = Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, sayParam(texts, name, value)]),
  );
  return texts.text(`schedule.problem.${code}`, said);
}

function sayParam(
  texts: Texts,
  name: string,
  value: CodedProblem["params"][string],
): string | number {
  if (typeof value === "number") return value;
  if (typeof value !== "string") {
    const more = value.length > MOST_NAMED ? ["…"] : [];
    return [...value.slice(0, MOST_NAMED), ...more].join(", ") || "–";
  }
  const metric = `metric.${value}.name`;
  if (name === "metric" && isTextKey(metric)) return texts.text(metric);
  return name === "near" && value === "" ? "none" : value;
}

/** What a field of a schedule is called; a place in a list is called as the list is. */
export function sayScheduleField(texts: Texts, path: readonly PropertyKey[]): string {
  const names = path.filter((part) => typeof part !== "number").map(String);
  for (let length = names.length; length > 0; length -= 1) {
    const key = `schedule.field.${names.slice(0, length).join(".")}`;
    if (isTextKey(key)) return texts.text(key);
  }
  return texts.text("schedule.field");
}
