/**
 * Where the questions of a forecast come from: what waits already, what is known to come, and what
 * nobody can know, as if the last weeks happened again.
 */
import { type Addressee, listAudience } from "../../store/audience.ts";
import { readOpenSteps, readWaiting } from "../../store/preview.ts";
import { surveysByKey } from "../../store/schedule-surveys.ts";
import type { Db } from "../../store/schema.ts";
import { factHits, type Hit, type HitWindow, triggerHits } from "../../store/trigger-hits.ts";
import { durationMs, type Schedule } from "../definition/schedule.ts";
import { isPlannedAtClosing, offsetMsOf, waitMsOf } from "../definition/timing.ts";
import { CHAT_VALID_MS } from "../gates/gates.ts";
import { drawOf } from "../gates/sample.ts";
import { nextRun } from "../plan/next-run.ts";
import { nextStep } from "./forecast-programme.ts";
import type { Coming, ForecastQueue, Origin } from "./forecast-queue.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const WEEK_MS = 7 * DAY_MS;
const PAGE = 2000;

export interface SourcesAbout {
  readonly workspaceId: number;
  /** The workspace's. */
  readonly timeZone: string;
  /** Each as if it was on. */
  readonly schedules: readonly Schedule[];
  readonly from: Date;
  readonly to: Date;
  /** Also what nobody can know. */
  readonly replay: boolean;
  /** Which surveys are to be there, by key, when it is not those that are. */
  readonly surveys?: ReadonlyMap<string, SupposedSurvey>;
}

/** A survey in a look ahead. */
export interface SupposedSurvey {
  readonly survey: { readonly id: string };
  readonly on: boolean;
}

/** Fills the queue; gives the surveys of each schedule, step by step: null where one is off. */
export async function fillQueue(
  db: Db,
  queue: ForecastQueue,
  about: SourcesAbout,
): Promise<(string | null)[][]> {
  const all: (string | null)[][] = [];
  await addWaiting(db, queue, about);
  for (const [index, schedule] of about.schedules.entries()) {
    const { steps, survey = "", trigger } = schedule.definition;
    const keys = steps?.map((step) => step.survey) ?? [survey];
    const surveys = about.surveys ?? (await surveysByKey(db, about.workspaceId, keys));
    const surveyIds = keys.map((key) => {
      const found = surveys.get(key);
      return found?.on || steps === undefined ? (found?.survey.id ?? null) : null;
    });
    all.push(surveyIds);
    const source: Source = { ...about, db, queue, schedule, index, surveyIds };
    if (trigger.on === "cron") await addRuns(source);
    if (!isPlannedAtClosing(schedule.definition)) await addKnown(source);
    if (steps !== undefined) await addOpenSteps(source);
    if (about.replay && isUnknowable(schedule)) await addReplayed(source);
  }
  return all;
}

interface Source extends SourcesAbout {
  readonly db: Db;
  readonly queue: ForecastQueue;
  readonly schedule: Schedule;
  readonly index: number;
  /** Of each step; of a schedule without steps the one. */
  readonly surveyIds: readonly (string | null)[];
}

/** So far back as a forecast goes ahead, in whole weeks: weekdays are not alike. */
export function replayShiftMs(from: Date, to: Date): number {
  return Math.ceil((to.getTime() - from.getTime()) / WEEK_MS) * WEEK_MS;
}

/** What may happen at any time; days of a calendar are known. */
export function isUnknowable({ definition }: Schedule): boolean {
  return definition.trigger.on !== "cron" && definition.trigger.on !== "date";
}

