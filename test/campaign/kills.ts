/**
 * Kills at named points: people chat, are asked and answer while the process dies again and again.
 * The platform repeats what was not acknowledged, as real ones do. Afterwards every person must have
 * been asked once, every answer must be there once, and nothing may be left half done.
 */
import type { CrashPoint } from "../../src/engine.ts";
import type { PlatformUser } from "../../src/platform.ts";
import { tokenOf } from "../support/messenger.ts";
import { describeState } from "./diagnosis.ts";
import { isOfSchedules, playSchedules } from "./schedule-story.ts";
import { type Session, startSession, waitFor } from "./session.ts";
import { startWire, type Wire, type WireMessage } from "./wire.ts";

const agent: PlatformUser = { externalId: "U-kim", name: "Kim", role: "agent", locale: "en" };

export interface Kill {
  readonly point: CrashPoint;
  /** The how-many-th time the point is reached in the process. */
  readonly nth: number;
}

/** What the platform saw of the campaign. */
export interface CampaignResult {
  /** Who chatted, was asked and answered. */
  readonly people: readonly string[];
  /** Who was asked by schedules: whoever was met, and whoever a cron expression means. */
  readonly met: readonly string[];
  readonly meant: readonly string[];
  readonly kills: number;
  readonly messages: readonly WireMessage[];
  readonly repeatedSends: number;
}

/** Plays one whole conversation for each kill; `where` is a database address or a data folder. */
export async function runKills(
  where: string,
  kills: readonly Kill[],
  onProgress: (line: string) => void = () => {},
): Promise<CampaignResult> {
  const wire = await startWire();
  const people: string[] = [];
  const met: string[] = [];
  const meant: string[] = [];
  let died = 0;
  try {
    for (const [index, kill] of kills.entries()) {
      const clock = isOfSchedules(kill.point);
      const session = await startSession({ where, wire, clock }, `${kill.point}:${kill.nth}`);
      const play = async () => {
        if (!clock) return people.push(await playConversation(session, wire, index));
        const asked = await playSchedules(session, wire, index);
        met.push(asked.met);
        return meant.push(asked.meant);
      };
      await play().catch(async (error: Error) => {
        await session.kill();
        const kind = `${kill.point}:${kill.nth}, ${session.deaths()} deaths, the ${index + 1}th`;
        const state = await describeState(where, wire);
        throw new Error(`${error.message} (${kind})\n${state}`, { cause: error });
      });
      died += session.deaths();
      await session.stop();
      onProgress(`${index + 1}/${kills.length} ${kill.point}:${kill.nth} died ${session.deaths()}`);
    }
  } finally {
    await wire.stop();
  }
  const { messages } = wire;
  return { people, met, meant, kills: died, messages, repeatedSends: wire.repeated() };
}

async function playConversation(session: Session, wire: Wire, index: number): Promise<string> {
  const person = `U-${index}`;
  const customer: PlatformUser = {
    externalId: person,
    name: person,
    role: "customer",
    locale: "en",
  };
  const chat = { externalId: `C-${index}`, channel: "#help", team: "Billing" };
  const message = (from: PlatformUser, n: number) =>
    session.deliver({
      id: `${person}-m${n}`,
      kind: "chat-message",
      chat,
      from,
      text: "hello",
      public: true,
    });
  await message(customer, 1);
  await message(agent, 2);
  await message(customer, 3);
  await session.deliver({
    id: `${person}-close`,
    kind: "chat-closed",
    chat,
    by: agent,
    reason: "solved",
  });

  const toPerson = (count: number) =>
    waitFor(session, () => {
      const found = wire.messages.filter(({ to }) => to.kind === "direct" && to.userId === person);
      return found.length >= count ? found[count - 1] : undefined;
    });
  const question = await toPerson(1);
  const token = tokenOf(question.message, "3");
  await session.deliver({ id: `${person}-tap`, kind: "action", from: customer, token });
  await toPerson(2);
  await session.deliver({
    id: `${person}-why`,
    kind: "direct-message",
    from: customer,
    text: "it was slow",
  });
  const contact = await toPerson(3);
  const yes = tokenOf(contact.message, "Yes, please");
  await session.deliver({ id: `${person}-yes`, kind: "action", from: customer, token: yes });
  await toPerson(4);
  // The leads' alert goes its own way: the conversation is over when all of it has arrived there.
  await waitFor(session, () =>
    wire.messages.find(
      ({ to, message }) =>
        to.kind === "leads" &&
        message.summary.includes(`${person} `) &&
        JSON.stringify(message).includes("Yes, please"),
    ),
  );
  return person;
}
