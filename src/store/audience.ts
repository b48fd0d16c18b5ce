/**
 * Whom a schedule means. Everything is known of the human, whichever of their rows of people says
 * it: a row is only where they were met.
 */
import { type RawBuilder, sql } from "kysely";
import type { Audience } from "../scheduling/definition/schedule.ts";
import { segmentsOf } from "./audience-segments.ts";
import { bestPlace, isReachable } from "./best-place.ts";
import type { Db } from "./schema.ts";

/**
 * Whether the human behind a row of people is of an audience. `people`: the alias of that row in the
 * query around it. Only values of the workspace are looked at, and everything goes as a parameter.
 */
export function inAudience(
  workspaceId: number,
  audience: Audience,
  now: Date,
  people: string,
): RawBuilder<boolean> {
  const human = sql`coalesce(${sql.ref(`${people}.human_id`)}, ${sql.ref(`${people}.id`)})`;
  const segments = segmentsOf(workspaceId, audience, now, human);
  return segments.length === 0
    ? sql<boolean>`true`
    : sql<boolean>`(${sql.join(segments, sql` and `)})`;
}

/** Somebody of an audience, and where they are written to. */
export interface Addressee {
  /** The row of them that was met there. */
  readonly personId: string;
  readonly humanId: string;
  /** Where they were active last, of the platforms that the audience names. */
  readonly connectionId: string;
}

export interface AudiencePage {
  readonly now: Date;
  /** Only humans after this one: the `humanId` of the last of the page before. */
  readonly after?: string | undefined;
  readonly limit: number;
}

/**
 * The customers of an audience who can be written to, one each, in the order of their ids. No bots,
 * nobody of our own staff (on any connection), no sample data.
 */
export async function listAudience(
  db: Db,
  workspaceId: number,
  audience: Audience,
  { now, after, limit }: AudiencePage,
): Promise<Addressee[]> {
  const { rows } = await sql<Addressee>`
    with page as materialized (
      select h.id from people h
      where ${customers(workspaceId)} and ${isReachable(workspaceId, audience, sql`h.id`)}
        and ${inAudience(workspaceId, audience, now, "h")}
        and ${after === undefined ? sql`true` : sql`h.id > ${after}::uuid`}
      order by h.id limit ${limit}::int
    )
    select page.id as "humanId", place.person_id as "personId", place.connection_id as "connectionId"
    from page cross join lateral ${bestPlace(workspaceId, audience, sql`page.id`)} place
    order by page.id`.execute(db);
  return rows;
}

/** How many customers an audience has. */
export interface AudienceCount {
  /** Those that {@link listAudience} lists. */
  readonly reachable: number;
  /** Those whom nobody can write to: no platform knows them. */
  readonly unreachable: number;
}

export async function countAudience(
  db: Db,
  workspaceId: number,
  audience: Audience,
  now: Date,
): Promise<AudienceCount> {
  const { rows } = await sql<AudienceCount>`
    select count(*) filter (where ${isReachable(workspaceId, audience, sql`h.id`)})::int as reachable,
      count(*) filter (where not ${isReachable(workspaceId, {}, sql`h.id`)})::int as unreachable
    from people h
    where ${customers(workspaceId)} and ${inAudience(workspaceId, audience, now, "h")}`.execute(db);
  return rows[0] ?? { reachable: 0, unreachable: 0 };
}

/** Whether any platform knows somebody, so that they can be written to; `personId`: any row of them. */
export async function canBeReached(
  db: Db,
  workspaceId: number,
  personId: string,
): Promise<boolean> {
  const { rows } = await sql<{ there: boolean }>`
    select ${isReachable(workspaceId, {}, sql`coalesce(p.human_id, p.id)`)} as there
    from people p where p.workspace_id = ${workspaceId} and p.id = ${personId}::uuid`.execute(db);
  return rows[0]?.there ?? false;
}

/** Humans, each by the row that stands for them, of whom no row is a bot or one of ours. */
function customers(workspaceId: number): RawBuilder<boolean> {
  return sql<boolean>`h.workspace_id = ${workspaceId} and h.human_id is null
    and h.source <> 'sample' and h.role = 'customer' and not h.bot and not exists (
      select 1 from people o where o.workspace_id = ${workspaceId}
        and coalesce(o.human_id, o.id) = h.id and (o.role <> 'customer' or o.bot))`;
}
