/** A history as rows of people who really came: where they wrote, when they joined, who left. Pure. */
import type { MetricName } from "../../../src/metrics/metric.ts";
import { sampleRows } from "../../../src/store/sample-rows.ts";
import type { History } from "./made.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/** A name that would be alive, were it not for the adapters. */
export const HOSTILE_TAG = "<!channel> @everyone *late*";

const touchpoints = ["support chat", "onboarding", "delivery", "billing"] as const;
/** Each fourth chat came from somewhere else. */
const ELSEWHERE = 4;
const rules = ["cancelled", "contract ended", "no order for 90 days"] as const;

interface Connected {
  readonly id: string;
  readonly platform: string;
}

export interface Refs {
  readonly workspaceId: number;
  /** The desk's own, and another one. */
  readonly connections: readonly [Connected, Connected];
  readonly surveys: ReadonlyMap<MetricName, string>;
}

/** Rows by table, in the order in which they can be inserted. */
export function historyRows(refs: Refs, history: History) {
  const { now, bot } = history;
  const [own, other] = refs.connections;
  const all = { ...history, agents: [...history.agents, bot] };
  const made = sampleRows({ ...refs, connectionId: own.id }, all);
  const places = new Map(history.chats.map(({ id }, i) => [id, i]));
  const spotIn = (chat: string | null | undefined) => spotOf(places.get(chat ?? "") ?? 0);
  const connected = (chat: string | null | undefined) =>
    (places.get(chat ?? "") ?? 0) % ELSEWHERE === 2 ? other : own;
  return {
    accounts: made.accounts.map((row, i) => ({ ...row, ...livesOf(row.created_at, i, now) })),
    people: made.people.map((row, i) => ({
      ...row,
      ...(row.role === "customer" ? livesOf(row.created_at, i + 3, now) : livesNowhere),
      ...{ source: "platform" as const, bot: row.id === bot.id },
    })),
    chats: made.chats.map(({ id, tags = [], ...row }, i) => ({
      ...{ ...row, id, touchpoint: spotIn(id), tags: hostile(tags, places.get(id) ?? 1) },
      connection_id: connected(id).id,
      ...{ url: `https://chat.example/${i}`, source: "platform" as const },
      ...(row.first_replier_id === bot.id && { first_replied_at: null, first_replier_id: null }),
    })),
    handlers: made.handlers,
    invitations: made.invitations.map((row) => {
      return { ...row, kind: "chat" as const, connection_id: connected(row.chat_id).id };
    }),
    decisions: made.decisions,
    answers: made.answers.map((row) => ({
      // Every row of a statement has the same columns.
      ...{ metric: null, score: null, scale_min: null, scale_max: null, text: null },
      ...{
        ...row,
        touchpoint: spotIn(row.chat_id),
        tags: hostile(row.tags ?? [], places.get(row.chat_id ?? "") ?? 1),
      },
      platform: connected(row.chat_id).platform,
    })),
  };
}

const livesNowhere = { joined_at: null, left_at: null, left_rule: null };

/** Most stay; one in nine left in the last half year. */
function livesOf(from: Date | string | undefined, i: number, now: Date) {
  const began = new Date(from ?? now).getTime();
  const joined_at = new Date(began + (i % 40) * DAY_MS);
  if (i % 9 !== 4) return { ...livesNowhere, joined_at };
  const left_at = new Date(now.getTime() - (2 + (i % 180)) * DAY_MS);
  return { joined_at, left_at, left_rule: rules[i % rules.length] ?? null };
}

function spotOf(i: number) {
  return touchpoints[i % 11 < 6 ? 0 : (i % 3) + 1] ?? "support chat";
}

function hostile(tags: readonly string[], i: number): string[] {
  return i % 12 === 0 ? [...tags, HOSTILE_TAG] : [...tags];
}

/** Some three hundred orders a day, fewer on Sundays. */
export function ordersUntil(now: Date, days: number) {
  return Array.from({ length: days }, (_, i) => {
    const at = new Date(now.getTime() - i * DAY_MS);
    const orders = at.getUTCDay() === 0 ? 140 : 300 + ((i * 37) % 60);
    return { day: at.toISOString().slice(0, 10), orders };
  });
}
