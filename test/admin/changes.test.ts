import { beforeAll, expect, test } from "vitest";
import { outlineMessage as onDiscord } from "../../adapters/discord/outline.ts";
import { outlineMessage as onSlack } from "../../adapters/slack/outline.ts";
import type { Change } from "../../src/configuration/change.ts";
import type { Message } from "../../src/platform.ts";
import { keepAppliedSet, keepOpenSet } from "../../src/store/change-sets.ts";
import { scoreSurvey } from "../../src/surveys/parts.ts";
import { linesOf } from "../commands/summary-support.ts";
import { describeEitherDatabase, type TestDatabase } from "../support/database.ts";
import { tokenOf } from "../support/messenger.ts";
import { createWorld, robin, type World } from "../support/world.ts";

describeEitherDatabase("/aftertalk undo", (open) => {
  let database: TestDatabase;
  let world: World;
  beforeAll(async () => {
    database = await open();
    world = await createWorld(database);
  });

  const survey = (n: number, company: string): Change => ({
    ...{ kind: "survey", key: `survey-${n}`, trigger: "schedule", base: n === 0 ? null : 1 },
    definition: scoreSurvey("nps", { company, whyMiddle: "ask.nps.why.middle" }),
  });
  const titles = (card: Message) => linesOf(card).filter((line) => /survey-\d/u.test(line));

  test("what waits comes first, page by page, however much of it there is and however long it is", async () => {
    const { db } = database;
    const at = world.clock.now();
    const by = { by: "operator", at, origin: "file" } as const;
    const long = "Acme and Sons of Elsewhere ".repeat(10);
    const undo = [survey(0, "Acme")];
    await keepAppliedSet(db, world.workspaceId, { ...by, changes: [survey(0, long)], undo });
    for (const n of [1, 2, 3, 4, 5, 6])
      await keepOpenSet(db, world.workspaceId, "proposed", { ...by, changes: [survey(n, long)] });
    const reply = await world.types(robin, "aftertalk", "undo");
    if (reply.kind !== "message") throw new Error(reply.kind);
    const first = reply.message;
    expect(titles(first)).toHaveLength(5);
    for (const outline of [onSlack, onDiscord]) expect(outline(first).misfits).toEqual([]);
    const turned = await world.presses(robin, tokenOf(first, "Next"));
    if (turned.kind !== "update") throw new Error(turned.kind);
    const shown = [...titles(first), ...titles(turned.message)].join("\n");
    expect(shown.match(/survey-\d/gu)?.toSorted()).toEqual(
      [0, 1, 2, 3, 4, 5, 6].map((n) => `survey-${n}`),
    );
    expect(titles(turned.message).at(-1)).toContain("survey-0");
  });
});
