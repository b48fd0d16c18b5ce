/** Plays a stretch of time: events arrive, ticks are made, people react, instances are killed. */
import { createLog } from "../../src/log.ts";
import type { ConnectionRef, PlatformEvent } from "../../src/platform.ts";
import { createTestClock, type TestClock } from "../support/clock.ts";
import type { TestDatabase } from "../support/database.ts";
import type { SentMessage } from "../support/messenger.ts";
import type { Dice } from "../support/random.ts";
import { type Act, createAgenda } from "./agenda.ts";
import { runChores, type Spent } from "./chores.ts";
import { createInstance, type Instance, survived } from "./instance.ts";
import { createPlatform, type SimulatedPlatform } from "./platforms.ts";
import type { Human } from "./population.ts";
import { createQueue } from "./queue.ts";
import { reactTo } from "./reaction.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

export interface Plan {
  readonly database: TestDatabase;
  readonly dice: Dice;
  readonly humans: readonly Human[];
  readonly platforms: readonly { readonly name: string; readonly finds: boolean }[];
  readonly connections: ReadonlyMap<string, ConnectionRef>;
  readonly start: Date;
  readonly days: number;
  readonly tickMinutes: number;
  /** Probability of a kill at each crash point that is passed. */
  readonly killing: number;
  /** How often a platform is away, or asks everybody to wait. */
  readonly outagesAMonth: number;
  readonly events: readonly PlatformEvent[];
  /** Other things that happen. */
  readonly also: readonly { readonly at: Date; readonly act: Act }[];
  readonly onDay?: (day: number) => void;
}

/** What came of it. */
export interface Played {
  readonly platforms: readonly SimulatedPlatform[];
  readonly instances: readonly Instance[];
  readonly events: number;
  readonly ticks: number;
  readonly spent: Spent;
  readonly end: Date;
}

/** Plays it to its end. */
export async function play(plan: Plan): Promise<Played> {
  const { database, dice, start } = plan;
  const clock = createTestClock(start.toISOString());
  const queue = await createQueue(database.db, clock);
  const agenda = createAgenda();
  const platforms = plan.platforms.map((each) => createPlatform({ ...plan, ...each, clock }));
  const messengers = platforms.map(({ messenger }) => messenger);
  const log = createLog("fatal");
  const instances = [0, 1].map(() => createInstance({ ...plan, clock, queue, messengers, log }));
  const counts = { events: 0, ticks: 0 };
  const spent: Spent = {};
  const now = () => clock.now().getTime();
  const someone = () => {
    const up = instances.filter(({ downUntil }) => downUntil <= now());
    return up.length === 0 ? undefined : dice.pick(up);
  };

  /** A platform sends an event again until somebody has acknowledged it. */
  const receive = (event: PlatformEvent): Act => {
    const act = async () => {
      const instance = someone();
      const reply = instance && (await survived(() => instance.inbox.receive(event)));
      if (reply !== undefined) counts.events += 1;
      else agenda.add(new Date(now() + MINUTE_MS), act);
    };
    return act;
  };
  const people = byUser(plan.humans);
  const react = ({ messenger }: SimulatedPlatform, said: SentMessage) => {
    if (said.to.kind !== "direct" && said.to.kind !== "whisper") return;
    const human = people.get(`${messenger.name}:${said.to.userId}`);
    const from = human?.users.find(({ platform }) => platform === messenger.name)?.user;
    const connection = plan.connections.get(messenger.name);
    const tokens = instances[0]?.engine.tokens;
    if (!human || !from || !connection || !tokens) return;
    const reaction = reactTo(said, human, tokens, dice);
    if (reaction === undefined) return;
    const { does, afterMs } = reaction;
    const at = new Date(now() + afterMs);
    const base = { id: `${said.id}-${at.getTime()}`, connection, from };
    const place = said.to;
    agenda.add(at, () =>
      receive(
        "presses" in does
          ? { ...base, kind: "action", token: does.presses, place, at: clock.now() }
          : { ...base, kind: "direct-message", text: does.writes, at: clock.now() },
      )(),
    );
  };
  const workOff = async () => {
    for (;;) {
      const instance = someone();
      if (instance === undefined) return;
      const took = await survived(() => queue.work(instance.handlers));
      if (took === 0) return;
    }
  };
  const hear = () => {
    for (const platform of platforms) for (const said of platform.news()) react(platform, said);
  };

  for (const event of plan.events) agenda.add(event.at, receive(event));
  for (const { at, act } of plan.also) agenda.add(at, act);
  const end = start.getTime() + plan.days * DAY_MS;
  let tickAt = start.getTime();
  let day = 0;
  while (now() < end) {
    const job = (await queue.nextAt())?.getTime() ?? Number.POSITIVE_INFINITY;
    const next = Math.min(tickAt, agenda.nextAt(), Math.max(job, now() + 1000));
    moveTo(clock, Math.min(Math.max(next, now()), end));
    for (const act of agenda.take(now())) await act();
    if (now() >= tickAt) {
      const from = tickAt - plan.tickMinutes * MINUTE_MS;
      const instance = someone();
      if (instance !== undefined) counts.ticks += 1;
      await survived(
        async () => instance && runChores(instance.engine, { from, to: tickAt, spent }),
      );
      tickAt += plan.tickMinutes * MINUTE_MS;
    }
    await workOff();
    hear();
    for (; day <= Math.floor((now() - start.getTime()) / DAY_MS); day += 1) plan.onDay?.(day);
  }
  return { platforms, instances, ...counts, spent, end: clock.now() };
}

function moveTo(clock: TestClock, time: number): void {
  clock.advance(time - clock.now().getTime());
}

function byUser(humans: readonly Human[]): Map<string, Human> {
  return new Map(
    humans.flatMap((human) =>
      human.users.map(({ platform, user }) => [`${platform}:${user.externalId}`, human] as const),
    ),
  );
}
