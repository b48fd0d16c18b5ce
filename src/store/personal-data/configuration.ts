/** What admins set up, as far as it tells something about them. */
import { sql } from "kysely";
import { isThem, type TableEntry, type Who } from "./entry.ts";

const ours = "made by us";

const byThem = ({ people }: Who) =>
  sql`(actor = any(${[...people]}::text[]) or decided_by = any(${[...people]}::text[]))`;

/** What they wanted and what never came about: with them it is as a draft that nobody can take up. */
const neverMade = ({ people }: Who) => sql`(actor = any(${[...people]}::text[])
  and state in ('offered', 'refused', 'withdrawn'))`;

export const configurationTables = {
  drafts: {
    about: isThem("person_id"),
    personal: {
      "kind about content state created_at updated_at": "what they were about to change",
    },
    other: { "workspace_id id person_id": ours, base: "of what it was, by number" },
    erase: [{ where: isThem("person_id"), does: "delete" }],
  },
  // Lines stay, as those of the audit log: ids of people say nothing once the people are gone.
  change_sets: {
    about: byThem,
    personal: {
      "at origin changes undo state decided_at": "what they changed or decided, and when",
    },
    other: {
      "workspace_id id draft_id undoes": ours,
      "actor decided_by": "ids and words of ours",
    },
    erase: [{ where: neverMade, does: "delete" }],
  },
  role_grants: {
    about: isThem("person_id"),
    personal: { "role granted_at": "what they may do, and since when" },
    other: {
      "workspace_id id person_id connection_id granted_by": ours,
      "group_id label": "of a group or role of the platform, which is no person",
    },
    erase: [{ where: isThem("person_id"), does: "delete" }],
  },
} satisfies Record<string, TableEntry>;
