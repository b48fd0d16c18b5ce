/** Loaded summaries without a database, and cards as plain lines. */
import type { Reader } from "../../src/commands/command.ts";
import type { LoadedSummary } from "../../src/commands/summary/load.ts";
import type { MetricName } from "../../src/metrics/metric.ts";
import { previousPeriod, trendPeriods } from "../../src/metrics/period-steps.ts";
import { parsePeriod } from "../../src/metrics/period-text.ts";
import { metrics } from "../../src/metrics/registry.ts";
import { type Asking, type Beside, type Facts, summarise } from "../../src/metrics/summary.ts";
import type { Message } from "../../src/platform.ts";
import type { Workspace } from "../../src/store/workspaces.ts";

/** A Wednesday. */
export const now = new Date("2026-10-14T10:30:00Z");

const nobody: Asking = {
  asked: 0,
  reached: 0,
  answered: 0,
  closedReached: 0,
  closedAnswered: 0,
  open: 0,
};

interface Given {
  readonly metric: MetricName;
  readonly period?: string;
  readonly histogram: readonly number[];
  readonly before?: readonly number[];
  readonly asking?: Partial<Asking>;
  readonly comments?: LoadedSummary["comments"];
  readonly singleAnswers?: boolean;
  readonly beside?: Partial<Beside>;
}

const firstSeries = { epoch: 0, otherWording: 0 };

/** A summary as it would come from the database; trend periods further back are empty. */
export function loadedSummary(given: Given): LoadedSummary {
  const metric = metrics[given.metric];
  const parsed = parsePeriod(given.period ?? "week", { now, timeZone: "Europe/Berlin" });
  if (!parsed.ok) throw new Error(parsed.problem);
  const { period } = parsed;
  const empty = given.histogram.map(() => 0);
  const present: Facts = {
    period,
    histogram: given.histogram,
    asking: { ...nobody, ...given.asking },
    ...firstSeries,
  };
  const previous = previousPeriod(period, now);
  const before = previous && {
    period: previous,
    histogram: given.before ?? empty,
    asking: nobody,
    ...firstSeries,
  };
  const trend = trendPeriods(period, 12, now).map((each): Facts => {
    if (each.start.getTime() === period.start.getTime()) return present;
    if (before && each.start.getTime() === before.period.start.getTime()) return before;
    return { period: each, histogram: empty, asking: nobody, ...firstSeries };
  });
  return {
    metric,
    workspace: "Acme",
    now: present,
    before,
    summary: summarise(metric, present, before, given.beside),
    trend,
    comments: given.comments ?? [],
    words: [],
    singleAnswers: given.singleAnswers ?? true,
  };
}

/** Somebody who may see everything. */
export function adminOf(workspace: Workspace): Reader {
  const person = {
    id: "00000000-0000-4000-8000-000000000001",
    name: "Lea",
    role: "admin",
  } as const;
  return { workspace, person, language: "en" };
}

/** Every word of a message, one line a thing. */
export function linesOf(message: Message): string[] {
  return partsOf(message).map(plain);
}

/** With spaces of every width made plain ones, so that tests can be read and typed. */
export function plain(text: string): string {
  return text.replaceAll(/[\u00a0\u2009\u202f]/g, " ");
}

function partsOf(message: Message): string[] {
  return message.parts.flatMap((part) => {
    switch (part.kind) {
      case "facts":
        return part.rows.map(([label, value]) => `${label}: ${value}`);
      case "bars":
        return [part.title, ...part.bars.map(({ label, value }) => `${label}: ${value}`)];
      case "quote":
        return [`> ${part.text} (${part.by ?? ""}) ${part.link?.url ?? ""}`.trimEnd()];
      case "heading":
      case "text":
      case "note":
        return [part.text];
      case "picture":
        return [part.picture.alt];
      case "link":
        return [part.link.url];
      case "actions":
        return [part.options.map(({ label }) => `[${label}]`).join(" ")];
      default:
        throw new Error(`a summary has no ${part.kind}`);
    }
  });
}
