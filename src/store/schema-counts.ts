/** Row types of counts, and of what is told by itself. */
import type { Generated } from "kysely";
import type { MetricName } from "../metrics/metric.ts";
import type { WhoReads } from "./schema-people.ts";
import type { Json } from "./schema-traffic.ts";

export interface CountingTable {
  workspace_id: number;
  /** The first day that is not counted, `YYYY-MM-DD`. */
  counted_until: Date | string;
  time_zone: string;
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

export type CountsTable = {
  workspace_id: number;
  metric: MetricName;
  promise: WhoReads;
  epoch: number;
  /** Empty: everybody. */
  cut: string;
  span: "d" | "m";
  day: Date | string;
  value: Generated<string>;
} & { [S in Step as `c${S}`]: Generated<number> };

export interface RepeatsTable {
  workspace_id: number;
  metric: MetricName;
  promise: WhoReads;
  epoch: number;
  span: "d" | "m";
  later: Date | string;
  earlier: Date | string;
  score: number;
  n: number;
}

export interface StaleDaysTable {
  workspace_id: number;
  metric: MetricName;
  day: Date | string;
  transaction: string;
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
