import { expect, test } from "vitest";
import { createOpener } from "../support/database.ts";
import { badArrivals } from "./arrived.ts";
import { spent } from "./chores.ts";
import { play } from "./run.ts";
import { buildTown, holidays, PULSE_A_DAY, TIME_ZONE } from "./town.ts";
import { brokenPromises, readStory, type Said } from "./verdict.ts";

/** A month for every run; SIMULATED_DAYS=365 SIMULATED_SEED=1 for a year. */
const days = Number(process.env.SIMULATED_DAYS ?? 30);
const people = Number(process.env.SIMULATED_PEOPLE ?? 2000);
const seed = Number(process.env.SIMULATED_SEED ?? Math.floor(Math.random() * 1e9));

const open = createOpener("postgres");

test(
  `${days} days of ${people} people: nobody is asked twice, too often or at a bad hour (seed ${seed})`,
  async () => {
    const database = await open();
    const start = new Date("2026-11-02T00:00:00Z");
    const size = { people, days, start, chatsAMonth: 0.2, tickMinutes: 30 };
    const { workspaceId, plan } = await buildTown(database, seed, size);
    const started = performance.now();
    const played = await play({
      ...plan,
      onDay: (day) => {
        if (days > 40 && day % 10 === 0) console.error(`day ${day}`);
      },
    });
    const story = await readStory(database.db, workspaceId);
    const states: Record<string, number> = {};
    for (const { kind, state } of story.told)
      states[`${kind} ${state}`] = (states[`${kind} ${state}`] ?? 0) + 1;
    console.error(
      played.events,
      played.ticks,
      played.instances.map((i) => i.kills),
      story.said.length,
      states,
      Math.round(performance.now() - started),
      spent,
    );
    const circumstances = {
      holidays,
      timeZone: TIME_ZONE,
      perDay: { pulse: PULSE_A_DAY },
      end: played.end,
      tickMs: size.tickMinutes * 60_000,
    };
    const broken = [
      ...brokenPromises(story, circumstances),
      ...(await badArrivals(database.db, workspaceId, played.platforms, holidays)),
    ];
    expect(withTheirLogs(broken, story)).toEqual([]);
  },
  days * 60_000 + 600_000,
);

/** What was decided about those that a broken promise names, so that it can be understood. */
function withTheirLogs(broken: readonly string[], { said }: { said: readonly Said[] }): string[] {
  return broken.map((promise) => {
    const log = said
      .filter(({ invitationId }) => promise.includes(invitationId))
      .map(({ at, verdict, gate, reason }) => `${at.toISOString()} ${verdict} ${gate} ${reason}`);
    return [promise, ...log].join("\n    ");
  });
}
