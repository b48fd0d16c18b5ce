/** Tables without a row about anybody. */
import { sql } from "kysely";
import type { TableEntry, Who } from "./entry.ts";

const ours = "made by us";

/** A table whose columns are of the workspace or of the program. */
function plain(why: string, columns: string): TableEntry {
  return { personal: {}, other: { [columns]: why }, erase: [] };
}

/** True for a view that anybody's words were searched for in, or that is of one of these people. */
function mayName({ people }: Who) {
  return sql`(content->>'search' <> '' or exists (
    select from unnest(${[...people]}::text[]) id where strpos(content::text, id) > 0))`;
}

export const plainTables = {
  workspaces: plain("the company", "id name time_zone locale settings created_at"),
  connections: plain(
    "the company's place on a platform",
    "workspace_id id platform external_id name settings created_at",
  ),
  // A company that is a customer; who of it is a person, and goes.
  accounts: plain(
    "a customer's company",
    "workspace_id id external_id name plan joined_at left_at left_rule left_noted_at created_at",
  ),
  schedules: plain("when we ask", "workspace_id id name state version next_at on_since created_at"),
  schedule_versions: plain(
    "when we ask, and who of the team said so",
    "workspace_id schedule_id version definition actor created_at",
  ),
  schedule_runs: plain(
    "what a schedule did",
    "workspace_id schedule_id fire_at started_at cursor planned outcome finished_at",
  ),
  ticks: plain("the clockwork's", "name fire_at claimed_at"),
  // What it was about is an id of ours; the error has names and codes of errors, and words of ours.
  dead_jobs: plain("the queue's", "workspace_id id queue about error tries put_in_at died_at"),
  timers: plain("the clockwork's", "workspace_id name next_at"),
  orders: plain("numbers", "workspace_id day n"),
  counting: plain("the program's", "workspace_id counted_until asked_until time_zone since"),
  metric_epochs: plain(
    "what is asked",
    "workspace_id metric epoch starts_at survey_id survey_version",
  ),
  counts: plain("numbers", "workspace_id metric span day epoch c0 c1 c2 c3 c4 c5 c6 c7 c8 c9 c10"),
  cut_counts: plain(
    "numbers",
    "workspace_id metric cut month value epoch c0 c1 c2 c3 c4 c5 c6 c7 c8 c9 c10 places ns",
  ),
  repeats: plain(
    "numbers",
    "workspace_id metric later earlier epoch c0 c1 c2 c3 c4 c5 c6 c7 c8 c9 c10 places ns",
  ),
  asked_counts: plain(
    "numbers",
    "workspace_id survey_id promise cut month value asked reached answered days days_asked " +
      "days_reached days_answered",
  ),
  stale_days: plain("the program's", "workspace_id metric day transaction"),
  alerts: plain("numbers", "workspace_id metric team period_start direction alerted_at"),
  // Words that were searched for may be somebody's name or their own: none outlives an erasure. Its
  // button says that it is too old.
  views: {
    personal: {},
    other: {
      "workspace_id id kept_at": ours,
      content: "what one of the team asked to see; people are in it by our ids",
    },
    erase: [{ where: mayName, does: "delete" }],
  },
  surveys: plain("what is asked", "workspace_id id key metric trigger state version created_at"),
  survey_versions: plain(
    "what is asked, and who of the team said so",
    "workspace_id survey_id version series definition actor created_at",
  ),
  notes: plain("what an adapter remembers of its platform", "platform name value kept_at"),
  secrets: plain("sealed", "workspace_id name key_id sealed kept_at"),
  // Nobody can be read out of a keyed hash; it has to stay so that nobody comes back by accident.
  forgotten: plain("keyed hashes", "workspace_id hash forgotten_at lifted_at"),
  erasures: plain(
    "numbers and reasons",
    "workspace_id id requested_at requested_by removed remaining finished_at",
  ),
  // Until a target is done it holds an id on the platform, because nothing can be removed without.
  erasure_targets: {
    personal: {},
    other: {
      "workspace_id erasure_id id connection_id attempts": ours,
      target: "what is to be removed on the platform; the row goes with it",
    },
    erase: [],
  },
  anonymous_counts: plain(
    "numbers",
    "workspace_id survey_id survey_version question day team promise what metric score scale_min scale_max n",
  ),
} satisfies Record<string, TableEntry>;
