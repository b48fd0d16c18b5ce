/** The clockwork's part in cases: reminders, escalations, what was put off, cards to be drawn anew. */
import { doWork, type Engine, type Work } from "../engine.ts";
import { addCaseEvent } from "../store/case-events.ts";
import { type Case, updateCase } from "../store/cases.ts";
import { type DueCase, dueCases, lockDueCase } from "../store/due-cases.ts";
import { whatIsDue } from "./case.ts";
import { deadlineIn } from "./deadlines.ts";
import { escalate } from "./escalate.ts";
import { noteTo, postCard, tell } from "./thread.ts";

/** So many in one run; the rest a minute later. */
const BATCH = 500;

/**
 * Does what is due in every workspace. Safe on several instances at once: each case is taken by one,
 * and the others leave it out. One that fails does not keep the rest from theirs.
 */
export async function tendCases(engine: Engine): Promise<void> {
  let failure: unknown;
  for (const due of await dueCases(engine.db, engine.clock.now(), BATCH)) {
    try {
      await doWork(engine, (work) => tendCase(engine, work, due));
    } catch (error) {
      failure ??= error;
    }
  }
  if (failure !== undefined) throw failure;
}

async function tendCase(engine: Engine, work: Work, due: DueCase): Promise<void> {
  const { workspaceId, caseId } = due;
  const { transaction, now } = work;
  const found = await lockDueCase(transaction, workspaceId, caseId);
  if (found === undefined) return;
  const { stale, ...c } = found;
  if (stale) {
    const drawn = await updateCase(transaction, workspaceId, caseId, { stale: false });
    await postCard(engine, work, workspaceId, drawn);
  }
  switch (whatIsDue(c, now.getTime())) {
    case "wake":
      return wake(engine, work, workspaceId, c);
    case "remind":
      return remind(engine, work, workspaceId, c);
    case "escalate":
      await escalate(engine, work, workspaceId, c, undefined);
      return;
    case undefined:
      return;
  }
}

/** Whoever waits for us has waited for what was put off: the clock begins anew. */
async function wake(engine: Engine, work: Work, workspaceId: number, c: Case): Promise<void> {
  const { transaction, now } = work;
  await addCaseEvent(transaction, workspaceId, c.id, now, { kind: "woken" });
  const deadline = await deadlineIn(transaction, workspaceId, now);
  const awake = await updateCase(transaction, workspaceId, c.id, {
    state: "open",
    snoozedUntil: null,
    ...(c.waitingSince !== null && { ...deadline, remindedAt: null, escalatedAt: null }),
  });
  await postCard(engine, work, workspaceId, awake);
  await tell(engine, work, workspaceId, awake, { key: "case.told.woken" });
  if (c.ownerId !== null) await noteTo(engine, work, workspaceId, c, c.ownerId, "case.note.woken");
}

/** The one reminder: to whoever has the case, else to all who read the channel. */
async function remind(engine: Engine, work: Work, workspaceId: number, c: Case): Promise<void> {
  const { transaction, now } = work;
  await addCaseEvent(transaction, workspaceId, c.id, now, { kind: "reminded" });
  await updateCase(transaction, workspaceId, c.id, { remindedAt: now });
  if (c.ownerId !== null) {
    return noteTo(engine, work, workspaceId, c, c.ownerId, "case.note.due");
  }
  await tell(engine, work, workspaceId, c, { key: "case.told.unclaimed", aloud: true });
}
