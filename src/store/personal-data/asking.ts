/** What somebody was asked, and what they said. */
import { either, isThem, ofTheirInvitations, type TableEntry } from "./entry.ts";

const ours = "made by us";

export const askingTables = {
  quotes: {
    about: either(isThem("person_id"), ofTheirInvitations("invitation_id")),
    personal: {
      text: "their words",
      "state named wording language": "what they let us do with them, as they were asked",
      "asked_at decided_at withdrawn_at": "when",
    },
    other: { "workspace_id id person_id invitation_id": ours },
    erase: [
      { where: either(isThem("person_id"), ofTheirInvitations("invitation_id")), does: "delete" },
    ],
  },
  // Scores are folded into anonymous_counts first.
  answers: {
    about: either(isThem("person_id"), ofTheirInvitations("invitation_id")),
    personal: {
      "question metric score scale_min scale_max choice text": "what they answered",
      "platform channel team touchpoint tags language": "where, and about what",
      promise: "what they were told about who reads it",
      "asked_at answered_at changed_at revision": "when, and how often it was changed",
    },
    other: {
      "workspace_id invitation_id survey_id survey_version person_id chat_id closing": ours,
    },
    erase: [
      { where: either(isThem("person_id"), ofTheirInvitations("invitation_id")), does: "delete" },
    ],
  },
  answer_history: {
    about: ofTheirInvitations("invitation_id"),
    personal: {
      "question score choice text": "what they had answered before",
      "answered_at replaced_at revision": "when",
    },
    other: { "workspace_id invitation_id": ours },
    erase: [{ where: ofTheirInvitations("invitation_id"), does: "delete" }],
  },
  decisions: {
    about: ofTheirInvitations("invitation_id"),
    personal: { "verdict gate reason until decided_at": "why they were asked, or not" },
    other: { "workspace_id id invitation_id": ours },
    erase: [{ where: ofTheirInvitations("invitation_id"), does: "delete" }],
  },
  invitations: {
    about: isThem("person_id"),
    personal: {
      "reason_key kind state state_reason closing": "why they were asked, and what came of it",
      "conversation address language promise": "what was said, where, and how",
      "due_at asked_at reached_at answered_at finished_at expires_at created_at": "when",
      "slot_at queued_at remind_at reminded_at": "when, and whether we reminded them",
    },
    other: {
      "workspace_id id survey_id survey_version person_id connection_id chat_id case_id": ours,
      "schedule_id schedule_version": ours,
    },
    erase: [{ where: isThem("person_id"), does: "delete" }],
  },
} satisfies Record<string, TableEntry>;
