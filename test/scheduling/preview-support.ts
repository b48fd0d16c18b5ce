/** A drawn workspace, and its clock really run: what a preview has to foretell. */
import fc from "fast-check";
import { sql } from "kysely";
import { runAskJob } from "../../src/scheduling/ask/ask.ts";
import { decideDue } from "../../src/scheduling/ask/decide-due.ts";
import { expire } from "../../src/scheduling/clockwork/ticker.ts";
import type { ScheduleInput } from "../../src/scheduling/definition/schedule.ts";
import { claimRuns } from "../../src/scheduling/plan/cron-runs.ts";
import { planDue } from "../../src/scheduling/plan/plan-due.ts";
import { planRuns } from "../../src/scheduling/plan/plan-run.ts";
import { newId } from "../../src/store/ids.ts";
import { schedulesOn } from "../../src/store/schedules.ts";
import { triggerHits } from "../../src/store/trigger-hits.ts";
import { HOUR_MS, MINUTE_MS, type Planning } from "./planning-support.ts";

const human = fc.record({
  zone: fc.constantFrom(null, "Europe/Paris", "America/Los_Angeles", "Asia/Tokyo"),
  joinedHoursAgo: fc.integer({ min: 1, max: 80 * 24 }),
  wish: fc.constantFrom("open", "open", "open", "paused", "never"),
  isTest: fc.integer({ max: 9, min: 0 }).map((n) => n === 0),
  twice: fc.boolean(),
  plan: fc.constantFrom("free", "pro"),
  /** When a chat of theirs was closed, and how. */
  chat: fc.option(
    fc.record({
      hoursAgo: fc.integer({ min: 1, max: 71 }),
      messages: fc.integer({ min: 0, max: 4 }),
      reason: fc.constantFrom("solved", "inactivity"),
    }),
  ),
  /** What they were asked before. */
  asked: fc.option(
    fc.record({
      hoursAgo: fc.integer({ min: 1, max: 200 }),
      kind: fc.constantFrom("chat", "relationship", "still-solved"),
      declined: fc.boolean(),
    }),
  ),
  /** In so many days they or their account are customers no more. */
  leaves: fc.option(fc.record({ days: fc.integer({ min: 1, max: 25 }), whole: fc.boolean() })),
  /** In so many days. */
  renewal: fc.option(fc.integer({ min: 1, max: 35 })),
});

const written = {
  solved: { kind: "still-solved", trigger: { on: "chat-closed", delay: "3d" } },
  relationship: {
    kind: "relationship",
    steps: [{ survey: "relationship-nps", after: "5d" }],
    repeatAfter: "14d",
    trigger: { on: "person-joined" },
    limits: { every: "12d" },
  },
  onboarding: {
    kind: "onboarding",
    steps: [
      { survey: "onboarding-ces", after: "7d" },
      { survey: "relationship-nps", after: "10d" },
    ],
    trigger: { on: "person-joined" },
    limits: { expireAfter: "3d" },
  },
  weekly: {
    kind: "other",
    trigger: { on: "cron", cron: "30 7 * * 1,4", timeZone: "Europe/Paris" },
    audience: { daysSinceJoined: { min: 10 } },
    limits: { sample: 0.7, perDay: 2, every: "9d", waitAtMost: "6d" },
  },
  renewal: {
    kind: "churn",
    trigger: { on: "date", date: "renewal", of: "person", before: "2d" },
    audience: { plans: ["pro"] },
    limits: { perDay: 1, every: "20d" },
  },
} satisfies Record<string, Omit<ScheduleInput, "name">>;

const scheduleNames = Object.keys(written) as (keyof typeof written)[];

export const workspace = fc.record({
  humans: fc.array(human, { minLength: 3, maxLength: 5 }),
  on: fc.subarray(scheduleNames, { minLength: 2, maxLength: 3 }),
});

type Workspace = typeof workspace extends fc.Arbitrary<infer T> ? T : never;

/** Fills an empty workspace: everybody is there, then its schedules are switched on. */
export async function fill(p: Planning, { humans, on }: Workspace): Promise<void> {
  for (const drawn of humans) await settle(p, drawn);
  for (const name of on) await p.on({ name, ...written[name] });
}

async function settle(p: Planning, drawn: Workspace["humans"][number]): Promise<void> {
  const { chat, asked, renewal, wish, leaves } = drawn;
  const ago = (hours: number) => new Date(p.clock.now().getTime() - hours * HOUR_MS);
  const row = {
    ...{ created_at: ago(drawn.joinedHoursAgo), time_zone: drawn.zone, plan: drawn.plan },
    ...{ test: drawn.isTest, consent: wish, paused_until: wish === "paused" ? p.days(4) : null },
    ...(leaves === null ? {} : await leaving(p, leaves)),
  } as const;
  const id = await p.person(row);
  const other = drawn.twice ? await p.person({ ...row, human_id: id }) : id;
  if (chat !== null) {
    await p.chat({
      ...{ customer_id: other, state: "closed", closings: 1, close_reason: chat.reason },
      ...{ opened_at: ago(chat.hoursAgo + 1), closed_at: ago(chat.hoursAgo) },
      ...{ first_replied_at: ago(chat.hoursAgo), customer_messages: chat.messages },
    });
  }
  if (asked !== null) {
    const at = ago(asked.hoursAgo);
    const given = {
      kind: asked.kind,
      asked_at: at,
      created_at: at,
      expires_at: p.days(1),
      ...(asked.declined ? ({ state: "declined", finished_at: at } as const) : {}),
    } as const;
    await p.answer(id, { score: 9, invitation: given });
  }
  if (renewal === null) return;
  await p.database.db
    .insertInto("dates")
    .values({
      ...{ workspace_id: p.workspaceId, owner: "person", owner_id: id, name: "renewal" },
      on: p.days(renewal).toISOString().slice(0, 10),
    })
    .execute();
}

