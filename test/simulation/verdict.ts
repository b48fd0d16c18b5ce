/**
 * Whether what came of a simulated stretch of time keeps every promise. It shares no code with what
 * it judges: it reads the tables and what the platforms were sent.
 */
import { Temporal } from "temporal-polyfill";
import type { Db } from "../../src/store/schema.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const HALF_AN_HOUR_MS = 30 * 60_000;
/** Kinds that the cap of seven days counts. */
const capped = new Set(["chat", "manual", "churn", "onboarding", "relationship", "exit", "other"]);
const open = new Set(["planned", "asked"]);

/** Everything about an invitation that the promises are about. */
export interface Told {
  readonly id: string;
  readonly human: string;
  readonly kind: string;
  readonly state: string;
  readonly stateReason: string | null;
  readonly reasonKey: string;
  readonly chatId: string | null;
  readonly timeZone: string | null;
  readonly leftAt: Date | null;
  /** What is about a chat is planned when the chat is closed. */
  readonly plannedAt: Date;
  readonly askedAt: Date | null;
  readonly answeredAt: Date | null;
  readonly remindedAt: Date | null;
  readonly dueAt: Date | null;
  readonly expiresAt: Date | null;
  readonly slotAt: Date | null;
  readonly schedule: string | null;
}

/** What the gates said about it, oldest first. */
interface Said {
  readonly invitationId: string;
  readonly verdict: string;
  readonly gate: string | null;
  readonly reason: string;
  readonly at: Date;
}

/** Everything that was decided and done. */
export interface Story {
  readonly told: readonly Told[];
  readonly said: readonly Said[];
}

/** Reads all of it. */
export async function readStory(db: Db, workspaceId: number): Promise<Story> {
  const told = await db
    .selectFrom("invitations as i")
    .innerJoin("people as p", (join) =>
      join.onRef("p.workspace_id", "=", "i.workspace_id").onRef("p.id", "=", "i.person_id"),
    )
    .leftJoin("schedules as s", (join) =>
      join.onRef("s.workspace_id", "=", "i.workspace_id").onRef("s.id", "=", "i.schedule_id"),
    )
    .select((eb) => [
      "i.id",
      eb.fn.coalesce("p.human_id", "p.id").as("human"),
      "i.kind",
      "i.state",
      "i.state_reason as stateReason",
      "i.reason_key as reasonKey",
      "i.chat_id as chatId",
      "p.time_zone as timeZone",
      "p.left_at as leftAt",
      "i.created_at as plannedAt",
      "i.asked_at as askedAt",
      "i.answered_at as answeredAt",
      "i.reminded_at as remindedAt",
      "i.due_at as dueAt",
      "i.expires_at as expiresAt",
      "i.slot_at as slotAt",
      "s.name as schedule",
    ])
    .where("i.workspace_id", "=", workspaceId)
    .execute();
  const said = await db
    .selectFrom("decisions")
    .select(["invitation_id as invitationId", "verdict", "gate", "reason", "decided_at as at"])
    .where("workspace_id", "=", workspaceId)
    .orderBy("decided_at")
    .orderBy("id")
    .execute();
  return { told, said };
}

export interface Circumstances {
  readonly holidays: readonly string[];
  /** Daily caps by name of the schedule, and the workspace's zone, which says what a day is. */
  readonly perDay: Readonly<Record<string, number>>;
  readonly timeZone: string;
  /** When it was over, and how long a tick is: what was due before has been looked at. */
  readonly end: Date;
  readonly tickMs: number;
}

/** Every broken promise, in words; nothing: all are kept. */
export function brokenPromises({ told, said }: Story, circumstances: Circumstances): string[] {
  const { holidays, end, tickMs } = circumstances;
  const decisions = groupBy(said, ({ invitationId }) => invitationId);
  return [
    ...told.flatMap((each) => endsOnce(each, decisions.get(each.id) ?? [])),
    ...told.flatMap((each) => isForgotten(each, end.getTime() - 2 * tickMs)),
    ...onceForEachReason(told),
    ...told.flatMap((each) => remindsOnce(each, decisions.get(each.id) ?? [])),
    ...told.flatMap((each) => onlyExitOnceGone(each, decisions.get(each.id) ?? [])),
    ...asManyADay(told, decisions, circumstances),
    ...[...groupBy(told, ({ human }) => human).values()].flatMap((of) =>
      keepsDistance(of, decisions),
    ),
    ...told.flatMap((each) => atGoodHours(each, decisions.get(each.id) ?? [], holidays)),
  ];
}

/** What is still open waits for something that is still to come. */
function isForgotten(
  { id, kind, state, stateReason, dueAt, expiresAt }: Told,
  by: number,
): string[] {
  const next =
    state === "asked" || stateReason === "next-contact"
      ? expiresAt
      : state === "planned"
        ? dueAt
        : undefined;
  if (next === undefined || (next !== null && next.getTime() >= by)) return [];
  return [`${id} (${kind}) is forgotten as ${state} (${stateReason}) since ${next?.toISOString()}`];
}

/** A state with its reason, and the last decision says the same. */
function endsOnce(told: Told, said: readonly Said[]): string[] {
  const wrong: string[] = [];
  const last = said.findLast(({ gate }) => gate !== "reminder");
  if (!open.has(told.state) && told.state !== "answered" && !told.stateReason)
    wrong.push(`${told.id} ends as ${told.state} without a reason`);
  // Who said "later" was asked before it asked about nothing any more, or the chat went on.
  const late = last?.reason === "too-late" || last?.reason === "reopened";
  if (told.askedAt !== null && last?.verdict !== "ask" && !late)
    wrong.push(`${told.id} was asked, and the log ends with ${last?.verdict}`);
  if (
    told.state === "suppressed" &&
    last?.verdict !== "suppress" &&
    told.stateReason !== "never-again"
  )
    wrong.push(
      `${told.id} is suppressed (${told.stateReason}), and the log ends with ${last?.verdict}`,
    );
  return wrong;
}

