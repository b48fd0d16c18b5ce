import { beforeAll, beforeEach, expect, test } from "vitest";
import type { Address } from "../../src/platform.ts";
import { ensureConnection } from "../../src/store/connections.ts";
import {
  findHold,
  forgetHolds,
  holdClosed,
  holdFor,
  holdRevoked,
  isRevoked,
  liftClosed,
} from "../../src/store/holds.ts";
import { describeEachDatabase, type TestDatabase } from "../support/database.ts";
import { insertConnection, insertWorkspace } from "../support/database-rows.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const start = new Date("2026-11-02T12:00:00Z");
const after = (ms: number) => new Date(start.getTime() + ms);

const direct: Address = { kind: "direct", userId: "U1" };
const other: Address = { kind: "direct", userId: "U2" };
const leads: Address = { kind: "leads" };
const channel: Address = { kind: "channel", channelId: "C1" };
const whisper: Address = { kind: "whisper", chatId: "C1:1", userId: "U1" };

describeEachDatabase("holds", (open) => {
  let database: TestDatabase;
  let workspaceId: number;
  let connectionId: string;

  beforeAll(async () => {
    database = await open();
  });
  beforeEach(async () => {
    workspaceId = await insertWorkspace(database.db);
    connectionId = await insertConnection(database.db, workspaceId);
  });

  const find = (place: Address, at = start) =>
    findHold(database.db, workspaceId, connectionId, place, at);
  const wait = (place: Address | "everywhere", ms: number, at = start) =>
    holdFor(database.db, workspaceId, connectionId, place, after(ms), at);
  const close = (place: Address, at = start) =>
    holdClosed(database.db, workspaceId, connectionId, place, "shut", at);

  test("a place that has to wait waits until then and not a moment longer; others do not", async () => {
    await wait(direct, 30_000);
    expect(await find(direct, after(29_999))).toMatchObject({ kind: "wait" });
    expect(await find(direct, after(30_000))).toBeUndefined();
    expect(await find(other)).toBeUndefined();
  });

  test("of two waits the longer counts, and one for the whole connection counts everywhere", async () => {
    await wait(direct, 60_000);
    await wait(direct, 10_000);
    expect((await find(direct))?.until).toBe(after(60_000).getTime());
    await wait("everywhere", 90_000);
    expect((await find(direct))?.until).toBe(after(90_000).getTime());
    expect((await find(leads))?.until).toBe(after(90_000).getTime());
  });

  test("F5 F14 a closed direct message is left alone for 30 days, a channel for one, a chat for an hour", async () => {
    for (const [place, time] of [
      [direct, 30 * DAY],
      [channel, DAY],
      [leads, DAY],
      [whisper, HOUR],
    ] as const) {
      await close(place);
      expect(await find(place, after(time - 1))).toMatchObject({ kind: "closed", reason: "shut" });
      expect(await find(place, after(time))).toBeUndefined();
    }
  });

  test("a wait does not shorten a closing, and what is over gives way to what is new", async () => {
    await close(whisper);
    await wait(whisper, 10 * MINUTE);
    expect(await find(whisper)).toMatchObject({ kind: "closed" });
    await wait(whisper, 2 * HOUR, after(HOUR));
    expect(await find(whisper, after(HOUR))).toMatchObject({ kind: "wait" });
  });

  test("F6 a refused key is news once, weighs more than any wait, and ends with the next good start", async () => {
    const revoke = () => holdRevoked(database.db, workspaceId, connectionId, start);
    expect(await revoke()).toBe(true);
    expect(await revoke()).toBe(false);
    await wait("everywhere", 30_000);
    await close(leads);
    await close(direct);
    expect(await find(direct, after(365 * DAY))).toMatchObject({ kind: "revoked" });
    const { platform, external_id } = await database.db
      .selectFrom("connections")
      .select(["platform", "external_id"])
      .where("id", "=", connectionId)
      .executeTakeFirstOrThrow();
    const ref = { platform, externalId: external_id };
    await ensureConnection(database.db, workspaceId, ref, "Acme");
    expect(await isRevoked(database.db, workspaceId, connectionId)).toBe(false);
    expect(await find(leads)).toBeUndefined();
    // Whoever closed their messages did not open them because we were started.
    expect(await find(direct)).toMatchObject({ kind: "closed" });
    expect(await revoke()).toBe(true);
  });

  test("an opened place is called again; an opened channel may be the leads'", async () => {
    for (const place of [direct, channel, leads]) await close(place);
    const lift = (place: Address) => liftClosed(database.db, workspaceId, connectionId, place);
    await lift(channel);
    expect(await find(channel)).toBeUndefined();
    expect(await find(leads)).toBeUndefined();
    expect(await find(direct)).toMatchObject({ kind: "closed" });
    await wait(channel, 30_000);
    await lift(channel);
    expect(await find(channel)).toMatchObject({ kind: "wait" });
  });

  test("what is over is forgotten, and nothing crosses a connection", async () => {
    await wait(direct, 30_000);
    await close(leads);
    const elsewhere = await insertConnection(database.db, workspaceId);
    expect(await findHold(database.db, workspaceId, elsewhere, leads, start)).toBeUndefined();
    await forgetHolds(database.db, after(HOUR));
    const kept = await database.db
      .selectFrom("holds")
      .select("kind")
      .where("workspace_id", "=", workspaceId)
      .execute();
    expect(kept).toEqual([{ kind: "closed" }]);
  });
});
