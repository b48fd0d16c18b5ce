/** How a question gets into a forecast: with whom it is about, and what is known of that. */
import type { Db } from "../../store/schema.ts";
import type { Hit } from "../../store/trigger-hits.ts";
import { durationMs, type Schedule } from "../definition/schedule.ts";
import { waitMsOf } from "../definition/timing.ts";
import { CHAT_VALID_MS } from "../gates/gates.ts";
import type { ForecastFacts } from "./forecast-facts.ts";
import type { Coming, ForecastQueue, Origin } from "./forecast-queue.ts";

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

/** Where questions come from and go to. */
export interface Sources extends SourcesAbout {
  readonly db: Db;
  readonly facts: ForecastFacts;
  readonly queue: ForecastQueue;
}

/** One schedule. */
export interface Source extends Sources {
  readonly schedule: Schedule;
  readonly index: number;
  /** Of each step; of a schedule without steps the one. */
  readonly surveyIds: readonly (string | null)[];
}

/** Puts them in, with what is known of what they are about. */
export async function put(
  { facts, queue }: Pick<Sources, "facts" | "queue">,
  all: readonly Coming[],
) {
  await facts.look(all);
  for (const coming of all) queue.add(coming);
}

/** The round and the step that the name of a programme's question ends with. */
export function stepOf(reasonKey: string): { step: number; round: number } {
  const [, round, step] = /:step:[^:]+:(\d+):(\d+)$/.exec(reasonKey) ?? [];
  return { step: Number(step ?? 0), round: Number(round ?? 0) };
}

/** After the beginning of a programme until its first step. */
export function firstAfter({ definition }: Schedule): number {
  return durationMs(definition.steps?.[0]?.after ?? "0d");
}

interface How {
  readonly origin: Origin;
  /** When their audience was gone through; null: it was not. */
  readonly fitsAt: number | null;
  readonly shiftMs?: number;
  readonly isNew?: boolean;
}

type Found = Omit<Hit, "dueAt">;

/** Nothing is planned without a survey: it waits for one. `dueAt`: epoch milliseconds. */
export async function addHits<T extends Found>(
  source: Source,
  hits: readonly T[],
  { dueAt, ...how }: How & { readonly dueAt: (hit: T) => number },
): Promise<void> {
  const { facts, to } = source;
  const wanted = hits.filter((hit) => dueAt(hit) <= to.getTime());
  await facts.meet(wanted.map(({ humanId }) => humanId));
  const all = wanted.flatMap((hit) => comingOf(source, hit, { ...how, dueAt: dueAt(hit) }) ?? []);
  await put(
    source,
    all.filter(({ surveyId }) => surveyId !== null),
  );
}

/** `undefined`: nobody is there. */
export function comingOf(
  { schedule, index, surveyIds, facts }: Source,
  hit: Found,
  { origin, dueAt, fitsAt, shiftMs = 0, isNew = false }: How & { readonly dueAt: number },
): Coming | undefined {
  const { id, definition } = schedule;
  const { personId, humanId, connectionId, chatId, closing, at } = hit;
  const human = facts.humanOf(humanId, isNew);
  if (human === undefined) return undefined;
  const { step, round } = stepOf(hit.reasonKey);
  const deadline =
    definition.kind === "chat" && chatId !== null
      ? at.getTime() + shiftMs + CHAT_VALID_MS
      : dueAt + waitMsOf(definition);
  // Written out: thousands of them take half the room that they take when they are put together.
  return {
    schedule: index,
    scheduleId: id,
    kind: definition.kind,
    human,
    // Most are met by the one row that stands for them.
    personId: personId === humanId ? human.facts.humanId : personId,
    connectionId: facts.alike(connectionId),
    chatId,
    closing,
    surveyId: surveyIds[step] ?? null,
    origin,
    shiftMs,
    step,
    round,
    firstDueAt: dueAt,
    deadline,
    isKnown: true,
    fitsAt,
    fits: true,
    chat: null,
    dueAt,
    came: false,
    slotAt: null,
    askedAt: null,
    heldFor: null,
    heldBy: null,
  };
}
