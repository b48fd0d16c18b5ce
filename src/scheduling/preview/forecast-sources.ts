/**
 * Where the questions of a forecast come from: what waits already, what is known to come, and what
 * nobody can know, as if the last weeks happened again.
 */
import { readOpenSteps, readWaiting } from "../../store/preview.ts";
import { surveysByKey } from "../../store/schedule-surveys.ts";
import { factHits, type Hit, type HitWindow, triggerHits } from "../../store/trigger-hits.ts";
import type { Schedule } from "../definition/schedule.ts";
import { isPlannedAtClosing, offsetMsOf, waitMsOf } from "../definition/timing.ts";
import { drawOf } from "../gates/sample.ts";
import {
  addHits,
  comingOf,
  firstAfter,
  put,
  type Source,
  type Sources,
  stepOf,
} from "./forecast-coming.ts";
import { nextStep } from "./forecast-programme.ts";
import type { Coming } from "./forecast-queue.ts";
import { createRuns, type ForecastRuns } from "./forecast-runs.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const WEEK_MS = 7 * DAY_MS;
const PAGE = 2000;

/** What is in the queue by now, and what comes at its time. */
export interface Filled {
  /** The surveys of each schedule, step by step: null where one is off. */
  readonly surveyIds: readonly (readonly (string | null)[])[];
  readonly runs: ForecastRuns;
}

/** Fills the queue, but for what fixed days bring: that is looked for when they come. */
export async function fillQueue(sources: Sources): Promise<Filled> {
  const { db, workspaceId, replay, schedules } = sources;
  const all: Source[] = [];
  await addWaiting(sources);
  for (const [index, schedule] of schedules.entries()) {
    const { steps, survey = "" } = schedule.definition;
    const keys = steps?.map((step) => step.survey) ?? [survey];
    const surveys = sources.surveys ?? (await surveysByKey(db, workspaceId, keys));
    const surveyIds = keys.map((key) => {
      const found = surveys.get(key);
      return found?.on || steps === undefined ? (found?.survey.id ?? null) : null;
    });
    const source: Source = { ...sources, schedule, index, surveyIds };
    all.push(source);
    if (!isPlannedAtClosing(schedule.definition)) await addKnown(source);
    if (steps !== undefined) await addOpenSteps(source);
    if (replay && isUnknowable(schedule)) await addReplayed(source);
  }
  return { surveyIds: all.map((each) => each.surveyIds), runs: createRuns(all) };
}

/** So far back as a forecast goes ahead, in whole weeks: weekdays are not alike. */
export function replayShiftMs(from: Date, to: Date): number {
  return Math.ceil((to.getTime() - from.getTime()) / WEEK_MS) * WEEK_MS;
}

/** What may happen at any time; days of a calendar are known. */
export function isUnknowable({ definition }: Schedule): boolean {
  return definition.trigger.on !== "cron" && definition.trigger.on !== "date";
}

async function addWaiting({ db, workspaceId, schedules, facts, queue }: Sources): Promise<void> {
  const indexes = new Map(schedules.map(({ id }, index) => [id, index]));
  for (let after: string | undefined; ; ) {
    const page = await readWaiting(db, workspaceId, { after, limit: PAGE });
    await facts.meet(page.map(({ humanId }) => humanId));
    const all = page.flatMap((each): Coming[] => {
      const human = facts.humanOf(each.humanId, false);
      if (human === undefined) return [];
      const {
        id: _,
        humanId: __,
        dueAt,
        expiresAt,
        slotAt,
        reasonKey,
        stateReason,
        ...rest
      } = each;
      return [
        {
          ...{ ...rest, human, ...stepOf(reasonKey) },
          ...{ schedule: indexes.get(rest.scheduleId ?? "") ?? null, fitsAt: null, fits: true },
          ...{ origin: "planned", shiftMs: 0, chat: null },
          ...{ firstDueAt: dueAt.getTime(), dueAt: dueAt.getTime() },
          ...{ deadline: expiresAt?.getTime() ?? null, slotAt: slotAt?.getTime() ?? null },
          ...{ came: false, askedAt: null, heldFor: stateReason, heldBy: null },
        },
      ];
    });
    await put({ facts, queue }, all);
    after = page.at(-1)?.id;
    if (page.length < PAGE) return;
  }
}

