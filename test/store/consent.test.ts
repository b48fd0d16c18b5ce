import { beforeAll, expect, test } from "vitest";
import type { Work } from "../../src/engine.ts";
import { meetPerson } from "../../src/people/meet.ts";
import type { PlatformUser } from "../../src/platform.ts";
import { readCandidates } from "../../src/store/candidates.ts";
import { setConsent } from "../../src/store/consent.ts";
import { inTransaction } from "../../src/store/transaction.ts";
import { describeEachDatabase, type TestDatabase } from "../support/database.ts";
import {
  insertConnection,
  insertInvitation,
  insertSurvey,
  insertWorkspace,
} from "../support/database-rows.ts";
import { dana } from "../support/world.ts";

const until = new Date("2026-12-02T12:00:00Z");

describeEachDatabase("consent", (open) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await open();
  });

  const meet = (workspaceId: number, connectionId: string, user: PlatformUser) =>
    inTransaction(database.db, (transaction) => {
      const work: Work = { transaction, now: new Date(), wake: new Set() };
      return meetPerson(work, workspaceId, connectionId, user);
    });

  /** A workspace with these platforms; Dana is met on each connection, in their order. */
  async function meets(workspaceId: number, ...platforms: readonly string[]) {
    const { db } = database;
    const connections: string[] = [];
    for (const platform of platforms)
      connections.push(await insertConnection(db, workspaceId, { platform }));
    const look = () => Promise.all(connections.map((each) => meet(workspaceId, each, dana)));
    return { connections, look };
  }
  const newWorkspace = () => insertWorkspace(database.db);
  const consents = (people: readonly { readonly consent: string }[]) =>
    people.map(({ consent }) => consent);

  test("who is met in two servers says it once; nobody else's and no other workspace's changes", async () => {
    const [workspaceId, foreignId] = [await newWorkspace(), await newWorkspace()];
    const { look } = await meets(workspaceId, "discord", "discord", "slack");
    const foreign = await meets(foreignId, "discord");
    const [here, there] = await look();
    await foreign.look();
    expect(here?.id).not.toBe(there?.id);

    await setConsent(database.db, workspaceId, here?.id ?? "", "never");
    expect(consents(await look())).toEqual(["never", "never", "open"]);
    expect(consents(await foreign.look())).toEqual(["open"]);

    await setConsent(database.db, workspaceId, there?.id ?? "", "paused", until);
    expect(consents(await look())).toEqual(["never", "never", "open"]);
    await setConsent(database.db, workspaceId, there?.id ?? "", "open");
    await setConsent(database.db, workspaceId, there?.id ?? "", "paused", until);
    const pauses = (await look()).map(({ pausedUntil }) => pausedUntil);
    expect(pauses).toEqual([until.getTime(), until.getTime(), null]);
  });

  test("who was asked in one server counts as asked in the other one, and nobody else does", async () => {
    const { db } = database;
    const workspaceId = await newWorkspace();
    const { look } = await meets(workspaceId, "discord", "discord", "slack");
    const [here, there, elsewhere] = await look();
    const surveyId = await insertSurvey(db, workspaceId);
    const asked_at = new Date("2026-11-02T12:00:00Z");
    const values = { person_id: here?.id ?? "", state: "asked", asked_at } as const;
    await insertInvitation(db, workspaceId, surveyId, values);
    const last = async (personId = "") => {
      const subject = { personId, kind: "chat" } as const;
      const [candidate] = await readCandidates(db, workspaceId, [subject], asked_at);
      return candidate?.before.cappedAt;
    };
    expect(await last(there?.id)).toBe(asked_at.getTime());
    expect(await last(elsewhere?.id)).toBeNull();
  });

  test("who comes to another server later need not say it again", async () => {
    const { db } = database;
    const workspaceId = await newWorkspace();
    const { connections, look } = await meets(workspaceId, "discord", "discord", "slack");
    const [first = "", second = ""] = connections;
    const { id } = await meet(workspaceId, first, dana);
    await setConsent(db, workspaceId, id, "never");
    const stranger = { ...dana, externalId: "U-otto", name: "Otto" };
    expect((await meet(workspaceId, second, stranger)).consent).toBe("open");
    expect(consents(await look())).toEqual(["never", "never", "open"]);
  });
});