async function addWaiting(
  db: Db,
  queue: ForecastQueue,
  { workspaceId, schedules }: SourcesAbout,
): Promise<void> {
  const indexes = new Map(schedules.map(({ id }, index) => [id, index]));
  for (let after: string | undefined; ; ) {
    const page = await readWaiting(db, workspaceId, { after, limit: PAGE });
    for (const { id, dueAt, expiresAt, slotAt, reasonKey, stateReason, ...rest } of page) {
      queue.add({
        ...rest,
        ...stepOf(reasonKey),
        ...{ schedule: indexes.get(rest.scheduleId ?? "") ?? null, invitationId: id },
        ...{ origin: "planned", shiftMs: 0, isNew: false },
        ...{ firstDueAt: dueAt.getTime(), dueAt: dueAt.getTime() },
        ...{ deadline: expiresAt?.getTime() ?? null, slotAt: slotAt?.getTime() ?? null },
        ...{ came: false, askedAt: null, heldFor: stateReason, heldBy: null },
      });
    }
    after = page.at(-1)?.id;
    if (page.length < PAGE) return;
  }
}

/** The round and the step that the name of a programme's question ends with. */
function stepOf(reasonKey: string): { step: number; round: number } {
  const [, round, step] = /:step:[^:]+:(\d+):(\d+)$/.exec(reasonKey) ?? [];
  return { step: Number(step ?? 0), round: Number(round ?? 0) };
}

/** What its trigger found or finds, and the steps of those who are in its programme. */
async function addKnown(source: Source): Promise<void> {
  const { db, workspaceId, schedule, from, to } = source;
  const { steps, trigger } = schedule.definition;
  const waitMs = Math.max(waitMsOf(schedule.definition), steps === undefined ? 0 : 365 * DAY_MS);
  const window = { from: new Date(from.getTime() - waitMs), to, now: from };
  const look = (page: HitWindow) => triggerHits(db, workspaceId, schedule, page);
  for await (const hit of pagesOf(look, window)) {
    add(source, hit, { origin: "known", dueAt: notOverdue(source, hit) });
  }
  if (steps === undefined || trigger.on === "cron" || trigger.on === "person-joined") return;
  for await (const hit of pagesOf((page) => factHits(db, workspaceId, schedule, page), window)) {
    add(source, hit, { origin: "known", dueAt: hit.dueAt.getTime() + firstAfter(schedule) });
  }
}

/** What was due while it was paused comes spread over as long as it was late (spreadOverdue). */
function notOverdue({ schedule, from }: Source, { dueAt, humanId }: Hit): number {
  const since = schedule.onSince?.getTime() ?? from.getTime();
  const lateMs = since - dueAt.getTime();
  if (schedule.definition.steps === undefined || lateMs <= 0) return dueAt.getTime();
  return since + drawOf(schedule.id, humanId) * lateMs;
}

/** The audience of each time at which a cron expression fires. */
async function addRuns(source: Source): Promise<void> {
  const { timeZone, schedule, from, to } = source;
  const { trigger, steps } = schedule.definition;
  if (trigger.on !== "cron") return;
  const zone = trigger.timeZone ?? timeZone;
  const begun = new Set<string>();
  let fireAt = schedule.nextAt ?? nextRun(trigger.cron, zone, from);
  for (; fireAt !== undefined && fireAt <= to; fireAt = nextRun(trigger.cron, zone, fireAt)) {
    for await (const addressee of audienceOf(source, fireAt)) {
      // Whoever is in a programme does not begin it again.
      if (steps !== undefined && begun.has(addressee.humanId)) continue;
      if (steps !== undefined) begun.add(addressee.humanId);
      const hit = { ...addressee, chatId: null, closing: null, at: fireAt, reasonKey: "" };
      add(source, hit, { origin: "known", dueAt: fireAt.getTime() + firstAfter(schedule) });
    }
  }
}

async function* audienceOf(
  { db, workspaceId, schedule }: Source,
  now: Date,
): AsyncGenerator<Addressee> {
  for (let after: string | undefined; ; ) {
    const window = { now, after, limit: PAGE };
    const page = await listAudience(db, workspaceId, schedule.definition.audience, window);
    yield* page;
    after = page.at(-1)?.humanId;
    if (page.length < PAGE) return;
  }
}

