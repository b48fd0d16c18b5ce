/** Journeys, against what is written down beside each rating. */
import { expect, test } from "vitest";
import type { Period } from "../../src/metrics/period.ts";
import { metrics } from "../../src/metrics/registry.ts";
import { readJourneys } from "../../src/store/touchpoints.ts";
import { describeEachDatabase } from "../support/database.ts";
import { insertInvitation, insertPerson, insertSurvey } from "../support/database-rows.ts";

const at = (time: string) => new Date(`2026-11-${time}:00Z`);
const now = at("18T12:00");
const week: Period = {
  kind: "week",
  step: { days: 7 },
  start: at("16T00:00"),
  end: at("23T00:00"),
  timeZone: "UTC",
  running: true,
};

describeEachDatabase("journeys", (open) => {
  test("all ratings of whoever rated three touchpoints, in their order", async () => {
    const database = await open();
    const { workspaceId } = database;
    const person = (name: string, human_id: string | null = null) =>
      insertPerson(database.db, workspaceId, { name, human_id });
    const ada = await person("Ada");
    const survey = await insertSurvey(database.db, workspaceId, { metric: "csat", key: "csat" });
    const rate = async (
      person_id: string | null,
      touchpoint: string,
      score: number,
      time: string,
    ) => {
      const invitation_id = await insertInvitation(database.db, workspaceId, survey, {
        ...{ person_id, state: "answered", asked_at: at(time) },
      });
      await database.db
        .insertInto("answers")
        .values({
          ...{ workspace_id: workspaceId, invitation_id, question: "score", survey_id: survey },
          ...{ survey_version: 1, metric: "csat", score, scale_min: 1, scale_max: 5 },
          ...{ person_id, touchpoint, answered_at: at(time) },
        })
        .execute();
    };
    const elsewhere = await person("Ada elsewhere", ada);
    await rate(ada, "support chat", 4, "16T09:00");
    await rate(elsewhere, "delivery", 1, "16T10:00");
    await rate(ada, "support chat", 3, "16T11:00");
    await rate(ada, "invoice", 5, "17T09:00");
    const bo = await person("Bo");
    for (const hour of ["08", "09", "10"]) await rate(bo, "support chat", 5, `17T${hour}:00`);
    await rate(null, "invoice", 1, "17T09:00");
    const question = { workspaceId, metric: metrics.csat, period: week, now };
    expect(await readJourneys(database.db, question)).toEqual([{ ratings: [4, 1, 3, 5], n: 1 }]);
  });
});
