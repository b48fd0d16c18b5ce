/**
 * A schedule: what is asked, when, of whom, and how often at most. Kept version by version; the
 * same shape is what an operator reads and writes as a file.
 */
import { z } from "zod";
import { AppError } from "../../errors.ts";
import { metricNames } from "../../metrics/metric.ts";
import { type CodedProblem, explainIssues, shapeMessages } from "./schedule-issues.ts";

/**
 * What a schedule is for. It says who goes first when several wait, and which cap counts: see
 * {@link kindRules}. `chat` is the question after a support chat.
 */
export const scheduleKinds = [
  "exit",
  "chat",
  "still-solved",
  "churn",
  "onboarding",
  "relationship",
  "other",
] as const;
export type ScheduleKind = (typeof scheduleKinds)[number];

/** `30m`, `4h`, `3d`, `2w`: whole numbers; a day has 24 hours. */
const duration = z.string().regex(/^\d{1,4}[mhdw]$/, { error: shapeMessages.length });

const name = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, { error: shapeMessages.name });

/** Key of a survey; `after-chat` stands for the one that the workspace asks after chats. */
const survey = z.string().min(1).max(40);

const delay = duration.default("0m");
/** What no database keeps is refused here: NUL, and half of a character. */
const text = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    .refine((value) => value.isWellFormed() && !value.includes("\0"), {
      error: shapeMessages.characters,
    });
const atLeastOnce = z.array(text(200)).min(1).max(1000);
const places = {
  teams: atLeastOnce.exactOptional(),
  channels: atLeastOnce.exactOptional(),
};

/** Something that happened or is known to happen, each with a delay; or a cron expression. */
const trigger = z.discriminatedUnion("on", [
  z.strictObject({ on: z.literal("chat-closed"), delay, ...places }),
  z.strictObject({ on: z.literal("chat-reopened"), delay, ...places }),
  z.strictObject({ on: z.literal("person-joined"), delay }),
  z.strictObject({ on: z.literal("account-joined"), delay }),
  z.strictObject({
    on: z.literal("answer-given"),
    metric: z.enum(metricNames),
    /** Both ends are in it. */
    from: z.number().int(),
    to: z.number().int(),
    delay,
  }),
  z.strictObject({ on: z.literal("signals-reached"), tier: z.enum(["watch", "high"]), delay }),
  z.strictObject({ on: z.literal("person-left"), delay }),
  z.strictObject({ on: z.literal("account-left"), delay }),
  z.strictObject({
    on: z.literal("date"),
    /** Name of the date, as `renewal`. */
    date: text(40),
    of: z.enum(["person", "account"]).default("account"),
    /** So long before the day, else `delay` after it begins. */
    before: duration.exactOptional(),
    delay,
  }),
  z.strictObject({
    on: z.literal("cron"),
    /** Five fields. */
    cron: z.string().min(9).max(100),
    timeZone: z.string().exactOptional(),
    /** What becomes of a time at which nothing of us was running. */
    missed: z.enum(["catch-up", "skip"]).default("catch-up"),
  }),
]);

/** Both ends are in it; days are whole ones. */
const wholeNumber = z.number().int().min(0).max(100_000);
const ends = { min: wholeNumber.exactOptional(), max: wholeNumber.exactOptional() };
type Ends = { readonly min?: number; readonly max?: number };
const hasEnds = ({ min, max }: Ends) =>
  (min !== undefined || max !== undefined) && (min ?? 0) <= (max ?? Number.POSITIVE_INFINITY);
const endsWanted = { error: shapeMessages.ends };
const range = z.strictObject(ends).refine(hasEnds, endsWanted);

/** Whom: all that is said has to be true; of a list one thing. Nothing said: every customer. */
const audience = z.strictObject({
  accounts: atLeastOnce.exactOptional(),
  accountRole: z.enum(["buyer", "user"]).exactOptional(),
  plans: atLeastOnce.exactOptional(),
  languages: atLeastOnce.exactOptional(),
  platforms: atLeastOnce.exactOptional(),
  /** Of the person, or of one of their chats. */
  tags: atLeastOnce.exactOptional(),
  /** A team that handled one of their chats. */
  teams: atLeastOnce.exactOptional(),
  /** Their latest score of a metric. */
  lastScore: z
    .strictObject({ metric: z.enum(metricNames), ...ends })
    .refine(hasEnds, endsWanted)
    .exactOptional(),
  daysSinceJoined: range.exactOptional(),
  daysSinceLastChat: range.exactOptional(),
  daysSinceActive: range.exactOptional(),
  neverAnswered: z.boolean().exactOptional(),
  signals: z.enum(["low", "watch", "high"]).exactOptional(),
});

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: shapeMessages.clock });

