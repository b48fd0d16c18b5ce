import { beforeAll, beforeEach, expect, test } from "vitest";
import { parsePeriod } from "../../src/metrics/period-text.ts";
import { metrics } from "../../src/metrics/registry.ts";
import { changeConsent } from "../../src/people/consent.ts";
import { mergeHumans } from "../../src/people/merge.ts";
import { readCandidates } from "../../src/store/candidates.ts";
import { newId } from "../../src/store/ids.ts";
import { sameHuman } from "../../src/store/same-human.ts";
import type { NewRow } from "../../src/store/schema.ts";
import { readFacts } from "../../src/store/summaries.ts";
import { describeEitherDatabase, type TestDatabase } from "../support/database.ts";
import {
  insertInvitation,
  insertPerson,
  insertSurvey,
  insertWorkspace,
} from "../support/database-rows.ts";
import { at, linkByHand, minutes, peopleRows, takeBack } from "./support.ts";

const DAY = 24 * 60;
const soon = minutes(3 * DAY);
const later = minutes(9 * DAY);

describeEitherDatabase("linking people", (open) => {
  let database: TestDatabase;
  let workspaceId: number;
  beforeAll(async () => {
    database = await open();
  });
  beforeEach(async () => {
    workspaceId = await insertWorkspace(database.db);
  });

  const insert = (name: string, values: Partial<NewRow<"people">> = {}) =>
    insertPerson(database.db, workspaceId, { name, ...values });
  const link = (kept: string, absorbed: string, now?: Date) =>
    linkByHand(database, workspaceId, kept, absorbed, now && { now });
  const rows = () => peopleRows(database, workspaceId);
  const says = (personId: string, consent: "open" | "never" | "paused", now: Date) =>
    at(database, now, (work) => changeConsent(work, workspaceId, { id: personId }, consent, later));

  test("which of the two is named first makes no difference", async () => {
    const other = await insertWorkspace(database.db);
    const ids: Record<string, string> = { a: newId(), b: newId(), c: newId() };
    // The same people once more in a workspace of their own, linked the other way round.
    for (const workspace of [workspaceId, other]) {
      for (const [name, id] of Object.entries(ids)) {
        const consent = name === "b" ? { consent: "never" as const } : {};
        await insertPerson(database.db, workspace, { id, name, ...consent });
      }
    }
    const [a = "", b = "", c = ""] = Object.values(ids);
    await linkByHand(database, workspaceId, a, b);
    await linkByHand(database, workspaceId, b, c);
    await linkByHand(database, other, c, b);
    await linkByHand(database, other, b, a);
    const comparable = async (workspace: number) =>
      (await peopleRows(database, workspace)).map(
        ({ workspace_id: _, created_at: __, ...row }) => row,
      );
    const forth = await comparable(workspaceId);
    expect(forth.map((row) => [row.human_id, row.consent])).toEqual([
      [null, "never"],
      [a, "never"],
      [a, "never"],
    ]);
    expect(await comparable(other)).toEqual(forth);
  });

  test("the stricter wish holds for both, of two pauses the longer one", async () => {
    const paused = await insert("a", { consent: "paused", paused_until: soon });
    const longer = await insert("b", { consent: "paused", paused_until: later });
    const open = await insert("c");
    const never = await insert("d", { consent: "never" });
    await link(paused, longer);
    await link(open, longer);
    const wishes = async () => (await rows()).map((row) => [row.consent, row.paused_until]);
    expect((await wishes()).slice(0, 3)).toEqual([1, 2, 3].map(() => ["paused", later]));
    await link(never, open);
    expect(await wishes()).toEqual([1, 2, 3, 4].map(() => ["never", null]));
  });

  test("taken back, the rows are as they were before", async () => {
    const accountId = newId();
    await database.db
      .insertInto("accounts")
      .values({ workspace_id: workspaceId, id: accountId, external_id: "acme", name: "Acme" })
      .execute();
    const a = await insert("a", { account_id: accountId, account_role: "buyer" });
    const b = await insert("b", { consent: "paused", paused_until: soon });
    const before = await rows();
    for (const [kept, absorbed] of [
      [a, b],
      [b, a],
    ] as const) {
      const mergeId = await link(kept, absorbed);
      expect((await rows()).map((row) => row.account_id)).toEqual([accountId, accountId]);
      expect(await takeBack(database, workspaceId, mergeId)).toMatchObject({
        kind: "unmerged",
        humans: [a, b],
        moved: [b],
      });
      expect(await rows()).toEqual(before);
      expect(await takeBack(database, workspaceId, mergeId)).toEqual({ kind: "undone-already" });
    }
  });

  test("who says it again after a link has said it, also when the link is taken back", async () => {
    const a = await insert("a");
    const b = await insert("b", { consent: "never" });
    const first = await link(a, b, minutes(0));
    await says(a, "never", minutes(5));
    await takeBack(database, workspaceId, first);
    expect((await rows()).map((row) => row.consent)).toEqual(["never", "never"]);
    await says(a, "open", minutes(70));
    expect((await rows()).map((row) => row.consent)).toEqual(["open", "never"]);
  });

  test("of a chain of three any link can be taken back", async () => {
    const [a, b, c] = [
      await insert("a"),
      await insert("b", { consent: "never" }),
      await insert("c"),
    ];
    const before = await rows();
    const ab = await link(a, b, minutes(0));
    const bc = await link(b, c, minutes(1));
    expect(await sameHuman(database.db, workspaceId, c)).toEqual([a, b, c]);

    await takeBack(database, workspaceId, ab);
    expect(await sameHuman(database.db, workspaceId, a)).toEqual([a]);
    expect(await sameHuman(database.db, workspaceId, c)).toEqual([b, c]);
    expect((await rows()).map((row) => row.consent)).toEqual(["open", "never", "never"]);
    await takeBack(database, workspaceId, bc);
    expect(await rows()).toEqual(before);
  });

  test("who was asked in one place was asked in all of them, until the link is taken back", async () => {
    const { db } = database;
    const [a, b] = [await insert("a"), await insert("b")];
    const surveyId = await insertSurvey(db, workspaceId);
    const asked_at = minutes(-30);
    await insertInvitation(db, workspaceId, surveyId, { person_id: a, state: "asked", asked_at });
    const last = async (personId: string) => {
      const subject = { personId, kind: "chat" } as const;
      const [candidate] = await readCandidates(db, workspaceId, [subject], asked_at);
      return candidate?.before.cappedAt;
    };
    expect(await last(b)).toBeNull();
    const mergeId = await link(b, a);
    expect(await last(b)).toBe(asked_at.getTime());
    await takeBack(database, workspaceId, mergeId);
    expect(await last(b)).toBeNull();
  });

  test("NPS counts the latest answer of the two; what came in since stays with who gave it", async () => {
    const { db } = database;
    const [a, b] = [await insert("a"), await insert("b")];
    const surveyId = await insertSurvey(db, workspaceId);
    const answer = async (personId: string, score: number, answered_at: Date) => {
      const given = { person_id: personId, answered_at };
      const id = await insertInvitation(db, workspaceId, surveyId, { state: "answered", ...given });
      const refs = { workspace_id: workspaceId, invitation_id: id, survey_id: surveyId };
      const scored = { metric: "nps", score, scale_min: 0, scale_max: 10 } as const;
      await db
        .insertInto("answers")
        .values({ ...refs, survey_version: 1, question: "score", ...scored, ...given })
        .execute();
    };
    const counted = async () => {
      const now = minutes(DAY);
      const period = parsePeriod("all", { now, timeZone: "UTC" });
      if (!period.ok) throw new Error("a period");
      const periods = [period.period];
      const [facts] = await readFacts(db, { workspaceId, metric: metrics.nps, periods, now });
      return (facts?.histogram ?? []).flatMap((n, score) => Array<number>(n).fill(score));
    };
    await answer(a, 3, minutes(-20));
    await answer(b, 9, minutes(-10));
    expect(await counted()).toEqual([3, 9]);
    const mergeId = await link(a, b);
    expect(await counted()).toEqual([9]);
    await answer(a, 6, minutes(10));
    expect(await counted()).toEqual([6]);
    await takeBack(database, workspaceId, mergeId);
    expect(await counted()).toEqual([6, 9]);
  });

  test("is in the audit log, made once, and of nobody whom the workspace does not have", async () => {
    const [a, b] = [await insert("a"), await insert("b")];
    const mergeId = await link(a, b);
    const again = await at(database, minutes(1), (work) =>
      mergeHumans(work, workspaceId, { kept: b, absorbed: a, how: "link", actor: "operator" }),
    );
    expect(again).toEqual({ kind: "same-human", humanId: a });
    await takeBack(database, workspaceId, mergeId);
    const audited = await database.db
      .selectFrom("audit")
      .select(["actor", "action", "target", "details"])
      .where("workspace_id", "=", workspaceId)
      .execute();
    expect(audited).toEqual([
      { actor: "operator", action: "person.merged", target: a, details: { mergeId, how: "link" } },
      { actor: "operator", action: "person.unmerged", target: a, details: { mergeId } },
    ]);
    const foreign = await insertPerson(database.db, await insertWorkspace(database.db));
    await expect(link(a, foreign)).rejects.toMatchObject({ code: "not-found" });
    await expect(takeBack(database, workspaceId, newId())).rejects.toMatchObject({
      code: "not-found",
    });
  });

  test("links of the same people at the same instant leave one human", async () => {
    const people = await Promise.all(["a", "b", "c", "d"].map((name) => insert(name)));
    const [a = "", b = "", c = "", d = ""] = people;
    await Promise.all([link(a, b), link(d, c), link(c, b)]);
    expect(await sameHuman(database.db, workspaceId, d)).toEqual([...people].sort());
    const humans = new Set((await rows()).map((row) => row.human_id ?? row.id));
    expect([...humans]).toEqual([[...people].sort()[0]]);
  });
});
