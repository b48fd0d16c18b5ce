import { sql } from "kysely";
import { beforeAll, expect, test } from "vitest";
import { describeEachDatabase, type TestDatabase } from "../support/database.ts";
import { insertInvitation, insertPerson, insertSurvey } from "../support/database-rows.ts";

describeEachDatabase("the database", (open) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await open();
  });

  test("takes rows", async () => {
    const { db, workspaceId } = database;
    const personId = await insertPerson(db, workspaceId);
    const surveyId = await insertSurvey(db, workspaceId);
    await insertInvitation(db, workspaceId, surveyId, { person_id: personId });
    const { rows } = await sql<{ n: number }>`select count(*) as n from invitations`.execute(db);
    expect(rows).toEqual([{ n: 1 }]);
  });
});