const limits = z.strictObject({
  /** This kind at most once in this time per human; none: the kind's own default. */
  every: duration.exactOptional(),
  /** After "not now" nothing of this kind for so long. */
  rest: duration.exactOptional(),
  /** A stable share of the people, from 0 to 1: the same people stay in or out. */
  sample: z.number().positive().max(1).exactOptional(),
  /** At most so many a day, spread over the day. */
  perDay: z.number().int().positive().max(1_000_000).exactOptional(),
  /** One reminder to the silent; null: none. */
  remindAfter: duration.nullable().default("2d"),
  expireAfter: duration.default("7d"),
  /** How long it may wait to be asked; after that it asks about nothing. */
  waitAtMost: duration.exactOptional(),
  /** At any hour of any day. */
  anyHour: z.boolean().default(false),
  /**
   * By the clock of whoever is asked, and within the hours in which the workspace asks; without `to`
   * in the hour that begins with `from`.
   */
  hours: z.strictObject({ from: clockTime, to: clockTime.exactOptional() }).exactOptional(),
});

const step = z.strictObject({
  survey,
  /** After the step before it was asked; of the first step after the trigger's own delay. */
  after: duration.default("0d"),
});

const definition = z
  .strictObject({
    name,
    kind: z.enum(scheduleKinds),
    /** Either one survey, or steps one after the other. */
    survey: survey.exactOptional(),
    steps: z.array(step).min(1).max(20).exactOptional(),
    /** After the last step the first one again, so long after it. Programmes only. */
    repeatAfter: duration.exactOptional(),
    trigger,
    audience: audience.prefault({}),
    limits: limits.prefault({}),
  })
  .refine((d) => (d.survey === undefined) !== (d.steps === undefined), {
    error: shapeMessages["survey-or-steps"],
    path: ["survey"],
  })
  .refine((d) => d.steps !== undefined || d.repeatAfter === undefined, {
    error: shapeMessages["steps-repeat"],
    path: ["repeatAfter"],
  });

/** The shape of a schedule. */
export const scheduleSchema = definition;

/** A schedule as it is kept and as it stands in a file. */
export type ScheduleDefinition = z.output<typeof definition>;
/** The same as it may be written: what is left out has its default. */
export type ScheduleInput = z.input<typeof definition>;
export type Trigger = ScheduleDefinition["trigger"];
export type Audience = ScheduleDefinition["audience"];
export type Limits = ScheduleDefinition["limits"];

/** A version of a schedule as it works. */
export interface Schedule {
  readonly id: string;
  readonly version: number;
  readonly state: "on" | "paused" | "archived";
  /** Since when it is on; null when it never was. */
  readonly onSince: Date | null;
  /** When a cron schedule fires next. */
  readonly nextAt: Date | null;
  readonly definition: ScheduleDefinition;
}

/** Reads a kept definition; `undefined` when it is of a shape that this program does not know. */
export function readScheduleDefinition(kept: unknown): ScheduleDefinition | undefined {
  const parsed = definition.safeParse(kept);
  return parsed.success ? parsed.data : undefined;
}

/** A schedule as it was written, or everything that is wrong with it. */
export function checkSchedule(
  written: unknown,
): { readonly definition: ScheduleDefinition } | { readonly problems: readonly CodedProblem[] } {
  const parsed = definition.safeParse(written);
  if (parsed.success) return { definition: parsed.data };
  return { problems: explainIssues(definition, written, parsed.error.issues) };
}

/** Errors: `bad-input` when it is none. */
export function makeSchedule(written: ScheduleInput): ScheduleDefinition {
  const checked = checkSchedule(written);
  if ("definition" in checked) return checked.definition;
  const why = checked.problems.map(({ path, message }) => `${path.join(".")}: ${message}`);
  throw new AppError("bad-input", `This is no schedule: ${why.join("; ")}`);
}

const MINUTE_MS = 60_000;
const unitMs = { m: MINUTE_MS, h: 60 * MINUTE_MS, d: 1440 * MINUTE_MS, w: 7 * 1440 * MINUTE_MS };

/** Milliseconds of a length of time as {@link ScheduleDefinition} writes it; a day has 24 hours. */
export function durationMs(written: string): number {
  const unit = written.at(-1);
  if (unit !== "m" && unit !== "h" && unit !== "d" && unit !== "w") throw new RangeError(written);
  return Number(written.slice(0, -1)) * unitMs[unit];
}
