/** Our own figures, through the functions that every command goes through, and their bare statement. */
import { Kysely, PostgresDialect } from "kysely";
import type pg from "pg";
import { type MetricName, metricNames } from "../../src/metrics/metric.ts";
import { metrics } from "../../src/metrics/registry.ts";
import { readAllFacts } from "../../src/store/all-facts.ts";
import { readCutFacts } from "../../src/store/cut-facts.ts";
import type { Db, Schema } from "../../src/store/schema.ts";
import { readFacts } from "../../src/store/summaries.ts";
import { LARGEST } from "./data.ts";
import { figuresOf, figuresOfFacts } from "./figures.ts";
import { counted, eachSpan } from "./peers/peer.ts";
import type { Asked } from "./periods.ts";
import type { Design, Span } from "./timing.ts";

type Periods = Readonly<Record<Span, Asked>>;

export const floor = (db: pg.ClientBase): Design => {
  const run = async () => {
    await db.query({ name: "floor", text: "select 1" });
    return "";
  };
  return { name: "select 1", counts: null, runs: { week: run, "90 days": run, all: run } };
};

/** One metric: what the peers are compared with. */
export function oneMetric(db: Db, periods: Periods, now: Date): readonly Design[] {
  const read = (name: MetricName) => async (asked: Asked) => {
    const question = { workspaceId: LARGEST, metric: metrics[name], periods: [asked.now], now };
    return figuresOfFacts(metrics[name], await readFacts(db, question));
  };
  return [
    { name: "aftertalk: CSAT", counts: counted.csat, runs: eachSpan(periods, read("csat")) },
    {
      name: "aftertalk: NPS, one answer a person",
      counts: counted.nps,
      runs: eachSpan(periods, read("nps")),
    },
  ];
}

/** What else commands ask for. */
export function furtherViews(db: Db, periods: Periods, now: Date): readonly Design[] {
  const csat = { workspaceId: LARGEST, metric: metrics.csat, now };
  return [
    {
      name: "aftertalk: CSAT, this and the previous period",
      counts: null,
      runs: eachSpan(periods, async ({ both }) =>
        figuresOfFacts(metrics.csat, await readFacts(db, { ...csat, periods: both })),
      ),
    },
    {
      name: "aftertalk: CSAT by team",
      counts: counted.cut,
      runs: eachSpan(periods, async (asked) => {
        const cut = await readCutFacts(db, { ...csat, by: "team", periods: [asked.now] });
        return cut.rows
          .map(({ value, facts }) => `${value} ${figuresOfFacts(metrics.csat, facts)}`)
          .filter((row) => !row.includes("n=0"))
          .toSorted()
          .join(", ");
      }),
    },
    {
      name: "aftertalk: /cx, six metrics, this and the previous period",
      counts: counted.cx,
      runs: eachSpan(periods, async ({ both }) => {
        const question = { workspaceId: LARGEST, names: metricNames, periods: both, now };
        const all = await readAllFacts(db, question);
        return metricNames
          .map((name) => figuresOfFacts(metrics[name], all.get(name) ?? []))
          .join(" / ");
      }),
    },
  ];
}

/** The same six metrics from the answers themselves, as slowly as it takes: only to compare with. */
export function cxTruth(client: pg.ClientBase, periods: Periods): Design {
  const latest = "partition by person_id order by answered_at desc, invitation_id desc";
  return {
    name: "all answers counted one by one",
    counts: counted.cx,
    runs: eachSpan(periods, async ({ both }) => {
      const perMetric = metricNames.map((): string[] => []);
      for (const { start, end } of both) {
        const { rows } = await client.query<{ metric: MetricName; score: number; n: number }>(
          `select metric, score, count(*)::int as n from (
            select metric, score, row_number() over (${latest}) as nth from answers
            where workspace_id = $1 and metric = 'nps' and answered_at >= $2 and answered_at < $3
            union all
            select metric, score, 1 from answers where workspace_id = $1 and metric <> 'nps'
              and score is not null and answered_at >= $2 and answered_at < $3
          ) each where nth = 1 group by metric, score`,
          [LARGEST, start, end],
        );
        for (const [i, name] of metricNames.entries()) {
          const { min, max } = metrics[name].scale;
          const histogram = Array.from({ length: max - min + 1 }, (_, step) => {
            const row = rows.find(({ metric, score }) => metric === name && score === min + step);
            return row?.n ?? 0;
          });
          perMetric[i]?.push(figuresOf(metrics[name], histogram));
        }
      }
      return perMetric.map((own) => own.join(", ")).join(" / ");
    }),
  };
}

/**
 * The statements of one metric's facts as they reach the database, run through pg alone with a name:
 * what is left is the database.
 */
export async function bareStatement(
  { pool, client }: { readonly pool: pg.Pool; readonly client: pg.ClientBase },
  periods: Periods,
  now: Date,
): Promise<Design> {
  const statements = new Map<Asked, pg.QueryConfig[]>();
  const names = new Map<string, string>();
  for (const asked of Object.values(periods)) {
    const heard: pg.QueryConfig[] = [];
    const db = new Kysely<Schema>({
      dialect: new PostgresDialect({ pool }),
      log: ({ query: { sql: text, parameters } }) => {
        const name = names.get(text) ?? `bare-${names.size}`;
        names.set(text, name);
        heard.push({ name, text, values: [...parameters] });
      },
    });
    const question = { workspaceId: LARGEST, metric: metrics.csat, periods: [asked.now], now };
    await readFacts(db, question);
    statements.set(asked, heard);
  }
  return {
    name: "aftertalk: CSAT, the statement alone",
    counts: null,
    runs: eachSpan(periods, async (asked) => {
      for (const statement of statements.get(asked) ?? []) await client.query(statement);
      return "";
    }),
  };
}
