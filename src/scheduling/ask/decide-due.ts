/**
 * Everything that is due is decided, however much of it there is: many at once with their facts in a
 * few statements. What passes the gates gets a job, which asks; what does not waits or ends, with the
 * reason.
 */
import { doWork, type Engine, type Work } from "../../engine.ts";
import { readCandidates } from "../../store/candidates.ts";
import {
  type Due,
  dueWorkspaces,
  lockDueOf,
  lockSharedDays,
  releaseQueued,
  type Settled,
  settleDue,
} from "../../store/deciding.ts";
import { type Decided, keepDecisions } from "../../store/decisions.ts";
import type { Candidate, Decision } from "../gates/candidate.ts";
import { changeOf } from "./ask.ts";
import { decideAll } from "./decide-all.ts";
import { inTurn } from "./in-turn.ts";

/** So many of a workspace at a time: then it is the next one's turn. */
const BATCH = 500;
/** The next minute goes on. */
const MOST = 50_000;
/**
 * What was to be asked by then and was not has lost its job: longer than a job is tried
 * (scheduling/job-queues.ts).
 */
const JOB_MS = 3 * 60 * 60 * 1000;

/**
 * Decides what is due in every workspace, in turn, so that nobody waits for a large one; safe on
 * several instances at once. Gives how many were decided.
 */
export async function decideDue(engine: Engine): Promise<number> {
  const lost = await releaseQueued(engine.db, new Date(engine.clock.now().getTime() - JOB_MS));
  if (lost > 0) engine.log.warn({ lost }, "questions that had lost their jobs are decided anew");
  let decided = 0;
  while (decided < MOST) {
    const before = decided;
    for (const workspaceId of await dueWorkspaces(engine.db, engine.clock.now())) {
      const batch = await doWork(engine, (work) => decideBatch(engine, work, workspaceId));
      if (batch > 0) engine.reach("decide.after_commit");
      decided += batch;
    }
    if (decided === before) break;
  }
  return decided;
}

async function decideBatch(engine: Engine, work: Work, workspaceId: number): Promise<number> {
  const { transaction, now } = work;
  const due = inTurn(await lockDueOf(transaction, workspaceId, now, BATCH), (each) => each);
  if (due.length === 0) return 0;
  const schedules = new Set(due.flatMap(({ scheduleId }) => scheduleId ?? []));
  await lockSharedDays(transaction, workspaceId, [...schedules]);
  const candidates = await readCandidates(transaction, workspaceId, due, now);
  const decisions = decideAll(candidates, now.getTime());
  const outcomes = due.map((each, i) => outcomeOf(each, candidates[i], decisions[i], now));
  const kept = outcomes.flatMap(({ decided }) => decided ?? []);
  await keepDecisions(transaction, workspaceId, kept, now);
  const settled = outcomes.map((outcome) => outcome.settled);
  await settleDue(transaction, workspaceId, settled, now);
  const jobs = firstOfEach(outcomes).map((invitationId) => ({
    data: { workspaceId, invitationId },
  }));
  if (jobs.length > 0) {
    await engine.jobs.enqueueAll(transaction, "ask", jobs);
    work.wake.add("ask");
  }
  engine.reach("decide.before_commit");
  return due.length;
}

interface Outcome {
  readonly settled: Settled;
  readonly decided?: Decided;
  /** Whom to ask. */
  readonly asks?: string;
}

function outcomeOf(
  due: Due,
  candidate: Candidate | undefined,
  decision: Decision | undefined,
  now: Date,
): Outcome {
  const { invitationId, dueAt } = due;
  const same = { invitationId, dueAt, nextAt: null, slotAt: null };
  if (candidate === undefined || decision === undefined)
    return { settled: { ...same, state: "cancelled", stateReason: "person-gone" } };
  if (decision.verdict === "ask") {
    // It is decided once more, and kept, when it is asked: with nobody else at this human.
    const slotAt = decision.slotAt ?? null;
    const settled = { ...same, state: "planned", stateReason: null, slotAt } as const;
    return { settled, asks: candidate.humanId };
  }
  const change = changeOf(decision, now);
  return {
    settled: {
      ...same,
      state: change?.state ?? "planned",
      stateReason: decision.reason,
      nextAt: change?.dueAt?.getTime() ?? null,
      slotAt: change?.slotAt?.getTime() ?? null,
    },
    decided: { invitationId, decision, again: due.stateReason === decision.reason },
  };
}

/** One job for each human: it decides all that is due of them. */
function firstOfEach(outcomes: readonly Outcome[]): string[] {
  const first = new Map<string, string>();
  for (const { asks, settled } of outcomes) {
    if (asks !== undefined && !first.has(asks)) first.set(asks, settled.invitationId);
  }
  return [...first.values()];
}
