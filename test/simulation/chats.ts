/** Support chats of a simulated year: opened, answered, closed, sometimes opened again. */
import type {
  ChatRef,
  CloseReason,
  ConnectionRef,
  PlatformEvent,
  PlatformUser,
} from "../../src/platform.ts";
import type { Dice } from "../support/random.ts";
import type { Human } from "./population.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const MONTH_MS = 30 * DAY_MS;

/** An event with the moment at which it happens. */
export type Planned = PlatformEvent;

/** Everything that happens in the chats of these people between two times. */
export function drawChats(
  dice: Dice,
  options: {
    humans: readonly Human[];
    agents: ReadonlyMap<string, readonly PlatformUser[]>;
    connections: ReadonlyMap<string, ConnectionRef>;
    start: Date;
    days: number;
  },
): Planned[] {
  const end = options.start.getTime() + options.days * DAY_MS;
  const events: Planned[] = [];
  for (const human of options.humans) {
    let at = Math.max(options.start.getTime(), human.joinedAt.getTime());
    for (let nth = 0; ; nth += 1) {
      at += dice.wait(MONTH_MS / Math.max(human.chatty, 0.001));
      if (at >= end) break;
      events.push(...drawChat(dice, options, human, nth, at));
    }
  }
  return events;
}

function drawChat(
  dice: Dice,
  { agents, connections }: Pick<Parameters<typeof drawChats>[1], "agents" | "connections">,
  human: Human,
  nth: number,
  begins: number,
): Planned[] {
  const { platform, user } = dice.pick(human.users);
  const connection = connections.get(platform);
  const agent = dice.pick(agents.get(platform) ?? []);
  if (connection === undefined) throw new Error(`there is no ${platform}`);
  const externalId = `chat-${human.number}-${nth}`;
  const chat: ChatRef = {
    externalId,
    channel: "#help",
    team: dice.pick(["Billing", "Technical", "Onboarding"]),
    tags: dice.chance(0.2) ? ["refund"] : [],
    url: `https://chat.example/${externalId}`,
  };
  const events: Planned[] = [];
  let at = begins;
  let count = 0;
  const base = () => {
    count += 1;
    return { id: `${externalId}-${count}`, connection, at: new Date(at), chat };
  };
  const says = (from: PlatformUser, text: string) =>
    events.push({ ...base(), kind: "chat-message", from, text, public: true });
  const closes = (by: PlatformUser, reason: CloseReason) =>
    events.push({ ...base(), kind: "chat-closed", by, reason });
  const later = (mean: number) => {
    at += Math.max(1000, dice.wait(mean));
  };

  says(user, "My invoice is wrong, and I do not understand why");
  if (dice.chance(0.92)) {
    later(40 * MINUTE_MS);
    says(agent, "Let me look");
  }
  if (dice.chance(0.9)) {
    later(30 * MINUTE_MS);
    says(user, "Thanks");
  }
  later(2 * HOUR_MS);
  closes(agent, dice.chance(0.88) ? "solved" : dice.chance(0.7) ? "inactivity" : "spam");
  for (let again = 0; again < 3 && dice.chance(0.12); again += 1) {
    later(dice.chance(0.4) ? 5 * MINUTE_MS : 2 * DAY_MS);
    events.push({ ...base(), kind: "chat-reopened", by: user });
    says(user, "It is broken again");
    later(2 * HOUR_MS);
    says(agent, "Sorry, once more");
    later(HOUR_MS);
    closes(agent, "solved");
  }
  return events;
}
