/** The look ahead on a card: how many, who for example, on which days, what holds them back. Pure. */
import type { Texts } from "../../locales/index.ts";
import type { Bar, Part } from "../../platform.ts";
import type { Preview } from "../../scheduling/preview/preview.ts";
import { sayReason } from "../../scheduling/why/explain.ts";
import { AHEAD_DAYS } from "./foresee.ts";
import { sayMoment } from "./zones.ts";

/** So much of it is on a card: more is no help before a yes. */
const MOST_EXAMPLES = 5;
const MOST_GATES = 4;
const MOST_CLASHES = 4;
/** More days than these are told week by week. */
const MOST_DAYS = 8;
const WEEK = 7;

export function aheadParts(texts: Texts, preview: Preview, timeZone: string): Part[] {
  const { on, asked, questions, suppressed, waiting, humans, audience } = preview;
  const text = (said: string): Part => ({ kind: "text", text: said });
  const when = { days: AHEAD_DAYS, on: on ? "yes" : "no" };
  return [
    title(texts.text("ahead.title", when)),
    text(
      questions === 0
        ? texts.text("ahead.nobody", { ...audience })
        : texts.text("ahead.sum", { asked, questions, suppressed, waiting, humans, ...audience }),
    ),
    ...barsOf(texts, preview),
    ...gatesOf(texts, preview),
    ...examplesOf(texts, preview, timeZone),
    ...clashesOf(texts, preview),
    ...(questions === 0 ? [] : [basisOf(texts, preview)]),
  ];
}

/** What it is built on, so that nobody takes it for a promise. */
function basisOf(texts: Texts, { byOrigin, replayed }: Preview): Part {
  const how = replayed === null || byOrigin.replayed === 0 ? "known" : "replayed";
  return { kind: "note", text: texts.text("ahead.basis", { how, n: byOrigin.replayed }) };
}

interface Stretch {
  readonly first: string;
  readonly last: string;
  readonly asked: number;
  readonly held: number;
}

/** Days on which something happens; whole weeks when these are many. */
export function stretchesOf({ days }: Pick<Preview, "days">): Stretch[] {
  const busy = days.filter((each) => each.asked + each.deferred + each.suppressed > 0);
  const size = busy.length > MOST_DAYS ? WEEK : 1;
  const groups = size === 1 ? busy.map((day) => [day]) : weeksOf(days);
  return groups.map((group) => ({
    first: group[0]?.day ?? "",
    last: group.at(-1)?.day ?? "",
    asked: group.reduce((sum, each) => sum + each.asked, 0),
    held: group.reduce((sum, each) => sum + each.deferred + each.suppressed, 0),
  }));
}

function weeksOf(days: Preview["days"]): Preview["days"][] {
  const weeks: Preview["days"][] = [];
  for (let at = 0; at < days.length; at += WEEK) weeks.push(days.slice(at, at + WEEK));
  return weeks;
}

function barsOf(texts: Texts, preview: Preview): Part[] {
  const stretches = stretchesOf(preview);
  if (stretches.length === 0) return [];
  const most = Math.max(1, ...stretches.map(({ asked }) => asked));
  const bars = stretches.map(({ first, last, asked, held }): Bar => {
    const value = texts.text("ahead.bar", { asked, held });
    return { label: sayDays(texts, first, last), value, share: asked / most };
  });
  return [{ kind: "bars", title: texts.text("ahead.days"), bars }];
}

/** "Mon, 23 Nov", or "23–29 Nov". */
export function sayDays(texts: Texts, first: string, last: string): string {
  const [from, to] = [new Date(`${first}T12:00:00Z`), new Date(`${last}T12:00:00Z`)];
  const day = { day: "numeric", month: "short", timeZone: "UTC" } as const;
  if (first !== last) return new Intl.DateTimeFormat(texts.language, day).formatRange(from, to);
  return new Intl.DateTimeFormat(texts.language, { ...day, weekday: "short" }).format(from);
}

function gatesOf(texts: Texts, { gates }: Preview): Part[] {
  if (gates.length === 0) return [];
  const rows = gates.slice(0, MOST_GATES).map(({ reason, deferred, suppressed }) => {
    const label = sayReason(texts, reason, texts.text("ahead.their-zone"));
    return [label, texts.text("ahead.held", { deferred, suppressed })] as const;
  });
  return [title(texts.text("ahead.gates")), { kind: "facts", rows }];
}

function examplesOf(texts: Texts, { examples }: Preview, timeZone: string): Part[] {
  const shown = examples.slice(0, MOST_EXAMPLES);
  if (shown.length === 0) return [];
  const rows = shown.map(({ at, name, verdict, reason, until }) => {
    const said = texts.text("ahead.example", {
      ...{ verdict, name: name || texts.text("ahead.somebody") },
      until: until === null ? "" : sayMoment(until, texts.language, timeZone),
      reason: reason === null ? "" : sayReason(texts, reason, timeZone),
    });
    return [sayMoment(at, texts.language, timeZone), said] as const;
  });
  return [title(texts.text("ahead.examples")), { kind: "facts", rows }];
}

/** Other schedules that want the same people, and who goes first. */
function clashesOf(texts: Texts, { clashes }: Preview): Part[] {
  if (clashes.length === 0) return [];
  const rows = clashes
    .slice(0, MOST_CLASHES)
    .map(
      ({ schedule, humans, first }) =>
        [schedule, texts.text("ahead.clash", { humans, first })] as const,
    );
  return [title(texts.text("ahead.clashes")), { kind: "facts", rows }];
}

function title(text: string): Part {
  return { kind: "heading", text, minor: true };
}
