import { beforeAll, beforeEach, expect, test } from "vitest";
import { caseToken } from "../../src/cases/card-buttons.ts";
import { newId } from "../../src/store/ids.ts";
import { createTokens } from "../../src/surveys/tokens.ts";
import { describeEitherDatabase, type TestDatabase } from "../support/database.ts";
import { tokenOf } from "../support/messenger.ts";
import { createWorld, dana, kim, type World } from "../support/world.ts";
import { alex, card, eventsOf, fill, lastTo, lou, openCaseOf, said, scores } from "./support.ts";

const forTheTeam = [
  ...["claim", "take", "reply", "reply-sent", "snooze", "snooze-sent"],
  ...["escalate", "close", "close-sent", "reopen", "card"],
];
const forTheCustomer = ["show", "answer", "answer-sent"];
const filledIn = { text: "words", reason: "solved", note: "a note", days: "3" };

describeEitherDatabase("who may do what with a case", (open) => {
  let database: TestDatabase;
  let world: World;

  beforeAll(async () => {
    database = await open();
  });
  beforeEach(async () => {
    world = await createWorld(database);
    await scores(world, "3");
  });

  const token = (caseId: string, value: string, workspaceId = world.workspaceId) =>
    caseToken(world.engine.tokens, workspaceId, caseId, value);

  test("T10 neither a customer, nor an agent, nor a lead who is none any more does anything", async () => {
    const { id } = await openCaseOf(world);
    // Yesterday's lead, whose role the platform tells with each press.
    await world.presses(lou, token(id, "card"));
    const demoted = { ...lou, role: "agent" as const };
    for (const by of [dana, kim, demoted, { ...kim, role: "viewer" as const }]) {
      for (const value of forTheTeam) {
        const reply = await world.presses(by, token(id, value), undefined, filledIn);
        expect(said(reply), value).toContain("Only support leads and admins");
      }
    }
    await world.settle();
    expect(await eventsOf(world)).toEqual(["opened"]);
    expect(await openCaseOf(world)).toMatchObject({ state: "open", ownerId: null });
  });

  test("T2 what only the customer may is refused to everybody else, leads included", async () => {
    await fill(world, alex, "Reply", { text: "Between us" });
    const { id } = await openCaseOf(world);
    const answer = tokenOf(lastTo(world, dana), "Answer");
    const eve = { ...dana, externalId: "U-eve", name: "Eve" };
    for (const by of [eve, kim, lou]) {
      for (const each of [answer, ...forTheCustomer.map((value) => token(id, value))]) {
        const reply = await world.presses(by, each, undefined, filledIn);
        expect(said(reply)).toContain("for somebody else");
        expect(said(reply)).not.toContain("Between us");
      }
    }
    expect(await eventsOf(world)).toEqual(["opened", "replied"]);
  });

  test("T1 T2 a case of another workspace, an unknown one and a forged button look the same", async () => {
    const other = await createWorld(database);
    await scores(other, "2");
    const theirs = await openCaseOf(other);
    const forger = createTokens("another secret of thirty-two characters");
    for (const value of [...forTheTeam, ...forTheCustomer, "anything", "constructor"]) {
      const tokens = [
        tokenOf(card(other), "Claim"),
        token(theirs.id, value, other.workspaceId),
        token(theirs.id, value),
        token(newId(), value),
        caseToken(forger, world.workspaceId, (await openCaseOf(world)).id, value),
      ];
      for (const each of tokens) {
        const text = said(await world.presses(alex, each, undefined, filledIn));
        expect(text, value).toMatch(
          /nothing was changed|Nothing was changed|nothing here any more/,
        );
      }
    }
    await world.settle();
    await other.settle();
    expect(await eventsOf(other)).toEqual(["opened"]);
    expect(await eventsOf(world)).toEqual(["opened"]);
  });

  test("a form that comes back without what was asked for changes nothing", async () => {
    const { id } = await openCaseOf(world);
    const wrong: [string, Record<string, string>][] = [
      ["close-sent", { reason: "forgotten" }],
      ["close-sent", {}],
      ["snooze-sent", { days: "100000" }],
      ["reply-sent", { text: "" }],
      ["reply-sent", { text: "x".repeat(4001) }],
    ];
    for (const [value, values] of wrong) {
      expect(said(await world.presses(alex, token(id, value), undefined, values))).not.toBe("");
    }
    expect(await eventsOf(world)).toEqual(["opened"]);
  });
});
