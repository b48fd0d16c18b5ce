/** What goes out and comes in. */
import { sql } from "kysely";
import {
  either,
  isThem,
  ofTheirCases,
  ofTheirInvitations,
  type TableEntry,
  type Who,
} from "./entry.ts";

const ours = "made by us";

/** True for a message to the account or about the human; the same for {@link theirMessages}. */
const isTheirMessage = either(
  isThem("person_id"),
  ofTheirInvitations("invitation_id"),
  ofTheirCases("case_id"),
  ({ workspaceId, people }) => sql`(quoted is not null and quoted && array(
    select id from invitations
    where workspace_id = ${workspaceId} and person_id = any(${[...people]}::uuid[])))`,
  // The ids first, for their index; then the connections that they belong to.
  ({ workspaceId, people }) => sql`(address->>'userId' = any(array(
      select external_id from identities
      where workspace_id = ${workspaceId} and person_id = any(${[...people]}::uuid[])))
    and exists (select from identities i
      where i.workspace_id = ${workspaceId} and i.person_id = any(${[...people]}::uuid[])
        and i.connection_id = deliveries.connection_id
        and i.external_id = deliveries.address->>'userId'))`,
);

/** Keys of the cards of open cases of theirs. */
const openCardKeys = ({ workspaceId, people }: Who) => sql`array(select 'case:' || c.id from cases c
  where c.workspace_id = ${workspaceId} and c.state <> 'closed'
    and (c.human_id = any(${[...people]}::uuid[]) or c.person_id = any(${[...people]}::uuid[])))`;

/** The card of an open case of theirs that stands in the leads' channel: it is drawn anew. */
export const isOpenCard = (who: Who) => sql`(message_id is not null
  and key = any(${openCardKeys(who)}))`;

/**
 * True for a delivery of theirs whose message is to be removed where it stands. An edit of a card
 * has the card's message; one that is under way may come to stand over what the card says then.
 */
export const isToBeRemoved = (who: Who) => sql`${isTheirMessage(who)}
  and not coalesce(${isOpenCard(who)}, false)
  and (replaces is null or state = 'sending' or replaces <> all(${openCardKeys(who)}))
  and (message_id is not null or state = 'sending')`;

/** Places are kept as JSON lists: their direct messages, and their chats. */
const isTheirPlace = ({ workspaceId, people }: Who) => sql`exists (
  select from (
    select connection_id, external_id, array['direct', 'whisper'] as kinds, -1 as place
    from identities
    where workspace_id = ${workspaceId} and person_id = any(${[...people]}::uuid[])
    union all
    select connection_id, external_id, array['chat', 'whisper'], 1 from chats
    where workspace_id = ${workspaceId} and customer_id = any(${[...people]}::uuid[])
  ) theirs
  where theirs.connection_id = holds.connection_id and holds.place like '[%'
    and (case when holds.place like '[%' then holds.place::jsonb end)->>0 = any(theirs.kinds)
    and (case when holds.place like '[%' then holds.place::jsonb end)->>theirs.place
      = theirs.external_id)`;

export const trafficTables = {
  deliveries: {
    about: isTheirMessage,
    personal: {
      "address message": "what was said to them or about them, and where; no words once it is sent",
      "purpose key state reason": "why, and what came of it",
      "message_id created_at sent_at": "which message it is on the platform, and when",
    },
    other: {
      "workspace_id id connection_id invitation_id person_id case_id replaces beneath quoted": ours,
      attempts: "how often it was tried",
    },
    // Which messages there are on the platforms is noted before.
    erase: [
      {
        where: isOpenCard,
        does: () => sql`person_id = null, invitation_id = null, message = null`,
      },
      {
        where: (who) => sql`${isTheirMessage(who)}
        and not coalesce(${isOpenCard(who)}, false)`,
        does: "delete",
      },
    ],
  },
  holds: {
    about: isTheirPlace,
    personal: { "place kind until reason created_at": "that they cannot be reached somewhere" },
    other: { "workspace_id connection_id": ours },
    erase: [{ where: isTheirPlace, does: "delete" }],
  },
  // Which places are theirs alone only the platform knows: they go with its part of the erasure.
  bookmarks: {
    personal: {},
    other: {
      "workspace_id connection_id": ours,
      "place position": "how far a channel was read: the platform's ids of it and of a message",
      kept_at: "when",
    },
    erase: [],
  },
  inbox: {
    personal: {},
    other: {
      "workspace_id connection_id": ours,
      "event_id kind duplicates received_at":
        "that an event came in: no body, no person, for 72 hours",
    },
    erase: [],
  },
  // Lines stay: ids of people say nothing once the people are gone. Answers and names never are in it.
  audit: {
    about: ({ people }) =>
      sql`(actor = any(${[...people]}::text[]) or target = any(${[...people]}::text[]))`,
    personal: { "at action details origin": "what they changed, or what was changed about them" },
    other: { "workspace_id id": ours, "actor target": "ids and words of ours" },
    erase: [],
  },
} satisfies Record<string, TableEntry>;