function onceForEachReason(told: readonly Told[]): string[] {
  return [
    ...groupBy(told, ({ human, reasonKey, kind }) => `${human} ${kind} ${reasonKey}`).entries(),
  ]
    .filter(([, same]) => same.length > 1)
    .map(([key]) => `asked twice for the same: ${key}`);
}

/** Seven days between capped questions, ninety between two of the relationship. */
function keepsDistance(
  of: readonly Told[],
  decisions: ReadonlyMap<string, readonly Said[]>,
): string[] {
  const asks = of
    .flatMap(({ id, kind }) =>
      (decisions.get(id) ?? [])
        .filter(({ verdict, gate }) => verdict === "ask" && gate !== "reminder")
        .slice(0, 1)
        .map(({ at }) => ({ id, kind, at: at.getTime() })),
    )
    .sort((a, b) => a.at - b.at);
  return asks.flatMap((ask, index) => {
    const earlier = asks.slice(0, index);
    const close = (days: number, counts: (kind: string) => boolean) =>
      counts(ask.kind)
        ? earlier
            .filter(
              ({ id, kind, at }) => id !== ask.id && counts(kind) && ask.at - at < days * DAY_MS,
            )
            .map(({ id }) => `${ask.id} (${ask.kind}) less than ${days} days after ${id}`)
        : [];
    return [
      ...close(7, (kind) => capped.has(kind)),
      ...close(90, (kind) => kind === "relationship"),
      ...close(90, (kind) => kind === "churn"),
    ];
  });
}

/**
 * 09:00 to 17:00 on a working day where the person is; after a late chat within half an hour. Who
 * said "later" has chosen the hour of the next time.
 */
function atGoodHours(told: Told, said: readonly Said[], holidays: readonly string[]): string[] {
  if (told.kind === "manual") return [];
  const asks = said.filter(({ verdict }) => verdict === "ask");
  return [...asks.filter(isFirst).slice(0, 1), ...asks.filter((each) => !isFirst(each))]
    .filter(({ at }) => !isGood(at, told.timeZone ?? "UTC", holidays))
    .filter(({ at }) => !isLateChat(told, at, { holidays, withinMs: HALF_AN_HOUR_MS }))
    .map(
      ({ at }) => `${told.id} (${told.kind}) was asked at ${at.toISOString()} in ${told.timeZone}`,
    );
}

function isFirst({ gate }: Said): boolean {
  return gate !== "reminder";
}

/** One reminder, two days after the question at the earliest. */
function remindsOnce(told: Told, said: readonly Said[]): string[] {
  const reminders = said.filter((each) => each.verdict === "ask" && !isFirst(each));
  const asked = said.find((each) => each.verdict === "ask" && isFirst(each));
  const early = reminders.some(({ at }) => at.getTime() - (asked?.at.getTime() ?? 0) < 2 * DAY_MS);
  return [
    ...(reminders.length > 1 ? [`${told.id} was reminded ${reminders.length} times`] : []),
    ...(early ? [`${told.id} was reminded early`] : []),
  ];
}

/** A schedule's daily cap, by the days of the workspace. */
function asManyADay(
  told: readonly Told[],
  decisions: ReadonlyMap<string, readonly Said[]>,
  { perDay, timeZone }: Circumstances,
): string[] {
  const days = groupBy(
    told.flatMap(({ id, schedule }) => {
      const first = decisions.get(id)?.find((each) => each.verdict === "ask" && isFirst(each));
      if (first === undefined || schedule === null || !(schedule in perDay)) return [];
      const at = Temporal.Instant.fromEpochMilliseconds(first.at.getTime());
      return [{ schedule, day: `${schedule} ${at.toZonedDateTimeISO(timeZone).toPlainDate()}` }];
    }),
    ({ day }) => day,
  );
  return [...days.entries()]
    .filter(([, of]) => of.length > (perDay[of[0]?.schedule ?? ""] ?? 0))
    .map(([day, of]) => `${of.length} on ${day}`);
}

/** Whoever left is asked why, and nothing else. */
function onlyExitOnceGone({ id, kind, leftAt }: Told, said: readonly Said[]): string[] {
  if (leftAt === null || kind === "exit") return [];
  const late = said.filter(({ verdict, at }) => verdict === "ask" && at > leftAt);
  return late.map(
    ({ at }) => `${id} (${kind}) was asked at ${at.toISOString()}, after they had left`,
  );
}

/**
 * Its chat was closed at a bad hour, and a moment ago. By when it was planned: when it is due becomes
 * another time as soon as somebody says "later".
 */
export function isLateChat(
  { kind, plannedAt, timeZone }: Pick<Told, "kind" | "plannedAt" | "timeZone">,
  at: Date,
  { holidays, withinMs }: { holidays: readonly string[]; withinMs: number },
): boolean {
  return (
    kind === "chat" &&
    !isGood(plannedAt, timeZone ?? "UTC", holidays) &&
    at.getTime() - plannedAt.getTime() < withinMs
  );
}

/** True in the hours in which people may be asked. */
export function isGood(at: Date, timeZone: string, holidays: readonly string[]): boolean {
  const there = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone);
  const day = there.toPlainDate().toString();
  const free = holidays.some((holiday) => day.endsWith(holiday));
  return there.dayOfWeek <= 5 && there.hour >= 9 && there.hour < 17 && !free;
}

function groupBy<T>(things: readonly T[], key: (thing: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const thing of things) {
    const name = key(thing);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [thing]);
    else group.push(thing);
  }
  return groups;
}
