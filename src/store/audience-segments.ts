/**
 * Each segment of an audience as a condition on a human. Existence is asked for, not computed, so
 * that the planner may go through all people at once or look one up.
 */
import { type RawBuilder, sql } from "kysely";
import type { Audience } from "../scheduling/definition/schedule.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

type Condition = RawBuilder<unknown>;
type Range = { readonly min?: number | undefined; readonly max?: number | undefined };

/** The conditions of an audience; `human` is the id of a human in the query around them. */
export function segmentsOf(
  workspaceId: number,
  audience: Audience,
  now: Date,
  human: Condition,
): Condition[] {
  const rows = rowsOf(workspaceId, human);
  const { accounts, accountRole, plans, languages, platforms, tags, teams } = audience;
  const { lastScore, neverAnswered, signals } = audience;
  return [
    ...belongsTo(rows, accounts, accountRole),
    ...(plans === undefined ? [] : [hasPlan(rows, plans)]),
    ...(languages === undefined ? [] : [rows(sql`${speaks(languages)}`)]),
    ...(platforms === undefined ? [] : [isOn(rows, platforms)]),
    ...(tags === undefined ? [] : [hasTag(rows, tags)]),
    ...(teams === undefined ? [] : [rows(sql`x.team = any(${teams}::text[])`, chats)]),
    ...(lastScore === undefined ? [] : [lastScored(workspaceId, human, lastScore)]),
    ...since(
      audience.daysSinceJoined,
      now,
      rows,
      sql`coalesce(r.joined_at, r.created_at)`,
      "first",
    ),
    ...since(audience.daysSinceLastChat, now, rows, chatAt, "last", chats),
    ...since(audience.daysSinceActive, now, rows, sql`r.active_at`, "last"),
    ...(neverAnswered === undefined ? [] : [answered(rows, !neverAnswered)]),
    ...(signals === undefined ? [] : [stands(workspaceId, human, signals)]),
  ];
}

/** Asks whether a row `r` of the human (joined with others) fits. */
type Rows = (fits: Condition, joined?: Condition) => Condition;

function rowsOf(workspaceId: number, human: Condition): Rows {
  return (fits, joined = sql``) => sql`exists (select 1 from people r ${joined}
    where r.workspace_id = ${workspaceId} and coalesce(r.human_id, r.id) = ${human} and ${fits})`;
}

const accountsOfRow = sql`join accounts a on a.workspace_id = r.workspace_id and a.id = r.account_id`;
const chats = sql`join chats x on x.workspace_id = r.workspace_id and x.customer_id = r.id`;
const chatAt = sql`greatest(x.opened_at, x.last_message_at, x.closed_at)`;

/** The role is that in one of the accounts, when accounts are named. */
function belongsTo(
  rows: Rows,
  accounts: readonly string[] | undefined,
  role: Audience["accountRole"],
): Condition[] {
  const hasRole = role === undefined ? sql`true` : sql`r.account_role = ${role}`;
  if (accounts === undefined) return role === undefined ? [] : [rows(hasRole)];
  const named = accounts.map((each) => each.toLowerCase());
  // As it is called, or by its key with or without where that comes from.
  const isNamed = sql`(lower(a.name) = any(${named}::text[])
    or lower(a.external_id) = any(${named}::text[])
    or lower(regexp_replace(a.external_id, '^[a-z]+:', '')) = any(${named}::text[]))`;
  return [rows(sql`${isNamed} and ${hasRole}`, accountsOfRow)];
}

function hasPlan(rows: Rows, plans: readonly string[]): Condition {
  const named = plans.map((each) => each.toLowerCase());
  return rows(
    sql`(lower(r.plan) = any(${named}::text[]) or lower(a.plan) = any(${named}::text[]))`,
    sql`left ${accountsOfRow}`,
  );
}

