/** The facts that the gates look at, as they are now. */
import type { Work } from "../engine.ts";
import type { Chat } from "../store/chats.ts";
import { askedBefore } from "../store/decisions.ts";
import type { Person } from "../store/people.ts";
import type { Candidate } from "./gates.ts";

/** Whom and what a decision is about. */
export interface CandidateAbout {
  readonly person: Person;
  readonly chat?: Chat;
  readonly closing: number;
  readonly surveyOn: boolean;
  readonly invitationId: string | null;
  /** Somebody of the team wants this chat asked about, whatever its state. */
  readonly byHand: boolean;
  /**
   * A recovery check: neither the cap nor how its chat went says anything about it. Until when it is
   * asked at all, in epoch milliseconds.
   */
  readonly recoveryUntil?: number;
}

export async function candidateFor(
  work: Work,
  workspaceId: number,
  about: CandidateAbout,
): Promise<Candidate> {
  const { person, byHand, recoveryUntil } = about;
  const chat = recoveryUntil === undefined ? about.chat : undefined;
  const before = await askedBefore(
    work.transaction,
    workspaceId,
    person.id,
    chat?.id ?? null,
    about.invitationId,
  );
  return {
    person: {
      role: person.role,
      bot: person.bot,
      test: person.test,
      consent: person.consent,
      pausedUntil: person.pausedUntil,
    },
    surveyOn: about.surveyOn,
    ...(byHand ? { byHand } : {}),
    lastAskedAt: recoveryUntil === undefined ? before.lastAskedAt : null,
    ...(recoveryUntil === undefined ? {} : { deadline: recoveryUntil }),
    ...(chat === undefined
      ? {}
      : {
          chat: {
            open: chat.state === "open",
            closings: chat.closings,
            closing: about.closing,
            closedAt: askableSince(chat, byHand, work.now),
            closeReason: chat.close_reason ?? "manual",
            humanReplied: chat.first_replied_at !== null,
            customerMessages: chat.customer_messages,
            customerCharacters: chat.customer_characters,
            alreadyAsked: before.chatAsked,
          },
        }),
  };
}

/** From when on a question about the chat makes sense: its closing, by hand now. Epoch milliseconds. */
export function askableSince(chat: Chat | undefined, byHand: boolean, now: Date): number {
  return byHand ? now.getTime() : (chat?.closed_at?.getTime() ?? now.getTime());
}
