/** What was done about somebody's score. */
import { sql } from "kysely";
import { either, isThem, ofTheirCases, type TableEntry } from "./entry.ts";

const ours = "made by us";

export const caseTables = {
  case_events: {
    about: ofTheirCases("case_id"),
    personal: { "at kind text details": "what happened in their case, with the words" },
    other: { "workspace_id id case_id actor_id invitation_id": ours },
    // That something happened, and when, stays: it is counted.
    erase: [
      {
        where: ofTheirCases("case_id"),
        does: () => sql`text = null, details = '{}', invitation_id = null`,
      },
      // Their words as one of the team, too.
      { where: isThem("actor_id"), does: () => sql`text = null, details = '{}', actor_id = null` },
    ],
  },
  cases: {
    about: either(isThem("human_id"), isThem("person_id")),
    personal: {
      "number team cause state close_reason": "what it was about, and how it ended",
      "opened_at claimed_at first_replied_at last_replied_at waiting_since closed_at": "when",
      "due_at remind_at reminded_at escalated_at snoozed_until recovery_at": "by when",
    },
    other: {
      "workspace_id id person_id human_id account_id connection_id chat_id invitation_id": ours,
      "owner_id closed_by": "who of the team took care",
      "recovery_invitation_id revision stale": ours,
    },
    erase: [
      // As one of the team: nobody has it now, and its card is drawn anew.
      {
        where: (who) => sql`${isThem("owner_id")(who)} and state <> 'closed'`,
        does: () => sql`claimed_at = null, stale = true`,
      },
      { where: isThem("owner_id"), does: () => sql`owner_id = null` },
      { where: isThem("closed_by"), does: () => sql`closed_by = null` },
      {
        where: either(isThem("human_id"), isThem("person_id")),
        does: (at) => sql`
          closed_at = case when state = 'closed' then closed_at else ${at} end,
          close_reason = case when state = 'closed' then close_reason else 'forgotten' end,
          stale = false, state = 'closed', snoozed_until = null, remind_at = null,
          waiting_since = null, recovery_at = null, recovery_invitation_id = null,
          person_id = null, human_id = null, account_id = null, chat_id = null, invitation_id = null`,
      },
    ],
  },
} satisfies Record<string, TableEntry>;