/** The columns of somebody who leaves, by themselves or with their account. */
async function leaving(
  { database: { db }, workspaceId, days }: Planning,
  { days: inDays, whole }: { readonly days: number; readonly whole: boolean },
) {
  const left_at = days(inDays);
  if (!whole) return { left_at };
  const id = newId();
  await db
    .insertInto("accounts")
    .values({ workspace_id: workspaceId, id, external_id: id, name: "Acme", left_at })
    .execute();
  return { account_id: id };
}

/** Runs the clock: every minute in which something may be due, as the ticker does. */
export async function runClock(p: Planning, to: Date): Promise<void> {
  const { engine, clock } = p;
  for (;;) {
    await claimRuns(engine);
    await planRuns(engine);
    await planDue(engine);
    await decideDue(engine);
    await askQueued(p);
    await expire(engine);
    const next = await nextMinute(p, to);
    if (next === undefined || next > to) return;
    clock.advance(next.getTime() - clock.now().getTime());
  }
}

async function askQueued({ engine, workspaceId, clock }: Planning): Promise<void> {
  const due = await engine.db
    .selectFrom("invitations")
    .select("id")
    .where("workspace_id", "=", workspaceId)
    .where("state", "=", "planned")
    .where("due_at", "<=", clock.now())
    .orderBy("due_at")
    .execute();
  for (const { id } of due) await runAskJob(engine, { workspaceId, invitationId: id });
}

async function nextMinute(p: Planning, to: Date): Promise<Date | undefined> {
  const { db } = p.engine;
  const now = p.clock.now();
  const { rows } = await sql<{ at: Date | null }>`
    select min(at) as at from (
      select due_at as at from invitations
      where workspace_id = ${p.workspaceId} and state = 'planned'
      union all select expires_at from invitations
      where workspace_id = ${p.workspaceId} and state = 'asked'
      union all select next_at from enrolments
      where workspace_id = ${p.workspaceId} and state = 'active'
      -- A programme goes on in the minute after a step of it is over.
      union all select ${new Date(now.getTime() + MINUTE_MS)}::timestamptz from enrolments e
      join invitations i on i.workspace_id = e.workspace_id and i.id = e.invitation_id
      where e.workspace_id = ${p.workspaceId} and e.state = 'active'
        and i.state not in ('planned', 'asked')
      union all select next_at from schedules
      where workspace_id = ${p.workspaceId} and state = 'on'
    ) times where at > ${now}`.execute(db);
  const times = [rows[0]?.at?.getTime() ?? Number.POSITIVE_INFINITY];
  for (const schedule of await schedulesOn(db, p.workspaceId)) {
    const window = { from: now, to, now, limit: 1 };
    for (const { dueAt } of await triggerHits(db, p.workspaceId, schedule, window)) {
      times.push(dueAt.getTime());
    }
  }
  const first = Math.min(...times);
  return first > to.getTime() ? undefined : new Date(Math.ceil(first / MINUTE_MS) * MINUTE_MS);
}

/** What really happened to the questions of a schedule: `day verdict gate reason` and how many. */
export async function whatHappened(p: Planning, name: string): Promise<Record<string, number>> {
  const rows = await p.engine.db
    .selectFrom("decisions as d")
    .innerJoin("invitations as i", (join) =>
      join.onRef("i.workspace_id", "=", "d.workspace_id").onRef("i.id", "=", "d.invitation_id"),
    )
    .innerJoin("schedules as s", (join) =>
      join.onRef("s.workspace_id", "=", "i.workspace_id").onRef("s.id", "=", "i.schedule_id"),
    )
    .select(["d.invitation_id", "d.verdict", "d.gate", "d.reason", "d.decided_at"])
    .where("d.workspace_id", "=", p.workspaceId)
    .where("s.name", "=", name)
    .execute();
  const things = new Set(
    rows.map(({ invitation_id, verdict, gate, reason, decided_at }) => {
      const why = verdict === "ask" ? "" : ` ${gate} ${reason}`;
      return `${invitation_id} ${decided_at.toISOString().slice(0, 10)} ${verdict}${why}`;
    }),
  );
  const counts: Record<string, number> = {};
  for (const thing of things) {
    const key = thing.slice(newId().length + 1);
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}
