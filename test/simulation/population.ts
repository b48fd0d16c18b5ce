/** Who lives in a simulated workspace: people on one or both platforms, in eight time zones. */

import { sql } from "kysely";
import type { PlatformUser } from "../../src/platform.ts";
import { newId } from "../../src/store/ids.ts";
import type { Db } from "../../src/store/schema.ts";
import type { Dice } from "../support/random.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/** Eight zones: half hours, both hemispheres, one without summer time. */
const zones = [
  "America/Los_Angeles",
  "America/New_York",
  "America/Santiago",
  "Europe/London",
  "Europe/Berlin",
  "Asia/Kolkata",
  "Asia/Shanghai",
  "Australia/Sydney",
] as const;

const languages = ["en", "zh-Hans", "zh-Hant", "ru"] as const;

/** How somebody is, for the whole year. */
export interface Human {
  readonly number: number;
  /** Their rows of people, by platform. */
  readonly users: readonly { readonly platform: string; readonly user: PlatformUser }[];
  readonly timeZone: string;
  /** Chats a month. */
  readonly chatty: number;
  /** Probability that they react to a question at all. */
  readonly responsive: number;
  /** Mean of how long it takes them, in milliseconds. */
  readonly slowness: number;
  /** 0 to 1: where their scores lie. */
  readonly mood: number;
  readonly joinedAt: Date;
}

/** Draws them. `chatsAMonth`: the mean; few people bring most chats. */
export function drawHumans(
  dice: Dice,
  options: {
    people: number;
    platforms: readonly [string, string];
    start: Date;
    days: number;
    chatsAMonth: number;
  },
): Human[] {
  const { people, platforms, start, days, chatsAMonth } = options;
  return Array.from({ length: people }, (_, number) => {
    const timeZone = dice.pick(zones);
    const where = dice.number();
    const on = where < 0.6 ? [platforms[0]] : where < 0.9 ? [platforms[1]] : platforms;
    const locale = dice.pick(languages);
    // One address on both platforms: the service finds out that they are one human.
    const email = `person-${number}@customers.example`;
    const ago = dice.chance(0.75) ? -dice.number() * 900 * DAY_MS : dice.number() * days * DAY_MS;
    return {
      number,
      timeZone,
      users: on.map((platform) => ({
        platform,
        user: {
          externalId: `${platform}-${number}`,
          name: `Person ${number}`,
          role: "customer",
          locale,
          timeZone,
          email,
        },
      })),
      chatty: dice.wait(chatsAMonth),
      responsive: 0.1 + 0.7 * dice.number(),
      slowness: dice.wait(20 * 60 * 60 * 1000),
      mood: dice.number(),
      joinedAt: new Date(start.getTime() + ago),
    };
  });
}

/** As an import brings them: with identities, zones, and the day on which they joined. */
export async function settlePeople(
  db: Db,
  workspaceId: number,
  humans: readonly Human[],
  connections: ReadonlyMap<string, string>,
): Promise<void> {
  const rows = humans.flatMap((human) => {
    const first = newId();
    return human.users.map(({ platform, user }, index) => ({
      platform,
      user,
      human,
      id: index === 0 ? first : newId(),
      human_id: index === 0 ? null : first,
    }));
  });
  for (let from = 0; from < rows.length; from += 500) {
    const batch = rows.slice(from, from + 500);
    await db
      .insertInto("people")
      .values(
        batch.map(({ id, human_id, user, human }) => ({
          workspace_id: workspaceId,
          id,
          human_id,
          name: user.name ?? "",
          email: user.email ?? null,
          email_verified: true,
          locale: user.locale ?? null,
          time_zone: human.timeZone,
          joined_at: human.joinedAt,
          created_at: human.joinedAt,
        })),
      )
      .execute();
    await db
      .insertInto("identities")
      .values(
        batch.map(({ id, platform, user }) => ({
          workspace_id: workspaceId,
          connection_id: connections.get(platform) ?? "",
          external_id: user.externalId,
          person_id: id,
        })),
      )
      .execute();
  }
  // As after an import: the planner knows how many there are.
  await sql`analyze people, identities`.execute(db);
}
