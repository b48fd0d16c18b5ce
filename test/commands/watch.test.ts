/** /cx, /coverage and /drivers as they are typed, and who sees what of them and of the others. */
import { beforeAll, expect, test } from "vitest";
import { parsePeriod } from "../../src/metrics/period-text.ts";
import { metrics } from "../../src/metrics/registry.ts";
import type { Message, PlatformUser } from "../../src/platform.ts";
import { readHandlingFacts } from "../../src/store/attribution.ts";
import { readTeamsOfHuman, setTeamsOfHuman } from "../../src/store/people-teams.ts";
import { describeEitherDatabase, type TestDatabase } from "../support/database.ts";
import { expectShownWhole } from "../support/every-platform.ts";
import { wordsOf } from "../support/messenger.ts";
import { chatRef, kim, robin } from "../support/world.ts";
import { buttonsOf, createReading, type Reading, updateOf } from "./reading-support.ts";
import { linesOf, plain } from "./summary-support.ts";

const lea: PlatformUser = { externalId: "U-lea", name: "Lea", role: "lead", locale: "en" };
const HOUR = 3_600_000;
const leads = { kind: "leads" } as const;

describeEitherDatabase("figures by who may see them", (open) => {
  let database: TestDatabase;
  let reading: Reading;
  let period: Parameters<typeof readHandlingFacts>[1]["periods"][number];

  beforeAll(async () => {
    database = await open();
    reading = await createReading(database);
    const { world } = reading;
    await reading.types(kim, "aftertalk", "home"); // Kim is met
    const kimId = await reading.personOf(kim);
    const lee = await reading.person("Lee", { role: "agent" });
    const bot = await reading.person("Bot", { role: "agent", bot: true });
    for (let i = 0; i < 36; i += 1) {
      // Billing is Lee's and has much to say sorry for; Technical is Kim's, half of it with a bot.
      await chatWith({ i, team: "Billing", handlers: [lee], score: i % 7, tags: ["refund"] });
      const both = i % 2 === 0 ? [kimId] : [kimId, bot];
      await chatWith({ i, team: "Technical", handlers: both, score: 9, tags: [] });
    }
    const parsed = parsePeriod("week", { now: world.clock.now(), timeZone: "UTC" });
    if (!parsed.ok) throw new Error(parsed.problem);
    period = parsed.period;
    await reading.types(lea, "nps", "week"); // Lea is met
  });

  /** A closed chat whose customer answered. */
  async function chatWith(given: {
    readonly i: number;
    readonly team: string;
    readonly handlers: readonly string[];
    readonly score: number;
    readonly tags: string[];
  }): Promise<void> {
    const { i, team, handlers, score, tags } = given;
    const { db } = database;
    const workspace_id = reading.world.workspaceId;
    const person = await reading.person(`Dana ${i}`);
    const at = reading.ago((2 + i) * 60_000);
    const chat = await reading.chat(`${team}-${i}`, team);
    await db
      .updateTable("chats")
      .set({
        ...{ customer_id: person, state: "closed", close_reason: "solved", closings: 1, tags },
        ...{ closed_at: at, customer_messages: 3, first_customer_at: at },
        first_replied_at: new Date(at.getTime() + i * 1000),
      })
      .where("workspace_id", "=", workspace_id)
      .where("id", "=", chat)
      .execute();
    const text = i < 2 ? { text: `words of ${i}` } : {};
    await reading.answer("nps", { score, at, person, chat, team, ...text });
    await db
      .updateTable("answers")
      .set({ closing: 1, tags })
      .where("workspace_id", "=", workspace_id)
      .where("chat_id", "=", chat)
      .execute();
    for (const person_id of handlers)
      await db
        .insertInto("handlers")
        .values({ workspace_id, chat_id: chat, closing: 1, person_id, messages: 2 })
        .execute();
  }

  const leadOf = async (...teams: string[]) => {
    const personId = await reading.personOf(lea);
    const at = reading.world.clock.now();
    const { workspaceId } = reading.world;
    await setTeamsOfHuman(database.db, workspaceId, { personId, teams }, { actor: "operator", at });
  };
  const textOf = (message: Message) => linesOf(message).map(plain).join("\n");
  const types = async (from: PlatformUser, name: string, text = "") =>
    plain(wordsOf(await reading.types(from, name, text)));

  test("an agent sees the chats that they handled: no words, no names, nothing of others", async () => {
    const own = await types(kim, "nps", "week");
    expect(own).toContain("agent Kim");
    expect(own).toContain("36 answers");
    expect(own).not.toContain("words of");
    expect(own).not.toContain("Dana");
    // Which companies are customers cannot be found out by trying names: there are none here.
    for (const text of [
      ...["week agent:Lee", "week by agent", "week by account"],
      ...["week account:Acme", "week by account account:A"],
    ])
      expect(await types(kim, "aftertalk", `nps ${text}`)).toContain(
        "You see the figures of the chats that you handled yourself.",
      );
    for (const name of ["feedback", "coverage", "drivers"])
      expect(await types(kim, "aftertalk", name)).toContain("leads");
    expect(buttonsOf(await reading.types(kim, "nps", "week", { place: leads }))).toEqual([]);
  });

  test("a lead sees their teams, and what is outside of them is refused in words", async () => {
    await leadOf("Billing");
    const own = await types(lea, "nps", "week");
    expect(own).toContain("team Billing");
    expect(own).toContain("36 answers");
    for (const text of ["week team:Technical", "week team:billing team:Technical"])
      expect(await types(lea, "nps", text)).toContain("You see team Billing.");
    for (const text of ["silent month", "churn"])
      expect(await types(lea, "aftertalk", text)).toContain("You see team Billing.");
    const home = await types(lea, "aftertalk", "home");
    expect(home).toContain("team Billing");
    expect(home).toContain("36 answers");
    const coverage = await types(lea, "aftertalk", "coverage week");
    expect(coverage).toContain("Lee");
    expect(coverage).not.toContain("Kim");
    await leadOf();
    expect(await types(lea, "nps", "week team:Technical")).toContain("36 answers");
  });

  test("an old button shows what its presser may see when it is pressed", async () => {
    await leadOf();
    const [share] = buttonsOf(
      await reading.types(lea, "nps", "week team:Technical", { place: leads }),
    );
    const token = share?.token ?? expect.unreachable("nothing to share");
    const shared = () =>
      reading.world.messenger.sent.filter(({ message }) => wordsOf(message).includes("Shared by"));
    await leadOf("Billing");
    const refused = await reading.presses(lea, token, { place: leads });
    expect(refused.kind).toBe("message");
    await reading.presses(kim, token, { place: leads });
    await reading.world.settle();
    expect(shared()).toEqual([]);
    await leadOf();
    expect(textOf(updateOf(await reading.presses(lea, token, { place: leads })))).toContain(
      "team Technical",
    );
  });

  test("the answers of one chat are shown only to a lead of its team", async () => {
    const { world } = reading;
    await world.says(kim, chatRef("C-own"), "Hello"); // of team Billing
    await leadOf("Technical");
    const reply = await world.wants(lea, "scores", chatRef("C-own"));
    expect(JSON.stringify(reply)).toContain("You see team Technical.");
    await leadOf("billing"); // however it is spelled
    expect(JSON.stringify(await world.wants(lea, "scores", chatRef("C-own")))).not.toContain(
      "You see",
    );
    await leadOf();
  });

  test("teams hold for a human on whichever row they are met", async () => {
    const { db } = database;
    const { workspaceId, clock } = reading.world;
    const one = await reading.person("Max", { role: "lead" });
    const other = await reading.person("Max T.", { role: "lead", human_id: one });
    const by = { actor: "operator", at: clock.now() };
    await setTeamsOfHuman(db, workspaceId, { personId: other, teams: ["Billing"] }, by);
    expect(await readTeamsOfHuman(db, workspaceId, one)).toMatchObject({ teams: ["Billing"] });
    // A row that turns out to be them later does not widen it.
    await reading.person("Maxi", { role: "lead", human_id: one });
    expect((await readTeamsOfHuman(db, workspaceId, one)).people).toHaveLength(3);
    expect((await readTeamsOfHuman(db, workspaceId, one)).teams).toEqual(["Billing"]);
  });

  test("/coverage says of each team and agent what became of their chats", async () => {
    const card = textOf(await reading.types(robin, "aftertalk", "coverage week"));
    expect(card).toContain("72 of 72 (100%, 95 % range 95% to 100%)");
    expect(card).toContain("By team");
    expect(card).toMatch(/Kim: 36 of 36/);
    expect(card.split("\n")[0]).toContain("so far");
    // One team's questions are taken back: it is outside of what chance explains.
    const { db } = database;
    const chats = db
      .selectFrom("chats")
      .select("id")
      .where("workspace_id", "=", reading.world.workspaceId)
      .where("team", "=", "Billing");
    await db
      .updateTable("chats")
      .set({ close_reason: "spam" })
      .where("workspace_id", "=", reading.world.workspaceId)
      .where("id", "in", chats.where("customer_messages", "=", 3).limit(12))
      .execute();
    const after = textOf(await reading.types(robin, "aftertalk", "coverage week by team"));
    expect(after).toContain("Marked as spam or deleted after a real talk: 12");
    expect(after).toContain("Billing is outside of what chance explains: more marked as spam");
    expect(after).not.toContain("Technical is outside");
    // The same of whoever had the chats: Lee's are Billing's.
    const agents = textOf(await reading.types(robin, "aftertalk", "coverage week by agent"));
    expect(agents).toMatch(/Lee: ⚠ 24 of 24 .*\nPast the question: spam 12\n/);
    expect(agents).toMatch(/Kim: 36 of 36 [^\n]*\n(?!Past)/);
    expect(textOf(await reading.types(robin, "aftertalk", "coverage 2020"))).toContain(
      "no closed chats",
    );
  });

  test("/drivers says what goes together with the score, and never why", async () => {
    const card = textOf(await reading.types(robin, "aftertalk", "drivers week"));
    expect(card).toContain("What goes together with NPS");
    expect(card).toMatch(/Tag refund: lower scores: −0\.\d\d \(95 % range −\d/);
    expect(card).toMatch(/A longer wait for the first reply: no clear connection/);
    expect(card).toContain("That does not mean that it is the reason.");
    expect(textOf(await reading.types(robin, "aftertalk", "drivers csat"))).toContain(
      "No answers yet",
    );
  });

  test("/cx has every metric with what belongs beside it, and bots apart from people", async () => {
    const message = await reading.types(robin, "aftertalk", "cx week", { pictures: false });
    expectShownWhole(message);
    const card = textOf(message);
    for (const words of ["All metrics", "NPS ", "Coverage: ", "First reply: ", "Cases: 0 open"])
      expect(card).toContain(words);
    expect(card).toContain("By people alone: ");
    expect(card).toMatch(/Handed over between them: .* · n 18/);
    const own = textOf(await reading.types(kim, "aftertalk", "cx week", { pictures: false }));
    expect(own).not.toContain("Coverage");
    expect(own).toContain("36 answers");
    const about = { workspaceId: reading.world.workspaceId, metric: metrics.nps };
    const now = new Date(reading.world.clock.now().getTime() + HOUR);
    const rows = await readHandlingFacts(database.db, { ...about, periods: [period], now });
    expect(rows.map(({ value, answers }) => [value, answers[0]])).toEqual([
      ["people", 54],
      ["bots", 0],
      ["both", 18],
    ]);
  });
});
