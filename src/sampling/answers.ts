/** Who of the sample was asked, what they answered and when: chats → invitations. Pure. */
import type { MetricName } from "../metrics/metric.ts";
import { type Candidate, CHAT_VALID_MS, type Decision, decide } from "../scheduling/gates/gates.ts";
import type { InvitationState } from "../store/schema.ts";
import type { SampleChat } from "./chats.ts";
import { comments, type Topic } from "./comments/comments.ts";
import type { Random } from "./random.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Asked a quarter of an hour after the chat, open for a week. */
const ASK_AFTER_MS = 15 * MINUTE_MS;
const OPEN_FOR_MS = 7 * DAY_MS;
/** Share of those asked who answer: before and thanks to the reminder after two days. */
const ANSWERS_SOON = 0.3;
const ANSWERS_REMINDED = 0.07;
const DECLINES = 0.03;

/** What is asked after a chat, and how often. */
const metricShares: readonly (readonly [MetricName, number])[] = [
  ["nps", 64],
  ["csat", 15],
  ["ces", 11],
  ["expectation", 5],
  ["emotion", 5],
];

type Mood = Exclude<Topic, "outage">;

/** Scores by mood, with how often each is given. */
const scores: Readonly<Record<MetricName, Record<Mood, readonly (readonly [number, number])[]>>> = {
  nps: {
    happy: [
      [10, 58],
      [9, 42],
    ],
    mixed: [
      [8, 60],
      [7, 40],
    ],
    unhappy: [
      [6, 32],
      [5, 22],
      [4, 10],
      [3, 13],
      [2, 10],
      [1, 4],
      [0, 9],
    ],
  },
  ces: {
    happy: [
      [7, 55],
      [6, 45],
    ],
    mixed: [
      [5, 60],
      [4, 40],
    ],
    unhappy: [
      [3, 40],
      [2, 35],
      [1, 25],
    ],
  },
  csat: {
    happy: [
      [5, 68],
      [4, 32],
    ],
    mixed: [
      [4, 40],
      [3, 60],
    ],
    unhappy: [
      [2, 55],
      [1, 45],
    ],
  },
  resolution: {
    happy: [
      [2, 93],
      [1, 7],
    ],
    mixed: [
      [2, 62],
      [1, 30],
      [0, 8],
    ],
    unhappy: [
      [2, 20],
      [1, 30],
      [0, 50],
    ],
  },
  expectation: {
    happy: [
      [5, 45],
      [4, 55],
    ],
    mixed: [
      [3, 75],
      [4, 25],
    ],
    unhappy: [
      [2, 60],
      [1, 40],
    ],
  },
  emotion: {
    happy: [
      [5, 50],
      [4, 50],
    ],
    mixed: [
      [3, 70],
      [4, 30],
    ],
    unhappy: [
      [2, 60],
      [1, 40],
    ],
  },
};

/** How often people of a mood write something. */
const commentShare: Readonly<Record<Mood, number>> = { happy: 0.4, mixed: 0.5, unhappy: 0.75 };

/** One survey for the customer of one chat. */
export interface SampleInvitation {
  readonly id: string;
  readonly chat: SampleChat;
  readonly metric: MetricName;
  readonly state: InvitationState;
  readonly stateReason: string | null;
  readonly decision: Decision;
  readonly decidedAt: Date;
  readonly askedAt: Date | null;
  readonly answer: SampleAnswer | undefined;
}

export interface SampleAnswer {
  readonly at: Date;
  readonly score: number;
  readonly comment: string | undefined;
  /** "Was your issue solved?", which follows now and then. */
  readonly resolution: number | undefined;
}

/** One invitation for each chat that is old enough to have been decided about. */
export function makeInvitations(
  random: Random,
  chats: readonly SampleChat[],
  now: Date,
): SampleInvitation[] {
  const lastAsked = new Map<string, number>();
  const say = createSpeaker(random);
  return chats.flatMap((chat): SampleInvitation[] => {
    const decidedAt = new Date(chat.closedAt.getTime() + ASK_AFTER_MS);
    if (decidedAt > now) return [];
    const decision = decideFor(chat, decidedAt, lastAsked.get(chat.customer.id) ?? null);
    const common = {
      id: random.uuidAt(decidedAt),
      chat,
      metric: random.weighted(metricShares),
      decision,
      decidedAt,
    };
    if (decision.verdict !== "ask") {
      const held = { state: "suppressed", stateReason: decision.reason } as const;
      return [{ ...common, ...held, askedAt: null, answer: undefined }];
    }
    lastAsked.set(chat.customer.id, decidedAt.getTime());
    return [{ ...common, askedAt: decidedAt, ...answering(random, chat, common.metric, now, say) }];
  });
}

