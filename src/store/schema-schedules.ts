/** Row types of schedules, what they started, and the facts they go by. */
import type { Generated } from "kysely";
import type { Json } from "./schema-traffic.ts";

export interface SchedulesTable {
  workspace_id: number;
  id: string;
  name: string;
  state: Generated<"on" | "paused" | "archived">;
  version: number;
  /** When a cron schedule fires next; null for the others. */
  next_at: Date | null;
  on_since: Date | null;
  created_at: Generated<Date>;
}

export interface ScheduleVersionsTable {
  workspace_id: number;
  schedule_id: string;
  version: number;
  definition: Json;
  actor: string;
  created_at: Generated<Date>;
}

export interface ScheduleRunsTable {
  workspace_id: number;
  schedule_id: string;
  fire_at: Date;
  started_at: Date;
  cursor: string | null;
  planned: Generated<number>;
  outcome: "done" | "late" | "skipped" | null;
  finished_at: Date | null;
}

export interface EnrolmentsTable {
  workspace_id: number;
  schedule_id: string;
  human_id: string;
  round: Generated<number>;
  step: Generated<number>;
  next_at: Date | null;
  invitation_id: string | null;
  state: Generated<"active" | "done" | "left">;
  started_at: Date;
}

export interface TicksTable {
  name: string;
  fire_at: Date;
  claimed_at: Generated<Date>;
}

export interface DeadJobsTable {
  workspace_id: number;
  id: string;
  queue: string;
  about: string;
  error: string | null;
  tries: number;
  put_in_at: Date;
  died_at: Date;
}

export interface TimersTable {
  workspace_id: number;
  name: string;
  next_at: Date;
}

export interface DatesTable {
  workspace_id: number;
  owner: "person" | "account";
  owner_id: string;
  name: string;
  /** A day without a time, as `YYYY-MM-DD` when it is read as text. */
  on: Date | string;
}

export interface ActivitiesTable {
  workspace_id: number;
  person_id: string;
  day: Date | string;
  what: string;
  n: number;
}

export interface OrdersTable {
  workspace_id: number;
  day: Date | string;
  n: number;
}

export type SignalTier = "low" | "watch" | "high";

export interface SignalsTable {
  workspace_id: number;
  human_id: string;
  points: number;
  tier: SignalTier;
  reasons: Json;
  tier_since: Date;
  computed_at: Date;
  due_at: Date | null;
  /** Something that they are made of has changed since. */
  stale: Generated<boolean>;
}

export interface SignalEventsTable {
  workspace_id: number;
  id: string;
  human_id: string;
  at: Date;
  from_tier: SignalTier | null;
  tier: SignalTier;
  points: number;
  reasons: Json;
}
