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

export type CountsTable = {
  workspace_id: number;
  metric: MetricName;
  /** Empty: everybody. */
  cut: string;
  span: "d" | "m";
  day: string;
  value: string;
  epoch: number;
} & { [S in Step as `c${S}`]: number };

export interface RepeatsTable {
  workspace_id: number;
  metric: MetricName;
  span: "d" | "m";
  later: string;
  earlier: string;
  epoch: number;
  step: number;
  n: number;
}

export interface AskedCountsTable {
  workspace_id: number;
  survey_id: string;
  promise: WhoReads;
  cut: "" | "team";
  span: "d" | "m";
  day: string;
  value: string;
  asked: number;
  reached: number;
  answered: number;
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