/** Chinese is told apart by its script, which most tags do not name. */
const scripts: Readonly<Record<string, readonly string[]>> = {
  "zh-hans": ["zh-cn", "zh-sg", "zh-my"],
  "zh-hant": ["zh-tw", "zh-hk", "zh-mo"],
};

function speaks(languages: readonly string[]): Condition {
  const wanted = languages.map((each) => each.toLowerCase().replaceAll("_", "-"));
  const begins = wanted.flatMap((each) => [each, ...(scripts[each] ?? [])]);
  const exactly = wanted.includes("zh-hans") ? [...begins, "zh"] : begins;
  const tag = sql`lower(replace(r.locale, '_', '-'))`;
  return sql`(${tag} = any(${exactly}::text[]) or exists (
    select 1 from unnest(${begins}::text[]) w where starts_with(${tag}, w || '-')))`;
}

function isOn(rows: Rows, platforms: readonly string[]): Condition {
  return rows(
    sql`c.platform = any(${platforms}::text[])`,
    sql`join identities i on i.workspace_id = r.workspace_id and i.person_id = r.id
      join connections c on c.workspace_id = i.workspace_id and c.id = i.connection_id`,
  );
}

function hasTag(rows: Rows, tags: readonly string[]): Condition {
  return sql`(${rows(sql`r.tags && ${tags}::text[]`)} or ${rows(sql`x.tags && ${tags}::text[]`, chats)})`;
}

/** What was promised to be seen in totals only says nothing about anybody. */
function lastScored(
  workspaceId: number,
  human: Condition,
  { metric, min, max }: NonNullable<Audience["lastScore"]>,
): Condition {
  const score = sql`(select w.score from people r
    join answers w on w.workspace_id = r.workspace_id and w.person_id = r.id
    where r.workspace_id = ${workspaceId} and coalesce(r.human_id, r.id) = ${human}
      and w.metric = ${metric} and w.score is not null and w.promise = 'named'
    order by w.answered_at desc, w.invitation_id desc limit 1)`;
  return sql`coalesce(${score} between ${min ?? 0}::int and ${max ?? 32_767}::int, false)`;
}

/**
 * Whole days since the first or the last time that rows tell: at least `min`, at most `max`. Who has
 * no such time is not meant.
 */
function since(
  range: Range | undefined,
  now: Date,
  rows: Rows,
  at: Condition,
  which: "first" | "last",
  joined?: Condition,
): Condition[] {
  if (range === undefined) return [];
  const { min, max } = range;
  const before = (days: number) => new Date(now.getTime() - days * DAY_MS);
  const oldest = max === undefined ? undefined : before(max + 1);
  const newest = before(min ?? 0);
  const after = (time: Date) => rows(sql`${at} > ${time}::timestamptz`, joined);
  const until = (time: Date) => rows(sql`${at} <= ${time}::timestamptz`, joined);
  if (which === "last") {
    return [
      oldest === undefined ? until(newest) : after(oldest),
      ...(min === undefined ? [] : [sql`not ${after(newest)}`]),
    ];
  }
  return [
    ...(min === undefined ? [] : [until(newest)]),
    ...(oldest === undefined ? [] : [sql`not ${until(oldest)}`]),
  ];
}

function answered(rows: Rows, ever: boolean): Condition {
  const once = rows(
    sql`true`,
    sql`join answers w on w.workspace_id = r.workspace_id and w.person_id = r.id`,
  );
  return ever ? once : sql`not ${once}`;
}

/** Of whom no signals are kept, none are known: they are low. */
function stands(workspaceId: number, human: Condition, tier: "low" | "watch" | "high"): Condition {
  const kept = (fits: Condition) => sql`exists (select 1 from signals g
    where g.workspace_id = ${workspaceId} and g.human_id = ${human} and ${fits})`;
  return tier === "low" ? sql`not ${kept(sql`g.tier <> 'low'`)}` : kept(sql`g.tier = ${tier}`);
}
