/** Row types of counts, and of what is told by itself. */
import type { Generated } from "kysely";
import type { MetricName } from "../metrics/metric.ts";
import type { WhoReads } from "./schema-people.ts";
import type { Json } from "./schema-traffic.ts";

export interface CountingTable {
  workspace_id: number;
  /** The first day whose answers are not counted, `YYYY-MM-DD`. */
  counted_until: string;
  /** The first day of which is not counted whom was asked. */
  asked_until: string;
  time_zone: string;
  since: Generated<Date>;
}

export interface MetricEpochsTable {
  workspace_id: number;
  metric: MetricName;
  epoch: number;
  starts_at: Date;
  survey_id: string;
  survey_version: number;
}

type Step = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10;

/** Null: none. */
type Steps = { [S in Step as `c${S}`]?: number | null };

export type CountsTable = Steps & {
  workspace_id: number;
  metric: MetricName;
  span: "d" | "m";
  day: string;
  epoch: number;
};

export type CutCountsTable = Steps & {
  workspace_id: number;
  metric: MetricName;
  cut: string;
  month: string;
  value: string;
  epoch: number;
  places: number[];
  ns: number[];
};

export type RepeatsTable = Steps & {
  workspace_id: number;
  metric: MetricName;
  later: string;
  earlier: string;
  epoch: number;
  places: number[];
  ns: number[];
};

export interface AskedCountsTable {
  workspace_id: number;
  survey_id: string;
  promise: WhoReads;
  cut: "" | "team";
  month: string;
  value: string;
  asked: number;
  reached: number;
  answered: number;
  days: number[];
  days_asked: number[];
  days_reached: number[];
  days_answered: number[];
}

export interface StaleDaysTable {
  workspace_id: number;
  metric: MetricName | "asked";
  day: string;
  transaction: number | bigint;
}

export interface ViewsTable {
  workspace_id: number;
  id: string;
  content: Json;
  kept_at: Date;
}

export interface AlertsTable {
  workspace_id: number;
  metric: MetricName;
  /** Empty: everybody. */
  team: Generated<string>;
  period_start: Date;
  direction: "up" | "down";
  alerted_at: Date;
}
