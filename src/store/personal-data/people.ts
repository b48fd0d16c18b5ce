/** Who somebody is. */
import { sql } from "kysely";
import { either, isThem, type TableEntry } from "./entry.ts";

const ours = "made by us";

export const peopleTables = {
  handlers: {
    about: isThem("person_id"),
    personal: { "closing messages": "how much they wrote in a chat, as one of the team" },
    other: { "workspace_id chat_id person_id": ours },
    erase: [{ where: isThem("person_id"), does: "delete" }],
  },
  chats: {
    about: isThem("customer_id"),
    personal: {
      "external_id url": "where the chat is on the platform",
      "channel tags": "what the platform calls it; it may be named after its customer",
      "team touchpoint": "what it was about",
      "state close_reason closings customer_messages customer_characters": "how it went",
      "opened_at first_customer_at first_replied_at first_team_at closed_at reopened_at reopenings last_message_at":
        "when",
    },
    other: {
      "workspace_id id connection_id customer_id first_replier_id": ours,
      source: "how it came to us",
    },
    // What remains is counted: how many chats there were, in which team, how fast they were answered.
    erase: [
      {
        where: isThem("customer_id"),
        does: () => sql`customer_id = null, external_id = 'erased:' || gen_random_uuid(), url = null,
          channel = null, tags = '{}'`,
      },
      { where: isThem("first_replier_id"), does: () => sql`first_replier_id = null` },
    ],
  },
  identities: {
    about: isThem("person_id"),
    personal: {
      external_id: "the platform's id of their account",
      created_at: "since when we know it",
    },
    other: { "workspace_id connection_id person_id": ours },
    erase: [{ where: isThem("person_id"), does: "delete" }],
  },
  merges: {
    about: (who) =>
      sql`(kept = any(${[...who.people]}::uuid[]) or absorbed = any(${[...who.people]}::uuid[])
        or people && ${[...who.people]}::uuid[])`,
    personal: { "at how undone_at": "when and why two rows were found to be one human" },
    other: {
      "workspace_id id kept absorbed people": ours,
      actor: "who of the team did it: a person's id or a word of ours",
      earlier: "what a link is taken back by; of two humans once it was",
    },
    erase: [
      {
        where: (who) =>
          sql`(kept = any(${[...who.people]}::uuid[]) or absorbed = any(${[...who.people]}::uuid[])
            or people && ${[...who.people]}::uuid[])`,
        does: "delete",
      },
    ],
  },
  people: {
    about: isThem("id"),
    personal: {
      "name email email_verified": "who they are",
      "locale time_zone": "how they are spoken to",
      "role told_role role_by account_role": "what they are to the workspace, and by what",
      "consent paused_until": "whether they want to be asked",
      "source created_at": "how and when they came to us",
      "plan tags": "what kind of customer they are",
      "joined_at left_at left_rule left_noted_at active_at": "since when they are one, and whether",
    },
    other: {
      "workspace_id id account_id human_id": ours,
      teams: "whose figures they read",
      "bot test": "set for programs and for trying out",
    },
    erase: [{ where: either(isThem("id"), isThem("human_id")), does: "delete" }],
  },
} satisfies Record<string, TableEntry>;
