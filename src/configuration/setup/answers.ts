/** What somebody answers when a workspace is set up, as it is kept while they go on. */
import { z } from "zod";
import { grantedRoles, subject } from "../change.ts";

/** What they want to learn; several may be chosen. */
export const goals = ["loyalty", "effort", "satisfaction", "leaving"] as const;
export type Goal = (typeof goals)[number];

/** Whose support it is: customers who can choose among many, who have little choice, colleagues. */
export const markets = ["choice", "little-choice", "colleagues"] as const;
export type Market = (typeof markets)[number];

/** Settings by their names, only those that are to be otherwise. */
const wishes = z.record(z.string(), z.unknown());

const roleWish = z.strictObject({ subject, name: z.string(), role: z.enum(grantedRoles) });
/** Who is to have which role; `name` is what they are called. */
export type RoleWish = z.output<typeof roleWish>;

export const setupAnswers = z.strictObject({
  goals: z.array(z.enum(goals)),
  market: z.enum(markets).nullable(),
  roles: z.array(roleWish),
  settings: wishes,
});
export type SetupAnswers = z.output<typeof setupAnswers>;

export const noAnswers: SetupAnswers = { goals: [], market: null, roles: [], settings: {} };
