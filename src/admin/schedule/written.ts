/** What people write into a field of a schedule, and back. Pure. */
import { isTimeZone } from "../../config/checks.ts";
import { metricNames } from "../../metrics/metric.ts";
import type { ProblemCode } from "../../scheduling/definition/schedule-issues.ts";

/** How a field is written: a list with commas, a length of time, "30-90", "nps 0-6", "10:00-12:00", … */
export type WrittenAs =
  | "text"
  | "list"
  | "length"
  | "reminder"
  | "number"
  | "share"
  | "range"
  | "score"
  | "hours"
  | "clock"
  | "zone"
  | "flag"
  | "steps";

/** `value` undefined: nothing was said. */
export type Read = { readonly value: unknown } | { readonly problem: ProblemCode };

/** What was written as a value of a definition. */
export function readWritten(as: WrittenAs, raw: string): Read {
  const text = raw.trim();
  if (text === "") return { value: undefined };
  switch (as) {
    case "text":
      return { value: text };
    case "list":
      return {
        value: [...new Set(text.split(/[,，、;；\n]/u).map((each) => each.trim()))].filter(Boolean),
      };
    case "length":
      return { value: readLength(text) };
    case "reminder":
      return { value: /^0\s*\p{L}*$/u.test(text) ? null : readLength(text) };
    case "number":
      return { value: /^\d{1,9}$/u.test(text) ? Number(text) : text };
    case "share":
      return readShare(text);
    case "range":
      return readRange(text);
    case "score":
      return readScore(text);
    case "hours":
      return readHours(text);
    case "clock":
      return readClock(text);
    case "zone":
      return isTimeZone(text) ? { value: text } : { problem: "time-zone" };
    case "flag":
      return { value: text === "yes" };
    case "steps":
      return { value: text.split("\n").flatMap(readStep) };
  }
}

const units: readonly (readonly [unit: string, words: RegExp])[] = [
  ["m", /^(m|min|mins|minutes?|мин\p{L}*|分|分钟|分鐘)\.?$/iu],
  ["h", /^(h|hours?|ч|час\p{L}*|小时|小時|个小时|個小時)\.?$/iu],
  ["d", /^(d|days?|д|дн\p{L}*|день|天|日)\.?$/iu],
  ["w", /^(w|weeks?|нед\p{L}*|周|週|星期|个星期|個星期)\.?$/iu],
];

/** "30 days" as `30d`; what is no length stays as it is, to be objected to. */
function readLength(text: string): string {
  const [, number, word = ""] = /^(\d{1,4})\s*(\p{L}*\.?)$/u.exec(text) ?? [];
  const unit = units.find(([, words]) => words.test(word))?.[0];
  if (number === "0" && word === "") return "0m";
  return number === undefined || unit === undefined ? text : `${number}${unit}`;
}

/** "10%" or "10" as 0.1; "0.1" stays. */
function readShare(text: string): Read {
  const number = Number(text.replace(/\s*%$/u, "").replace(",", "."));
  if (Number.isNaN(number)) return { problem: "wrong-type" };
  const isPercent = text.endsWith("%") || number > 1;
  return { value: isPercent ? number / 100 : number };
}

function readRange(text: string): Read {
  const match = /^(\d{1,6})?\s*(?:([-–—])\s*(\d{1,6})?|(\+))?$/u.exec(text);
  if (match === null || text === "-") return { problem: "ends" };
  const [, from, dash, to, plus] = match;
  const min = from === undefined ? undefined : Number(from);
  const max = to === undefined ? undefined : Number(to);
  if (dash === undefined && plus === undefined) return { value: { min, max: min } };
  return {
    value: { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) },
  };
}

function readScore(text: string): Read {
  const [, name = "", range = ""] = /^(\p{L}+)\s+(.+)$/u.exec(text) ?? [];
  const metric = metricNames.find((each) => each === name.toLowerCase());
  const read = readRange(range.trim());
  if (metric === undefined || "problem" in read || typeof read.value !== "object") {
    return { problem: "ends" };
  }
  return { value: { metric, ...read.value } };
}

function readClock(text: string): Read {
  const [, hour = "", minute = ""] = /^([01]?\d|2[0-3])[:：.]([0-5]\d)$/u.exec(text) ?? [];
  return hour === "" ? { problem: "clock" } : { value: `${hour.padStart(2, "0")}:${minute}` };
}

function readHours(text: string): Read {
  const match = /^(\d{1,2})[:：.](\d{2})(?:\s*[-–—]\s*(\d{1,2})[:：.](\d{2}))?$/u.exec(text);
  if (match === null) return { problem: "clock" };
  const [, h = "", m = "", toH, toM] = match;
  const from = `${h.padStart(2, "0")}:${m}`;
  return { value: toH === undefined ? { from } : { from, to: `${toH.padStart(2, "0")}:${toM}` } };
}

/** "relationship-nps 30d": a survey and how long after the one before. */
function readStep(line: string): { survey: string; after?: string }[] {
  const [, survey = "", after = ""] = /^(\S+)\s*(.*)$/u.exec(line.trim()) ?? [];
  if (survey === "") return [];
  return [{ survey, ...(after === "" ? {} : { after: readLength(after.trim()) }) }];
}

/** The value as somebody would write it. */
export function sayWritten(as: WrittenAs, value: unknown): string {
  if (as === "reminder" && value === null) return "0";
  if (value === undefined || value === null) return "";
  if (as === "flag") return value === true ? "yes" : "no";
  if (as === "share" && typeof value === "number") return `${Math.round(value * 1000) / 10}%`;
  if (Array.isArray(value))
    return value.map((each) => sayItem(each)).join(as === "steps" ? "\n" : ", ");
  return typeof value === "object" ? sayParts(as, value) : String(value);
}

function sayParts(as: WrittenAs, value: object): string {
  const part = (name: string): unknown => Reflect.get(value, name);
  if (as === "hours") {
    return [part("from"), part("to")].filter((each) => each !== undefined).join("-");
  }
  const [min, max] = [part("min"), part("max")];
  const range = max === undefined ? `${min}+` : min === max ? `${min}` : `${min ?? ""}-${max}`;
  return as === "score" ? `${String(part("metric"))} ${range}` : range;
}

function sayItem(item: unknown): string {
  if (typeof item !== "object" || item === null) return String(item);
  const after: unknown = Reflect.get(item, "after");
  return `${String(Reflect.get(item, "survey"))} ${after === undefined ? "" : String(after)}`.trim();
}
