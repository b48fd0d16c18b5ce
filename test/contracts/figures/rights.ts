/** Who sees how much, and what is told by itself: the rest of the contract of figures. */
import { expect, test } from "vitest";
import { textsFor } from "../../../src/locales/index.ts";
import { THEIR_TEAM } from "../../life/desks/office.ts";
import type { Opened } from "./asking.ts";
import { expectReadable, spaced } from "./readable.ts";

/** `teams`: whether the platform has somebody who leads one team alone. */
export function sharesOfFigures(opened: () => Opened, { teams }: { teams: boolean }): void {
  test("an agent sees figures of the chats that they handled, and nobody's words", async () => {
    const { agent } = opened().desk;
    const own = await agent.asks({ command: "nps", period: "90 days" });
    expectReadable(own, "en");
    expect(spaced(own.words)).toMatch(/agent nadia|agent kim/iu);
    expect(own.links).toEqual([]);
    const refused = await agent.asks({ command: "nps", period: "90 days", by: "agent" });
    expect(refused.words).toContain(textsFor("en").text("scope.own"));
    const feedback = await agent.asks({ command: "feedback", period: "week" });
    expect(feedback.words).toMatch(/support leads/u);
  });

  const ofTeams = teams ? [THEIR_TEAM] : [];
  test.each(ofTeams)("who leads team %s alone sees that team", async () => {
    const teamLead = opened().desk.teamLead ?? expect.unreachable("there is one");
    const own = await teamLead.asks({ command: "nps", period: "90 days", by: "agent" });
    expect(spaced(own.words)).toMatch(/^NPS · team Billing/u);
    expect(own.words).not.toMatch(/Priya|Yuki|Marek/u);
    for (const command of ["nps", "coverage"]) {
      const asked = { command, period: "90 days", filters: { team: "Technical" } };
      expect((await teamLead.asks(asked)).words).toMatch(/^You see team Billing/u);
    }
    expect((await teamLead.asks({ command: "churn", period: "month" })).words).toMatch(/^You see/u);
  });

  test("a customer is told whom to ask, and sees no figure", async () => {
    for (const command of ["nps", "cx", "coverage"]) {
      const { words } = await opened().desk.customer.asks({ command, period: "90 days" });
      expect(words).toMatch(/support leads/u);
      expect(words).not.toMatch(/95 %|range/u);
    }
  });

  test("a change beyond chance is told to the leads by itself", async () => {
    const { desk, office } = opened();
    await office.weekEnds();
    await desk.settled();
    const all = await desk.leads.en.sees("leads");
    const told = all.filter(({ words }) => words.startsWith("Beyond chance"));
    const seen = told[0] ?? expect.unreachable("nothing was told");
    expect(told).toHaveLength(1);
    expectReadable(seen, "en");
    expect(seen.words).toMatch(/NPS: down/u);
    expect(seen.words).toContain("tag outage");
    expect(seen.words).toMatch(/\/nps (?:period:)?2026-11-02\.\.2026-11-08/u);
    expect(desk.problems()).toEqual([]);
  });
}