/** A customer who was never asked, by whose clock it is always time. */
const anybody: Candidate = {
  humanId: "",
  kind: "chat",
  stopped: false,
  person: {
    ...{ role: "customer", bot: false, test: false, consent: "open", pausedUntil: null },
    ...{ left: false, known: true },
  },
  surveyOn: true,
  schedule: null,
  chat: null,
  before: { same: false, cappedAt: null, kindAt: null, anyAt: null, declinedAt: null },
  ...{ betterDueAt: null, everyMs: null, restMs: null, hours: null, quietUntil: null },
  deadline: null,
};

/** The real gates, so that the reasons are those that the product gives. */
function decideFor(chat: SampleChat, at: Date, lastAskedAt: number | null): Decision {
  return decide(
    {
      ...anybody,
      humanId: chat.customer.id,
      chat: {
        open: false,
        closings: 1,
        closing: 1,
        closedAt: chat.closedAt.getTime(),
        lastMessageAt: chat.closedAt.getTime(),
        closeReason: chat.closeReason,
        humanReplied: chat.firstRepliedAt !== null,
        customerMessages: chat.customerMessages,
        customerCharacters: chat.customerCharacters,
      },
      before: { ...anybody.before, cappedAt: lastAskedAt },
      deadline: chat.closedAt.getTime() + CHAT_VALID_MS,
    },
    at.getTime(),
  );
}

type Speaker = (chat: SampleChat, mood: Mood) => string;

function answering(
  random: Random,
  chat: SampleChat,
  metric: MetricName,
  now: Date,
  say: Speaker,
): Pick<SampleInvitation, "state" | "stateReason" | "answer"> {
  const askedAt = chat.closedAt.getTime() + ASK_AFTER_MS;
  const wish = random.weighted<"soon" | "reminded" | "declined" | "silent">([
    ["soon", ANSWERS_SOON],
    ["reminded", ANSWERS_REMINDED],
    ["declined", DECLINES],
    ["silent", 1 - ANSWERS_SOON - ANSWERS_REMINDED - DECLINES],
  ]);
  const delay =
    wish === "reminded"
      ? 2 * DAY_MS + random.skewed(5) * HOUR_MS
      : random.skewed(random.chance(0.7) ? 12 : 200) * MINUTE_MS;
  const answer = makeAnswer(random, chat, metric, new Date(askedAt + delay), say);
  if (wish === "silent" && askedAt + OPEN_FOR_MS <= now.getTime()) {
    return { state: "expired", stateReason: "no-answer", answer: undefined };
  }
  if (wish === "silent" || answer.at > now) {
    return { state: "asked", stateReason: null, answer: undefined };
  }
  if (wish === "declined") return { state: "declined", stateReason: "declined", answer: undefined };
  return { state: "answered", stateReason: null, answer };
}

function makeAnswer(
  random: Random,
  chat: SampleChat,
  metric: MetricName,
  at: Date,
  say: Speaker,
): SampleAnswer {
  const mood = moodOf(random, chat.quality);
  const score = random.weighted(scores[metric][mood]);
  return {
    at,
    score,
    comment: random.chance(commentShare[mood]) ? say(chat, mood) : undefined,
    resolution: random.chance(0.3) ? random.weighted(scores.resolution[mood]) : undefined,
  };
}

/** Chosen so that the usual weeks have an NPS of about 35. */
function moodOf(random: Random, quality: number): Mood {
  const felt = quality + (random.next() + random.next() - 1) * 0.6;
  if (felt > -0.05) return "happy";
  return felt > -0.55 ? "mixed" : "unhappy";
}

/** Goes through each list in turn from a random place: nobody is heard twice in a short time. */
function createSpeaker(random: Random): Speaker {
  const used = new Map<string, number>();
  return (chat, mood) => {
    const { language } = chat.customer;
    const topic = mood === "unhappy" && chat.duringOutage ? "outage" : mood;
    const list = comments[language][topic];
    const key = `${language} ${topic}`;
    const index = used.get(key) ?? random.between(0, list.length - 1);
    used.set(key, index + 1);
    return list[index % list.length] ?? "";
  };
}