/** The steps after those that are asked and not answered yet. */
async function addOpenSteps(source: Source): Promise<void> {
  const { db, workspaceId, schedule, to } = source;
  for (const { askedAt, expiresAt, reasonKey, ...asked } of await readOpenSteps(
    db,
    workspaceId,
    schedule.id,
  )) {
    const hit = { ...asked, chatId: null, closing: null, at: askedAt, reasonKey };
    const before = comingOf(source, hit, { origin: "known", dueAt: askedAt.getTime() });
    before.askedAt = askedAt.getTime();
    const next = nextStep(source, before, expiresAt.getTime());
    if (next !== undefined && next.dueAt <= to.getTime()) source.queue.add(next);
  }
}

/**
 * What happened lately, so much later. Whatever is known by its own is not played again: facts begin
 * with the beginning of the forecast.
 */
async function addReplayed(source: Source): Promise<void> {
  const { db, workspaceId, schedule, from, to } = source;
  const { trigger } = schedule.definition;
  if (trigger.on === "cron") return;
  const shiftMs = replayShiftMs(from, to);
  const window = {
    from: new Date(from.getTime() - shiftMs + offsetMsOf(trigger)),
    to: new Date(to.getTime() - shiftMs),
    ...{ now: from, again: true },
  };
  if (window.from >= window.to) return;
  const isNew = trigger.on === "person-joined" || trigger.on === "account-joined";
  for await (const hit of pagesOf((page) => factHits(db, workspaceId, schedule, page), window)) {
    const dueAt = hit.dueAt.getTime() + shiftMs + firstAfter(schedule);
    add(source, hit, { origin: "replayed", dueAt, shiftMs, isNew });
  }
}

/** After the beginning of a programme until its first step. */
function firstAfter({ definition }: Schedule): number {
  return durationMs(definition.steps?.[0]?.after ?? "0d");
}

interface How {
  readonly origin: Origin;
  /** Epoch milliseconds. */
  readonly dueAt: number;
  readonly shiftMs?: number;
  readonly isNew?: boolean;
}

/** Nothing is planned without a survey: it waits for one. */
function add(source: Source, hit: Omit<Hit, "dueAt">, how: How): void {
  const coming = comingOf(source, hit, how);
  if (coming.surveyId !== null && how.dueAt <= source.to.getTime()) source.queue.add(coming);
}

function comingOf(
  { schedule, index, surveyIds }: Source,
  hit: Omit<Hit, "dueAt">,
  { origin, dueAt, shiftMs = 0, isNew = false }: How,
): Coming {
  const { id, definition } = schedule;
  const { personId, humanId, connectionId, chatId, closing, at } = hit;
  const { step, round } = stepOf(hit.reasonKey);
  const deadline =
    definition.kind === "chat" && chatId !== null
      ? at.getTime() + shiftMs + CHAT_VALID_MS
      : dueAt + waitMsOf(definition);
  return {
    ...{ schedule: index, scheduleId: id, kind: definition.kind, invitationId: null },
    ...{ personId, connectionId, chatId, closing, step, round, origin, shiftMs, isNew },
    humanId: isNew ? `${humanId} again` : humanId,
    surveyId: surveyIds[step] ?? null,
    ...{ firstDueAt: dueAt, dueAt, deadline, slotAt: null, askedAt: null },
    ...{ came: false, heldFor: null, heldBy: null },
  };
}

/** All hits of a window, page by page. */
async function* pagesOf(
  look: (window: HitWindow) => Promise<Hit[]>,
  window: Omit<HitWindow, "limit" | "after">,
): AsyncGenerator<Hit> {
  for (let after: Hit | undefined; ; ) {
    const page = await look({ ...window, after, limit: PAGE });
    yield* page;
    after = page.at(-1);
    if (page.length < PAGE) return;
  }
}
