/** What a sign of life may set off, looked for in one statement: nearly always it is nothing. */
import { sql } from "kysely";
import type { Address } from "../platform.ts";
import { isClosedPlace } from "./holds.ts";
import { NEXT_CONTACT } from "./invitations.ts";
import type { Db } from "./schema.ts";

/** What there is to look at more closely, each under its lock. */
export interface Awaiting {
  /** It was found that nobody is reached at the place. */
  readonly closed: boolean;
  /** Replies of the team to a case. */
  readonly replies: boolean;
  /** A question that waits for the next contact. */
  readonly question: boolean;
  /** A question that may have been said to nobody. */
  readonly whisper: boolean;
}

/** What waits for this person on this connection. What comes later waits for the next sign of life. */
export async function awaiting(
  db: Db,
  workspaceId: number,
  connectionId: string,
  personId: string,
  place: Address,
): Promise<Awaiting> {
  const own = sql`workspace_id = ${workspaceId}::int`;
  const theirs = sql`i.workspace_id = ${workspaceId}::int and i.person_id = ${personId}::uuid
    and i.connection_id = ${connectionId}::uuid`;
  const { rows } = await sql<Awaiting>`
    select
      exists (select from holds where ${own} and connection_id = ${connectionId}::uuid
        and ${isClosedPlace(place)}) as closed,
      exists (select from cases c
        join case_events e on e.workspace_id = c.workspace_id and e.case_id = c.id
        where c.workspace_id = ${workspaceId}::int and e.details @> '{"waits": true}'
          and c.human_id = (select coalesce(human_id, id) from people
            where ${own} and id = ${personId}::uuid)) as replies,
      exists (select from invitations i where ${theirs} and i.state = 'planned'
        and i.state_reason = ${NEXT_CONTACT}::text) as question,
      exists (select from invitations i where ${theirs} and i.state = 'asked'
        and i.address->>'kind' = 'whisper' and i.reached_at is null) as whisper`.execute(db);
  const [found] = rows;
  return found ?? { closed: false, replies: false, question: false, whisper: false };
}
