/**
 * A year of support as a lead would find it: chats with people, bots and both, touchpoints, platforms,
 * comments in four languages, a bad week that has just begun. Pure: the same time gives the same.
 */
import { makeInvitations } from "../../../src/sampling/answers.ts";
import { createRandom } from "../../../src/sampling/random.ts";
import { makeSample } from "../../../src/sampling/sample.ts";
import type { SampleData } from "../../../src/store/sample.ts";

type Chat = SampleData["chats"][number];
type Agent = SampleData["agents"][number];

const DAY_MS = 24 * 60 * 60 * 1000;

/** Full weeks of it; the same week of last year is among them. */
const WEEKS = 56;
/** The sample's bad week lies so far before its end: here it is the week that goes on. */
const WEEKS_AFTER_THE_BAD_ONE = 4;
/** Before these days every twelfth chat is enough. */
const DENSE_MS = 60 * DAY_MS;
const THINNED = 12;
const SEED = 20;
/** The week that goes on is bad enough to be told of: its chats went so much worse. */
const BAD_MS = 5 * DAY_MS;
const WORSE = 0.8;

export interface History extends SampleData {
  readonly now: Date;
  /** Handles what no agent did. */
  readonly bot: Agent;
}

/** Everything that happened before `now`. */
export function makeHistory(now: Date): History {
  const later = new Date(now.getTime() + WEEKS_AFTER_THE_BAD_ONE * 7 * DAY_MS);
  const weeks = WEEKS + WEEKS_AFTER_THE_BAD_ONE;
  const sample = makeSample({ weeks, now: later, timeZone: "UTC", seed: SEED });
  const random = createRandom(SEED);
  const bot: Agent = { id: random.uuid(), name: "Botty", team: "Technical", skill: 0 };
  const dense = now.getTime() - DENSE_MS;
  const chats = sample.chats
    .filter(({ closedAt }, i) => {
      return closedAt < now && (closedAt.getTime() > dense || i % THINNED === 0);
    })
    .map((chat, i) => withBot(chat, i, bot))
    .map((chat) => {
      const isBad = chat.closedAt.getTime() > now.getTime() - BAD_MS;
      return isBad ? { ...chat, quality: chat.quality - WORSE } : chat;
    });
  return { ...sample, now, bot, chats, invitations: makeInvitations(random, chats, now) };
}

/** Each ninth chat was the bot's alone, and it began each seventh that people went on with. */
function withBot(chat: Chat, i: number, bot: Agent): Chat {
  if (chat.agents.length === 0 || i % 9 === 0) return { ...chat, agents: [bot] };
  return i % 7 === 0 ? { ...chat, agents: [...chat.agents, bot] } : chat;
}
