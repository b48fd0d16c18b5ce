/** Which schedules would not ask somebody as things are. */
import { canBeReached } from "../../store/audience.ts";
import { readCandidates } from "../../store/candidates.ts";
import { listSchedules } from "../../store/schedules.ts";
import type { Db } from "../../store/schema.ts";
import type { Candidate, GateName, GateReason } from "../gates/candidate.ts";
import { gates } from "../gates/gates.ts";

/** A schedule that would not ask them, and why. */
export interface NeverAsked {
  readonly schedule: string;
  readonly gate: GateName;
  readonly reason: GateReason;
}

/** What is so of the person, not of the moment or of one chat. */
const standing: ReadonlySet<GateName> = new Set([
  "schedule",
  "consent",
  "identity",
  "left",
  "audience",
  "sample",
  "place",
]);

/** The schedules that would not ask this person, each with the first gate that objects. */
export async function neverAsked(
  db: Db,
  workspaceId: number,
  personId: string,
  now: Date,
): Promise<NeverAsked[]> {
  const schedules = (await listSchedules(db, workspaceId)).filter(
    ({ state }) => state !== "archived",
  );
  const subjects = schedules.map(({ id, definition }) => ({
    ...{ personId, scheduleId: id, kind: definition.kind },
  }));
  const candidates = await readCandidates(db, workspaceId, subjects, now);
  // No place is asked about here: it is whether there is any.
  const known = await canBeReached(db, workspaceId, personId);
  return schedules.flatMap(({ definition }, index) => {
    const candidate = candidates[index];
    const objection =
      candidate &&
      standingObjection({ ...candidate, person: { ...candidate.person, known } }, now.getTime());
    return objection ? [{ schedule: definition.name, ...objection }] : [];
  });
}

function standingObjection(
  candidate: Candidate,
  now: number,
): Pick<NeverAsked, "gate" | "reason"> | undefined {
  for (const { name, check } of gates) {
    const objection = standing.has(name) ? check(candidate, now) : undefined;
    if (objection !== undefined) return { gate: name, reason: objection.reason };
  }
  return undefined;
}
