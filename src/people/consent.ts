/** Whether somebody wants to be asked: the one way in which that changes. */
import type { Work } from "../engine.ts";
import { audit } from "../store/audit.ts";
import { setConsent } from "../store/consent.ts";
import { lockPerson } from "../store/people.ts";
import type { Consent } from "../store/schema.ts";
import { pauseEnd } from "../surveys/pause.ts";

/** What holds for a person. Times are epoch milliseconds. */
export interface ConsentState {
  readonly consent: Consent;
  readonly pausedUntil: number | null;
}

/**
 * Keeps a pause, a "never" or its end for all rows of the human, with a line in the audit log that
 * has what was before and after; none when nothing changes for somebody who is met in one place.
 * `until` belongs to a pause: 30 days without it. Gives what holds now: a "never" is not softened by
 * a pause.
 */
export async function changeConsent(
  work: Pick<Work, "transaction" | "now">,
  workspaceId: number,
  person: { readonly id: string },
  consent: Consent,
  until: Date = pauseEnd("", { now: work.now, timeZone: "UTC", language: "en" }),
): Promise<ConsentState> {
  const { transaction, now } = work;
  const before = stateOf(await lockPerson(transaction, workspaceId, person.id));
  const rows = await setConsent(transaction, workspaceId, person.id, consent, until);
  const after = stateOf(await lockPerson(transaction, workspaceId, person.id));
  const changed = before.consent !== after.consent || before.pausedUntil !== after.pausedUntil;
  // Who said it again where they are met twice has said it there: a link taken back leaves it so.
  if (changed || rows > 1) {
    await audit(transaction, workspaceId, now, {
      actor: person.id,
      action: `consent.${consent}`,
      target: person.id,
      details: { before: written(before), after: written(after) },
    });
  }
  return after;
}

function stateOf(person: ConsentState | undefined): ConsentState {
  return { consent: person?.consent ?? "open", pausedUntil: person?.pausedUntil ?? null };
}

function written({ consent, pausedUntil }: ConsentState) {
  return { consent, ...(pausedUntil === null ? {} : { until: new Date(pausedUntil) }) };
}
