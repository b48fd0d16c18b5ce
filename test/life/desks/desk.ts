/** People of a support team who ask for figures, the same on every platform. */
import type { Language } from "../../../src/locales/index.ts";
import type { Cut, FilterName } from "../../../src/metrics/filter.ts";
import type { TestClock } from "../../support/clock.ts";
import type { WiredTown } from "../core.ts";
import type { Seen, Someone } from "../town.ts";

/** What somebody asks for, as they would say it; each platform has its way to type it. */
export interface Asked {
  /** Without its slash: `nps`, `aftertalk cases`. */
  readonly command: string;
  readonly period?: string;
  readonly by?: Cut;
  readonly vs?: string;
  /** As people begin to type a name where they can choose, and as a whole where they cannot. */
  readonly filters?: Partial<Readonly<Record<FilterName, string>>>;
  /** A word of the command's own: `low` of `/feedback`, a metric of `/journey`. */
  readonly which?: string;
  /** What is searched for. */
  readonly words?: string;
  /** Where commands are lines, exactly this instead. */
  readonly line?: string;
  /** Where they have options, these, by their names. */
  readonly options?: Readonly<Record<string, string>>;
}

export interface Asker extends Someone {
  /** Types it in the leads' channel; gives the answer, once it is there. */
  asks(asked: Asked): Promise<Seen>;
  /** The words of the form that is open; undefined where one is never in the way. */
  form?(): string;
}

/** A user group or role of the platform, and how an admin of the platform changes who is in it. */
export interface Membership {
  /** As it stands in a command. */
  readonly mention: string;
  joins(who: Someone): void;
  leaves(who: Someone): void;
  /** The platform does not tell who is in it, until this is called. Not set: we need not ask. */
  hide?(): () => void;
}

export interface Desk extends WiredTown {
  readonly clock: TestClock;
  /** A lead of everything in each language, which is theirs as the platform tells it. */
  readonly leads: Readonly<Record<Language, Asker>>;
  /** Sets everything up; reads English. */
  readonly admin: Asker;
  /** Answers chats as Nadia of the history does. */
  readonly agent: Asker;
  /** Leads team Billing alone; undefined where everybody leads everything. */
  readonly teamLead: Asker | undefined;
  /** Whether answers to one person alone have pictures; what is posted has them everywhere. */
  readonly whispersPictures: boolean;
  readonly customer: Asker;
  /** What makes people leads; undefined where the platform has nothing of the kind. */
  readonly leading: Membership | undefined;
  settled(): Promise<void>;
  /** What a correct app would never have sent. */
  problems(): readonly unknown[];
  /** Everything that the adapter logged. */
  logged(): readonly string[];
  stop(): Promise<void>;
}

/** So long an answer is waited for, in milliseconds: machines are busy. */
const PATIENCE_MS = 40_000;

/** The message that appears where somebody typed, once it is more than a promise. */
export async function answerTo(
  asker: Someone,
  type: () => Promise<void>,
  isMoment: (seen: Seen) => boolean,
): Promise<Seen> {
  const known = new Set((await asker.sees("leads")).map(({ id }) => id));
  await type();
  const end = Date.now() + PATIENCE_MS;
  while (Date.now() < end) {
    const fresh = (await asker.sees("leads")).findLast(({ id }) => !known.has(id));
    if (fresh !== undefined && !isMoment(fresh)) return fresh;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`${asker.name} was never answered`);
}

/** On a line: the words that may stand in any order do, in another one at each `turn`. */
export function lineOf(asked: Asked, turn: number): string {
  if (asked.line !== undefined) return asked.line;
  const { period = "", by, vs, filters = {}, which, words } = asked;
  const movable = [
    ...(by === undefined ? [] : [`by ${by}`]),
    ...Object.entries(filters).map(([name, value]) => `${name}:${quoted(value)}`),
    ...(which === undefined ? [] : [which]),
  ];
  const from = turn % Math.max(1, movable.length);
  const turned = [...movable.slice(from), ...movable.slice(0, from)];
  // What is compared with is a period itself: what stands behind it must be none.
  const versus = vs === undefined ? [] : [`vs ${vs}`];
  const found = words === undefined ? [] : [words];
  const isFirst = turn % 2 === 0 || vs !== undefined || words !== undefined;
  const parts = isFirst ? [period, ...turned, ...versus] : [...turned, period];
  return [...parts, ...found].filter((part) => part !== "").join(" ");
}

function quoted(value: string): string {
  return /\s/u.test(value) ? `"${value}"` : value;
}
