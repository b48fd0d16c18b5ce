import { expect, test } from "vitest";
import { createOpener } from "../support/database.ts";
import { badArrivals } from "./arrived.ts";
import { type Played, play } from "./run.ts";
import { buildTown, holidays, PULSE_A_DAY, TIME_ZONE } from "./town.ts";
import { brokenPromises, readStory, type Story } from "./verdict.ts";

/** A month of some people for every run; the whole: npm run campaign:year. */
const days = Number(process.env.SIMULATED_DAYS ?? 30);
const people = Number(process.env.SIMULATED_PEOPLE ?? 300);
const seed = Number(process.env.SIMULATED_SEED ?? Math.floor(Math.random() * 1e9));
const whole = days > 60;

/** Hours in which people are asked are eight: a tick must not leave much of them out. */
const TICK_MINUTES = 120;
/** Most of them answer a few questions a year. */
const CHATS_A_MONTH = 0.2;

const open = createOpener("postgres");

test(
  `${days} days of ${people} people: nobody is asked twice, too often or at a bad hour (seed ${seed})`,
  async () => {
    const database = await open();
    const start = new Date("2026-11-02T00:00:00Z");
    const size = { people, days, start, chatsAMonth: CHATS_A_MONTH, tickMinutes: TICK_MINUTES };
    const { workspaceId, plan } = await buildTown(database, seed, size);
    const played = await play({
      ...plan,
      onDay: (day) => {
        if (whole && day % 10 === 0) console.error(`day ${day}`);
      },
    });
    const story = await readStory(database.db, workspaceId);
    if (whole) console.error(figuresOf(played, story));
    const circumstances = {
      holidays,
      timeZone: TIME_ZONE,
      perDay: { pulse: PULSE_A_DAY },
      end: played.end,
      tickMs: TICK_MINUTES * 60_000,
    };
    const broken = [
      ...brokenPromises(story, circumstances),
      ...(await badArrivals(database.db, workspaceId, played.platforms, holidays)),
    ];
    expect(withTheirLogs(broken, story)).toEqual([]);
    expect(story.told.filter(({ askedAt }) => askedAt !== null).length).toBeGreaterThan(days);
  },
  days * 60_000 + 600_000,
);

/** What happened, in numbers. */
function figuresOf({ events, ticks, instances, spent }: Played, { told, said }: Story): unknown {
  const states: Record<string, number> = {};
  for (const { kind, state } of told) {
    const name = `${kind} ${state}`;
    states[name] = (states[name] ?? 0) + 1;
  }
  const kills = instances.map((instance) => instance.kills);
  return { events, ticks, kills, candidates: told.length, decisions: said.length, states, spent };
}

/** What was decided about those that a broken promise names, so that it can be understood. */
function withTheirLogs(broken: readonly string[], { said }: Story): string[] {
  return broken.map((promise) => {
    const log = said
      .filter(({ invitationId }) => promise.includes(invitationId))
      .map(({ at, verdict, gate, reason }) => `${at.toISOString()} ${verdict} ${gate} ${reason}`);
    return [promise, ...log].join("\n    ");
  });
}
