/** How long figures take, ours and those of others, in one run. */

import type { BenchOptions } from "./options.ts";
import { bareStatement, cxTruth, floor, furtherViews, oneMetric } from "./ours.ts";
import { chatwoot } from "./peers/chatwoot.ts";
import { discordTickets } from "./peers/discord-tickets.ts";
import { flatCovering, flatPlain } from "./peers/flat.ts";
import { formbricksCore } from "./peers/formbricks-core.ts";
import { formbricksHub } from "./peers/formbricks-hub.ts";
import type { Peer } from "./peers/peer.ts";
import { ms, type Section, times, whole } from "./report.ts";
import type { Stage } from "./stage.ts";
import { disagreements, inTurns, type Measured, quantile, type Span, spans } from "./timing.ts";

export const peers: readonly Peer[] = [
  ...[flatCovering, flatPlain, chatwoot, formbricksHub, formbricksCore, discordTickets],
];

/** What was measured with one set of tables, and what they weigh. */
export interface Group {
  readonly measured: readonly Measured[];
  readonly peer?: Peer;
  /** Figures that were only read to compare with. */
  readonly truth?: readonly Measured[];
}

/** Our own views in turns with the floor. */
export async function measureOurs(stage: Stage, options: BenchOptions): Promise<Group> {
  const { database, client, pool, periods, now } = stage;
  options.progress("our summaries …");
  const designs = [
    floor(client),
    ...oneMetric(database.db, periods, now),
    await bareStatement({ pool, client }, periods, now),
    ...furtherViews(database.db, periods, now),
  ];
  const measured = await inTurns(designs, options);
  const once = { rounds: 0, limitSeconds: Number.POSITIVE_INFINITY };
  return { measured, truth: await inTurns([cxTruth(client, periods)], once) };
}

/** A peer's queries in turns with the floor and with ours. Its tables are there. */
export async function measurePeer(stage: Stage, peer: Peer, options: BenchOptions): Promise<Group> {
  options.progress(`${peer.name}: its queries …`);
  const { database, client, periods, now } = stage;
  const ours = oneMetric(database.db, periods, now);
  const designs = [floor(client), ...ours, ...peer.designs({ client, periods })];
  return { peer, measured: await inTurns(designs, options) };
}

const FLOOR = "select 1";

/**
 * A row a design: p50 and p99 of each period, and how many times the floor of the same turns that is.
 */
export function summariesSection(answers: number, groups: readonly Group[]): Section {
  const rows = groups.flatMap(({ measured, peer }) => {
    const names = [...new Set(measured.map(({ design }) => design))];
    const own = names.filter((name) => peer === undefined || !isShared(name));
    return own.map((name) => [name, ...spans.flatMap((span) => cells(measured, name, span))]);
  });
  return {
    title: `Summaries of the largest workspace, ${whole(answers)} answers: milliseconds`,
    header: ["", ...spans.flatMap((span) => [span, "p99", "× select 1"])],
    rows,
    notes: [
      "p50 · p99 · p50 as times of select 1 in the same turns",
      "the designs of others were measured with one set of tables at a time, each in turns with select 1 and ours",
      "fewer repetitions where one takes long; a single one has no p99",
    ],
  };
}

/** Measured with each peer again, to be beside it. */
function isShared(design: string): boolean {
  return design === FLOOR || design.startsWith("aftertalk");
}

function cells(measured: readonly Measured[], design: string, span: Span): string[] {
  const one = find(measured, design, span);
  if (one === undefined) return ["", "", ""];
  const p50 = quantile(one.times, 0.5);
  const ratio = p50 / medianOf(measured, FLOOR, span);
  const p99 = one.times.length < 2 ? "–" : ms(quantile(one.times, 0.99));
  return [ms(p50), p99, design === FLOOR ? "1" : times(ratio)];
}

function find(measured: readonly Measured[], design: string, span: Span): Measured | undefined {
  return measured.find((each) => each.design === design && each.span === span);
}

/** Milliseconds; not a number where it was not measured. */
export function medianOf(measured: readonly Measured[], design: string, span: Span): number {
  return quantile(find(measured, design, span)?.times ?? [], 0.5);
}

/** How many times as fast ours is, beside each design that counts the same or as much. */
export function ratiosSection(answers: number, groups: readonly Group[]): Section {
  const rows = groups.flatMap(({ measured, peer }) => {
    if (peer === undefined) return [];
    const names = [...new Set(measured.map(({ design }) => design))];
    return names
      .filter((name) => !isShared(name))
      .map((name) => [
        name,
        ...spans.map((span) => {
          const theirs = medianOf(measured, name, span);
          const beside = name.includes("NPS, one") ? "aftertalk: NPS, one answer a person" : CSAT;
          return Number.isNaN(theirs) ? "" : times(theirs / medianOf(measured, beside, span));
        }),
      ]);
  });
  return {
    title: `How many times as long as aftertalk's one metric they take, ${whole(answers)} answers`,
    header: ["", ...spans],
    rows,
    notes: ["p50 over p50 of the same turns; CSAT, for rows of one answer a person NPS"],
  };
}

const CSAT = "aftertalk: CSAT";

/** All designs beside those that count the same: nothing when all agree. */
export function disagreementsOf(groups: readonly Group[]): string[] {
  return disagreements(groups.flatMap(({ measured, truth = [] }) => [...measured, ...truth]));
}
