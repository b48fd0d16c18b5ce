/** Where somebody is written to who may be met at several places. */
import { type RawBuilder, sql } from "kysely";
import type { Audience } from "../scheduling/definition/schedule.ts";
import { IMPORT_PLATFORM } from "./import-rows.ts";
import { SAMPLE_PLATFORM } from "./sample-rows.ts";

/** Where it has to be, when it is not all the same: null of a connection means that it is. */
interface Given {
  readonly connection: RawBuilder<unknown>;
  readonly person: RawBuilder<unknown>;
}

/**
 * A subquery (person_id, connection_id) for `cross join lateral`: of a human where they were active
 * last, of the platforms that the audience names; no row when they are met nowhere. Where `given`
 * says where it has to be, only there.
 */
export function bestPlace(
  workspaceId: number,
  audience: Audience,
  human: RawBuilder<unknown>,
  given?: Given,
): RawBuilder<unknown> {
  return sql`(
    select i.person_id, i.connection_id
    from (
      select i.person_id, i.connection_id, i.created_at, r.active_at, count(*) over () as places
      from ${identities}
      where ${areTheirs(workspaceId, audience, human, given)}
    ) i
    -- Nearly everybody has one place: chats are looked at where there are several.
    left join lateral (
      select max(greatest(x.opened_at, x.last_message_at)) as at from chats x
      where x.workspace_id = ${workspaceId} and x.customer_id = i.person_id
        and x.connection_id = i.connection_id and i.places > 1
    ) chat on true
    order by greatest(chat.at, i.active_at) desc nulls last, chat.at desc nulls last,
      i.created_at desc, i.connection_id
    limit 1)`;
}

/** Whether {@link bestPlace} has a row. */
export function isReachable(
  workspaceId: number,
  audience: Audience,
  human: RawBuilder<unknown>,
  given?: Given,
): RawBuilder<boolean> {
  return sql<boolean>`exists (
    select 1 from ${identities} where ${areTheirs(workspaceId, audience, human, given)})`;
}

const identities = sql`people r
    join identities i on i.workspace_id = r.workspace_id and i.person_id = r.id
    join connections c on c.workspace_id = i.workspace_id and c.id = i.connection_id`;

function areTheirs(
  workspaceId: number,
  { platforms }: Audience,
  human: RawBuilder<unknown>,
  given: Given | undefined,
): RawBuilder<unknown> {
  const there =
    given === undefined
      ? sql`true`
      : sql`(${given.connection} is null
          or i.connection_id = ${given.connection} and i.person_id = ${given.person})`;
  const named = platforms === undefined ? sql`true` : sql`c.platform = any(${platforms}::text[])`;
  return sql`r.workspace_id = ${workspaceId} and coalesce(r.human_id, r.id) = ${human}
    and c.platform not in (${IMPORT_PLATFORM}, ${SAMPLE_PLATFORM}) and ${named} and ${there}`;
}
