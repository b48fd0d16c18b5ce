/** What schedules know of somebody: where they are in a programme, what they did, when they left. */
import { sql } from "kysely";
import { either, isThem, ofTheirInvitations, type TableEntry } from "./entry.ts";

const ours = "made by us";

export const scheduleTables = {
  enrolments: {
    about: isThem("human_id"),
    personal: { "round step state next_at started_at": "where they are in a programme" },
    other: { "workspace_id schedule_id human_id invitation_id": ours },
    erase: [
      { where: either(isThem("human_id"), ofTheirInvitations("invitation_id")), does: "delete" },
    ],
  },
  signals: {
    about: isThem("human_id"),
    personal: {
      "points tier reasons tier_since computed_at due_at": "signals that they may leave",
    },
    other: { "workspace_id human_id stale": ours },
    erase: [{ where: isThem("human_id"), does: "delete" }],
  },
  signal_events: {
    about: isThem("human_id"),
    personal: { "at from_tier tier points reasons": "signals that they might leave, as they were" },
    other: { "workspace_id id human_id": ours },
    erase: [{ where: isThem("human_id"), does: "delete" }],
  },
  activities: {
    about: isThem("person_id"),
    personal: { "day what n": "on which days they did what, and how often" },
    other: { "workspace_id person_id": ours },
    erase: [{ where: isThem("person_id"), does: "delete" }],
  },
  dates: {
    about: (who) => sql`owner = 'person' and ${isThem("owner_id")(who)}`,
    personal: { "name on": "days that matter to them" },
    other: { "workspace_id owner owner_id": ours },
    erase: [
      { where: (who) => sql`owner = 'person' and ${isThem("owner_id")(who)}`, does: "delete" },
    ],
  },
} satisfies Record<string, TableEntry>;
