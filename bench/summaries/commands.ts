/**
 * Everything else that commands show, as the store reads it: from the rows, so that the time grows with
 * the period. In turns with `select 1`, of the largest workspace with a chat for each answer.
 */
import { metrics } from "../../src/metrics/registry.ts";
import { readHandlingFacts } from "../../src/store/attribution.ts";
import { readCustomerCounts } from "../../src/store/churn-figures.ts";
import { readComments } from "../../src/store/comments.ts";
import { readSaid } from "../../src/store/comments-search.ts";
import { readContacts } from "../../src/store/contacts.ts";
import { readCoverageFigures } from "../../src/store/coverage.ts";
import { readCutFacts } from "../../src/store/cut-facts.ts";
import { readResponse } from "../../src/store/digest.ts";
import { readDriverFacts } from "../../src/store/driver-facts.ts";
import { readWaitingChats } from "../../src/store/first-replies.ts";
import { readKnown } from "../../src/store/names-of-cuts.ts";
import { readKnownOfTeams } from "../../src/store/names-of-teams.ts";
import { readResponses } from "../../src/store/responses.ts";
import type { Db } from "../../src/store/schema.ts";
import { readFacts } from "../../src/store/summaries.ts";
import { readJourneys } from "../../src/store/touchpoints.ts";
import { fillChats } from "./commands-data.ts";
import { LARGEST } from "./data.ts";
import type { BenchOptions } from "./options.ts";
import { floor } from "./ours.ts";
import { eachSpan } from "./peers/peer.ts";
import type { Asked } from "./periods.ts";
import { ms, type Section, times, whole } from "./report.ts";
import type { Stage } from "./stage.ts";
import { type Design, inTurns, type Measured, quantile, type Span, spans } from "./timing.ts";

const FLOOR = "select 1";
const team = { values: ["Team 1"], label: "Team 1" };
const channel = { values: ["#channel-1"], label: "#channel-1" };

type Read = (db: Db, asked: Asked, now: Date) => Promise<unknown>;

const about = { workspaceId: LARGEST };
const csat = { ...about, metric: metrics.csat };

const cuts = [
  "team",
  "channel",
  "touchpoint",
  "platform",
  "language",
  "tag",
  "account",
  "agent",
] as const;

const reads: ReadonlyMap<string, Read> = new Map<string, Read>([
  ...cuts.map((by): [string, Read] => [
    `CSAT by ${by}`,
    (db, asked, now) => readCutFacts(db, { ...csat, by, periods: asked.both, now }),
  ]),
  [
    "NPS by team",
    (db, { both }, now) =>
      readCutFacts(db, { ...about, metric: metrics.nps, by: "team", periods: both, now }),
  ],
  [
    "CSAT for a team",
    (db, { both }, now) => readFacts(db, { ...csat, filter: { team }, periods: both, now }),
  ],
  [
    "CSAT by team for a channel",
    (db, { both }, now) =>
      readCutFacts(db, { ...csat, by: "team", filter: { channel }, periods: both, now }),
  ],
  [
    "CSAT by people and bots",
    (db, { both }, now) => readHandlingFacts(db, { ...csat, periods: both, now }),
  ],
  ["/coverage by team", coverage("team")],
  ["/coverage by agent", coverage("agent")],
  [
    "/contacts",
    (db, asked, now) => readContacts(db, { ...about, period: asked.now, by: "channel", now }),
  ],
  ["/response", (db, { both }, now) => readResponses(db, { ...about, periods: both, now })],
  [
    "/response by team",
    (db, { both }, now) => readResponses(db, { ...about, by: "team", periods: both, now }),
  ],
  ["/frt", firstReplies],
  [
    "/journey, without its cut",
    (db, asked, now) => readJourneys(db, { ...csat, period: asked.now, now }),
  ],
  ["/drivers", (db, asked, now) => readDriverFacts(db, { ...csat, period: asked.now, now })],
  [
    "/churn, its rate",
    (db, asked, now) => readCustomerCounts(db, { ...about, period: asked.now, now }),
  ],
  [
    "/feedback, a page",
    (db, { now: period }) =>
      readSaid(db, { ...about, period, filter: {} }, { from: null, towards: "older", limit: 10 }),
  ],
  [
    "comments beside a summary",
    (db, { now: period }) =>
      readComments(db, { ...about, metrics: [metrics.csat], period, limit: 5 }),
  ],
  ["a digest's response rate", (db, { now: period }) => readResponse(db, { ...about, period })],
  ["names of agents", (db) => readKnown(db, LARGEST, "agent")],
  [
    "names of agents, of a team",
    (db) => readKnownOfTeams(db, LARGEST, "agent", { teams: team.values }),
  ],
]);

function coverage(by: "team" | "agent"): Read {
  return (db, asked, now) => readCoverageFigures(db, { ...about, period: asked.now, by, now });
}

async function firstReplies(db: Db, asked: Asked): Promise<void> {
  for await (const batch of readWaitingChats(db, { ...about, period: asked.now })) void batch;
}

/** Fills in what these commands look at, and reads all of it. To be done last: counts are left as they are. */
export async function measureCommands(stage: Stage, options: BenchOptions): Promise<Section> {
  const { client, database, periods, now } = stage;
  options.progress("chats …");
  await fillChats(client);
  await client.query("vacuum analyze");
  options.progress("every command …");
  return database.patiently(async (db) => {
    const designs = [...reads].map(
      ([name, read]): Design => ({
        name,
        counts: null,
        runs: eachSpan(periods, async (asked) => {
          await read(db, asked, now);
          return "";
        }),
      }),
    );
    const measured = await inTurns([floor(client), ...designs], options);
    return {
      title: `What else commands read, ${whole(stage.answers)} answers: milliseconds`,
      header: ["", ...spans.flatMap((span) => [span, "× select 1"])],
      rows: designs.map(({ name }) => [
        name,
        ...spans.flatMap((span) => cells(measured, name, span)),
      ]),
      notes: ["p50 · as times of select 1 in the same turns", "one connection, named statements"],
    };
  });
}

function cells(measured: readonly Measured[], design: string, span: Span): string[] {
  const median = (name: string) =>
    quantile(measured.find((each) => each.design === name && each.span === span)?.times ?? [], 0.5);
  return [ms(median(design)), times(median(design) / median(FLOOR))];
}
