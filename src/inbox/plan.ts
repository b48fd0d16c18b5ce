/** A chat was closed: whether and when its customer will be asked, decided by the gates. */
import type { Engine, Work } from "../engine.ts";
import { languageOf } from "../language-of.ts";
import type { CloseReason } from "../platform.ts";
import { durationMs, type Schedule, type Trigger } from "../scheduling/definition/schedule.ts";
import { isPlannedAtClosing, waitMsOf } from "../scheduling/definition/timing.ts";
import { type Decision, decide } from "../scheduling/gates/gates.ts";
import { readCandidates } from "../store/candidates.ts";
import { type Chat, closeChat, readChat } from "../store/chats.ts";
import type { Connection } from "../store/connections.ts";
import { keepDecision } from "../store/decisions.ts";
import { type Person, readPerson } from "../store/people.ts";
import { planInvitation } from "../store/planned.ts";
import { schedulesOn } from "../store/schedules.ts";
import { afterChatSurvey } from "../store/surveys.ts";
import type { Survey } from "../surveys/survey.ts";

/** What was planned about a chat. */
export type Plan =
  | {
      readonly kind: "nobody";
      readonly why: "plan.no-survey" | "plan.no-customer" | "plan.no-schedule";
    }
  /** It is planned already. */
  | { readonly kind: "there" }
  | {
      readonly kind: "planned";
      readonly customer: Person;
      readonly decision: Decision;
      readonly dueAt: Date;
      readonly invitationId: string;
    };

/** Closes an open, locked chat: its handlers are frozen, and a question is planned if the gates allow one. */
export async function closeAndPlan(
  engine: Engine,
  work: Work,
  connection: Connection,
  chatId: string,
  closed: { readonly reason: CloseReason; readonly at: Date },
): Promise<Plan> {
  const workspaceId = connection.workspace.id;
  const { transaction } = work;
  const closing = await closeChat(transaction, workspaceId, chatId, closed.reason, closed.at);
  const subject = await subjectOf(work, connection, chatId);
  return "why" in subject ? subject : plan(engine, work, connection, closing, subject);
}

/** What a question would be about, and whom it is for. */
export interface Subject {
  readonly chat: Chat;
  readonly customer: Person;
  readonly survey: Survey;
}

/** The subject of a question about a chat, or why there is none. */
export async function subjectOf(
  { transaction }: Work,
  { workspace }: Connection,
  chatId: string,
): Promise<Subject | Extract<Plan, { kind: "nobody" }>> {
  const chat = await readChat(transaction, workspace.id, chatId);
  const survey = await afterChatSurvey(transaction, workspace.id);
  if (survey === undefined) return { kind: "nobody", why: "plan.no-survey" };
  const customerId = chat?.customer_id ?? undefined;
  const customer =
    customerId === undefined ? undefined : await readPerson(transaction, workspace.id, customerId);
  if (chat === undefined || customer === undefined)
    return { kind: "nobody", why: "plan.no-customer" };
  return { chat, customer, survey };
}

async function plan(
  engine: Engine,
  work: Work,
  connection: Connection,
  closing: number,
  { chat, customer, survey }: Subject,
): Promise<Plan> {
  const { transaction, now } = work;
  const { workspace, settings } = connection;
  const schedule = await scheduleFor(work, workspace.id, chat);
  if (schedule === undefined) return { kind: "nobody", why: "plan.no-schedule" };
  const { definition } = schedule;
  const closedAt = chat.closed_at ?? now;
  const expiresAt = new Date(closedAt.getTime() + waitMsOf(definition));
  const about = { chatId: chat.id, closing, kind: "chat", personId: customer.id } as const;
  const [candidate] = await readCandidates(
    transaction,
    workspace.id,
    [
      {
        ...about,
        surveyId: survey.id,
        connectionId: connection.id,
        scheduleId: schedule.id,
        expiresAt: expiresAt.getTime(),
      },
    ],
    now,
  );
  if (candidate === undefined) return { kind: "nobody", why: "plan.no-customer" };
  const delayMs =
    settings.askDelaySeconds === undefined
      ? durationMs(definition.trigger.delay)
      : settings.askDelaySeconds * 1000;
  const delayed = now.getTime() + delayMs;
  // As it would be decided then; whose turn it is on that day is decided only then.
  const foreseen = decide(candidate, delayed);
  const decision: Decision =
    foreseen.verdict === "defer" && foreseen.gate === "daily-cap" ? { verdict: "ask" } : foreseen;
  const dueAt = new Date(decision.verdict === "defer" ? decision.until : delayed);
  const suppressed = decision.verdict === "suppress";
  const invitationId = await planInvitation(transaction, {
    ...about,
    workspaceId: workspace.id,
    survey,
    schedule,
    connectionId: connection.id,
    dueAt,
    expiresAt,
    now,
    state: suppressed ? "suppressed" : "planned",
    ...(decision.verdict === "ask" ? {} : { reason: decision.reason }),
    language: languageOf(connection, customer),
  });
  if (invitationId === undefined) return { kind: "there" };
  // A plain "ask" is decided again, and kept, when the time has come.
  if (decision.verdict !== "ask") {
    await keepDecision(transaction, workspace.id, invitationId, decision, now);
  }
  if (!suppressed) {
    const job = { workspaceId: workspace.id, invitationId };
    await engine.jobs.enqueue(transaction, "ask", job, dueAt);
  }
  return { kind: "planned", customer, decision, dueAt, invitationId };
}

/** A schedule of questions after chats, as it works at the closing. */
type AfterChat = Schedule & {
  readonly definition: { readonly trigger: Extract<Trigger, { on: "chat-closed" }> };
};

/** The schedule by which a chat is asked about: the oldest that is on and means chats like this. */
async function scheduleFor(
  { transaction }: Work,
  workspaceId: number,
  { team, channel }: Chat,
): Promise<AfterChat | undefined> {
  const has = (wanted: readonly string[] | undefined, one: string | null) =>
    wanted === undefined || (one !== null && wanted.includes(one));
  const schedules = await schedulesOn(transaction, workspaceId);
  return schedules
    .filter(isAfterChat)
    .find(
      ({ definition: { trigger } }) => has(trigger.teams, team) && has(trigger.channels, channel),
    );
}

function isAfterChat(schedule: Schedule): schedule is AfterChat {
  return isPlannedAtClosing(schedule.definition);
}
