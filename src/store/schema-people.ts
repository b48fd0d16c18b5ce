/** Row types of who is who, what was promised, sealed and forgotten. */
import type { Generated } from "kysely";
import type { MetricName } from "../metrics/metric.ts";
import type { Json, JsonWithDefault } from "./schema-traffic.ts";

/** What a person was told about who reads the answer: by name, or only totals of 5 and more. */
export type WhoReads = "named" | "totals";

export interface MergesTable {
  workspace_id: number;
  id: string;
  at: Date;
  actor: string;
  how: "platform" | "email" | "link" | "import";
  kept: string;
  absorbed: string;
  people: string[];
  earlier: JsonWithDefault;
  undone_at: Date | null;
}

export interface SecretsTable {
  workspace_id: number;
  name: string;
  key_id: string;
  sealed: string;
  kept_at: Date;
}

export interface ForgottenTable {
  workspace_id: number;
  hash: string;
  forgotten_at: Date;
  lifted_at: Date | null;
}

export interface ErasuresTable {
  workspace_id: number;
  id: string;
  requested_at: Date;
  requested_by: "person" | "operator" | "restore";
  removed: Generated<number>;
  remaining: JsonWithDefault;
  finished_at: Date | null;
}

export interface ErasureTargetsTable {
  workspace_id: number;
  erasure_id: string;
  id: string;
  connection_id: string;
  target: Json;
  attempts: Generated<number>;
}

export interface AnonymousCountsTable {
  workspace_id: number;
  survey_id: string;
  survey_version: number;
  question: Generated<string>;
  /** The workspace's day, YYYY-MM-DD. */
  day: string;
  team: Generated<string>;
  promise: Generated<WhoReads>;
  what: "score" | "asked" | "reached" | "answered";
  metric: MetricName | null;
  score: Generated<number>;
  scale_min: number | null;
  scale_max: number | null;
  n: number;
}
