import { rmSync } from "node:fs";
import { expect, test } from "vitest";
import { crashPoints } from "../../src/engine.ts";
import { createLog } from "../../src/log.ts";
import { openEmbedded } from "../../src/store/embedded.ts";
import { createOpener, makeDataFolder } from "../support/database.ts";
import { runKills } from "./kills.ts";
import { planKills } from "./plan.ts";
import { expectNothingLostOrDoubled } from "./verdict.ts";

/**
 * A share of the campaign for every run: another point on each database each time. CAMPAIGN_KILLS=1000
 * CAMPAIGN_SEED=1 for the whole.
 */
const kills = Number(process.env.CAMPAIGN_KILLS ?? 1);
const seed = Number(process.env.CAMPAIGN_SEED ?? Math.floor(Math.random() * 1e9));
const patience = 60_000 + kills * 30_000;
const progress = (line: string) => {
  if (kills > crashPoints.length) console.error(line);
};

const openPostgres = createOpener("postgres");

test(
  `D1 D2 D3 S1 a kill at any point loses nothing and doubles nothing on PostgreSQL (${kills} kills, seed ${seed})`,
  async () => {
    const database = await openPostgres();
    const result = await runKills(database.databaseUrl ?? "", planKills(kills, seed), progress);
    expect(result.kills).toBe(kills);
    await expectNothingLostOrDoubled(database.db, result);
  },
  patience,
);

test(
  `D1 D2 D3 S1 a kill at any point loses nothing and doubles nothing on the embedded database (${kills} kills, seed ${seed})`,
  async () => {
    const dataFolder = makeDataFolder();
    try {
      const result = await runKills(dataFolder, planKills(kills, seed + kills), progress);
      expect(result.kills).toBe(kills);
      const database = await openEmbedded({ dataFolder, log: createLog("error") });
      try {
        await expectNothingLostOrDoubled(database.db, result);
      } finally {
        await database.close();
      }
    } finally {
      rmSync(dataFolder, { recursive: true, force: true });
    }
  },
  patience,
);
