/**
 * Kills at named points: people chat, are asked and answer while the process dies again and again.
 * The platform repeats what was not acknowledged, as real ones do. Afterwards every person must have
 * been asked once, every answer must be there once, and nothing may be left half done.
 */
import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { CrashPoint } from "../../src/engine.ts";
import type { PlatformUser, Reply } from "../../src/platform.ts";
import { tokenOf } from "../support/messenger.ts";
import { describeState } from "./diagnosis.ts";
import { startWire, type Wire, type WireMessage } from "./wire.ts";

const agent: PlatformUser = { externalId: "U-kim", name: "Kim", role: "agent", locale: "en" };
const connection = { platform: "wire", externalId: "T" };
const PATIENCE_MS = 120_000;

export interface Kill {
  readonly point: CrashPoint;
  /** The how-many-th time the point is reached in the process. */
  readonly nth: number;
}

/** What the platform saw of the campaign. */
export interface CampaignResult {
  readonly people: readonly string[];
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
  let died = 0;
  try {
    for (const [index, kill] of kills.entries()) {
      const victim = await startVictim(where, wire, `${kill.point}:${kill.nth}`);
      const session = createSession(where, wire, victim);
      const person = `U-${index}`;
      people.push(person);
      await playConversation(session, wire, person, index).catch(async (error: Error) => {
        await session.kill();
        const kind = `${kill.point}:${kill.nth}, ${session.deaths()} deaths, ${person}`;
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
  return { people, kills: died, messages: wire.messages, repeatedSends: wire.repeated() };
}

type Sendable = { readonly id: string; readonly kind: string } & Record<string, unknown>;

interface Session {
  /** Delivers an event until it is acknowledged, over any number of deaths. */
  deliver(event: Sendable): Promise<Reply>;
  /** Starts the process again when it has died. */
  revive(): Promise<void>;
  deaths(): number;
  /** Ends the process, whatever it is doing; one that died already stays dead. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

async function startVictim(where: string, wire: Wire, fault: string): Promise<ChildProcess> {
  const file = fileURLToPath(new URL("./victim.ts", import.meta.url));
  const child = fork(file, [where, wire.url, fault], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  await new Promise<void>((resolve, reject) => {
    child.once("message", () => resolve());
    child.once("exit", (code, signal) => {
      // Dying while it recovers what the last one left is part of the game: start it unharmed.
      if (signal === "SIGKILL") resolve();
      else reject(new Error(`the process ended by itself with ${code ?? signal}`));
    });
  });
  return child;
}

function createSession(where: string, wire: Wire, first: ChildProcess): Session {
  let victim = first;
  let deaths = 0;
  const dead = () => victim.exitCode !== null || victim.signalCode !== null;
  const session: Session = {
    async deliver(event) {
      for (;;) {
        await session.revive();
        const reply = await tryOnce(victim, event);
        if (reply !== undefined) return reply;
      }
    },
    async revive() {
      while (dead()) {
        deaths += 1;
        victim = await startVictim(where, wire, "");
      }
    },
    deaths: () => deaths,
    async kill() {
      if (dead()) return;
      await new Promise<void>((resolve) => {
        victim.once("exit", () => resolve());
        victim.kill("SIGKILL");
      });
    },
    async stop() {
      await session.revive();
      await session.kill();
    },
  };
  return session;
}

/** One delivery; `undefined` when the process died before it acknowledged. */
function tryOnce(victim: ChildProcess, event: Sendable): Promise<Reply | undefined> {
  return new Promise((resolve) => {
    const onMessage = (message: { acknowledged?: string; reply?: Reply }) => {
      if (message.acknowledged !== event.id || message.reply === undefined) return;
      settle(message.reply);
    };
    const onExit = () => settle(undefined);
    const settle = (reply: Reply | undefined) => {
      victim.off("message", onMessage);
      victim.off("exit", onExit);
      resolve(reply);
    };
    victim.on("message", onMessage);
    victim.once("exit", onExit);
    if (victim.connected) victim.send({ ...event, connection, at: new Date().toISOString() });
    else settle(undefined);
  });
}

async function playConversation(session: Session, wire: Wire, person: string, index: number) {
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
}

async function waitFor<T>(session: Session, look: () => T | undefined): Promise<T> {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    const found = look();
    if (found !== undefined) return found;
    if (Date.now() > until) throw new Error("what should have been sent never came");
    await session.revive();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
