/** A process to be killed and whoever brings it back: what it is told is told until it acknowledges. */
import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Reply } from "../../src/platform.ts";
import type { Wire } from "./wire.ts";

const connection = { platform: "wire", externalId: "T" };
const PATIENCE_MS = 120_000;

type Sendable = { readonly id: string; readonly kind: string } & Record<string, unknown>;

export interface Session {
  /** Delivers an event until it is acknowledged, over any number of deaths. */
  deliver(event: Sendable): Promise<Reply>;
  /** Starts the process again when it has died. */
  revive(): Promise<void>;
  deaths(): number;
  /** Ends the process, whatever it is doing; one that died already stays dead. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

/** Where a session plays, and whether by the clock as well: schedules and reminders. */
export interface Stage {
  readonly where: string;
  readonly wire: Wire;
  readonly clock: boolean;
}

/** Starts a process that dies at `fault`, as `POINT:N`. */
export async function startSession(stage: Stage, fault: string): Promise<Session> {
  return createSession(stage, await startVictim(stage, fault));
}

async function startVictim({ where, wire, clock }: Stage, fault: string): Promise<ChildProcess> {
  const file = fileURLToPath(new URL("./victim.ts", import.meta.url));
  const child = fork(file, [where, wire.url, fault, clock ? "clock" : ""], {
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

function createSession(stage: Stage, first: ChildProcess): Session {
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
        victim = await startVictim(stage, "");
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

/** Waits for something to be there, over any number of deaths. */
export async function waitFor<T>(session: Session, look: () => T | undefined): Promise<T> {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    const found = look();
    if (found !== undefined) return found;
    if (Date.now() > until) throw new Error("what should have been sent never came");
    await session.revive();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