/** What its trigger found or finds, and the steps of those who are in its programme. */
async function addKnown(source: Source): Promise<void> {
  const { db, workspaceId, schedule, from, to } = source;
  const { steps, trigger } = schedule.definition;
  const waitMs = Math.max(waitMsOf(schedule.definition), steps === undefined ? 0 : 365 * DAY_MS);
  const window = { from: new Date(from.getTime() - waitMs), to, now: from };
  const look = (page: HitWindow) => triggerHits(db, workspaceId, schedule, page);
  // A step of a programme is of those who are in it, whoever is of its audience by now.
  const found = steps === undefined ? from.getTime() : null;
  for await (const page of pagesOf(look, window)) {
    const dueAt = (hit: Hit) => notOverdue(source, hit);
    await addHits(source, page, { origin: "known", dueAt, fitsAt: found });
  }
  if (steps === undefined || trigger.on === "cron" || trigger.on === "person-joined") return;
  const facts = (page: HitWindow) => factHits(db, workspaceId, schedule, page);
  for await (const page of pagesOf(facts, window)) {
    const dueAt = (hit: Hit) => hit.dueAt.getTime() + firstAfter(schedule);
    await addHits(source, page, { origin: "known", dueAt, fitsAt: from.getTime() });
  }
}

/** What was due while it was paused comes spread over as long as it was late (spreadOverdue). */
function notOverdue({ schedule, from }: Source, { dueAt, humanId }: Hit): number {
  const since = schedule.onSince?.getTime() ?? from.getTime();
  const lateMs = since - dueAt.getTime();
  if (schedule.definition.steps === undefined || lateMs <= 0) return dueAt.getTime();
  return since + drawOf(schedule.id, humanId) * lateMs;
}

/** The steps after those that are asked and not answered yet. */
async function addOpenSteps(source: Source): Promise<void> {
  const { db, workspaceId, schedule, to, facts } = source;
  for (let after: string | undefined; ; ) {
    const page = await readOpenSteps(db, workspaceId, schedule.id, { after, limit: PAGE });
    await facts.meet(page.map(({ humanId }) => humanId));
    const all = page.flatMap(({ askedAt, expiresAt, reasonKey, isKnown, ...asked }): Coming[] => {
      const hit = { ...asked, chatId: null, closing: null, at: askedAt, reasonKey };
      const how = { origin: "known", dueAt: askedAt.getTime(), fitsAt: null } as const;
      const before = comingOf(source, hit, how);
      const ended = before && { ...before, isKnown, askedAt: askedAt.getTime() };
      const next = ended && nextStep(source, ended, expiresAt.getTime());
      return next !== undefined && next.dueAt <= to.getTime() ? [next] : [];
    });
    await put(source, all);
    after = page.at(-1)?.humanId;
    if (page.length < PAGE) return;
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
  const look = (page: HitWindow) => factHits(db, workspaceId, schedule, page);
  for await (const page of pagesOf(look, window)) {
    const dueAt = (hit: Hit) => hit.dueAt.getTime() + shiftMs + firstAfter(schedule);
    const fitsAt = from.getTime();
    await addHits(source, page, { origin: "replayed", dueAt, fitsAt, shiftMs, isNew });
  }
}

/** All hits of a window, page by page. */
async function* pagesOf(
  look: (window: HitWindow) => Promise<Hit[]>,
  window: Omit<HitWindow, "limit" | "after">,
): AsyncGenerator<readonly Hit[]> {
  for (let after: Hit | undefined; ; ) {
    const page = await look({ ...window, after, limit: PAGE });
    yield page;
    after = page.at(-1);
    if (page.length < PAGE) return;
  }
}
