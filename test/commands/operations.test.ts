/** The cards of operational figures: what they say, to whom, and that every platform shows them whole. */
import { beforeAll, expect, test } from "vitest";
import { renderMessage as onDiscord } from "../../adapters/discord/render.ts";
import { renderMessage as inPlayground } from "../../adapters/playground/render.ts";
import { renderMessage as onSlack } from "../../adapters/slack/render.ts";
import { churn } from "../../src/commands/operations/churn.ts";
import { contacts } from "../../src/commands/operations/contacts.ts";
import { firstReply } from "../../src/commands/operations/first-reply.ts";
import { journey } from "../../src/commands/operations/journey.ts";
import { response } from "../../src/commands/operations/response.ts";
import { languages } from "../../src/locales/index.ts";
import type { Message } from "../../src/platform.ts";
import { putOrders } from "../../src/store/orders.ts";
import type { NewRow } from "../../src/store/schema.ts";
import { readWorkspace } from "../../src/store/workspaces.ts";
import { NO_INVITATION } from "../../src/surveys/tokens.ts";
import { describeEitherDatabase, type TestDatabase } from "../support/database.ts";
import { insertChat, insertInvitation, insertPerson } from "../support/database-rows.ts";
import { checkComponents } from "../support/discord/components/message.ts";
import { checkMessage } from "../support/slack/block-kit.ts";
import { dana, kim, robin } from "../support/world.ts";
import { createReading, type Reading } from "./reading-support.ts";
import { linesOf } from "./summary-support.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const hostile = "<!channel> @everyone *x* [a](https://evil.example) `c`";

describeEitherDatabase("operational figures", (open) => {
  let database: TestDatabase;
  let reading: Reading;

  beforeAll(async () => {
    database = await open();
    reading = await createReading(database);
    await fill();
  });

  /** A Wednesday at noon; what happened did so since nine. */
  async function fill() {
    const { world, ago, survey } = reading;
    const { db } = database;
    const { workspaceId } = world;
    world.clock.advance(Date.parse("2026-11-18T12:00:00Z") - world.clock.now().getTime());
    await reading.types(robin, "aftertalk", "help");
    await world.types(kim, "aftertalk", "help");
    const agent = await reading.personOf(kim);
    const { id: connection } = await db
      .selectFrom("connections")
      .select("id")
      .where("workspace_id", "=", workspaceId)
      .executeTakeFirstOrThrow();
    const nps = await survey("nps");
    for (let i = 0; i < 40; i += 1) {
      const person_id = await insertPerson(db, workspaceId, {
        ...{ name: `Person ${i}`, joined_at: ago(30 * 24 * HOUR) },
        ...(i < 4 && { left_at: ago(HOUR), left_rule: "contract ended" }),
      });
      const chat = { ...chatOf(i, agent), customer_id: person_id };
      const chat_id = await insertChat(db, workspaceId, connection, chat);
      const asked = { ...askedOf(i), person_id, chat_id };
      await insertInvitation(db, workspaceId, nps, asked);
    }
    await putOrders(db, workspaceId, [
      { day: "2026-11-17", orders: 2000 },
      { day: "2026-11-18", orders: 3200 },
    ]);
  }

  /** One a minute from nine on; the reply to each takes a minute longer, and the last ten have none. */
  function chatOf(i: number, agent: string): Partial<NewRow<"chats">> {
    const came = reading.ago(3 * HOUR - i * MINUTE);
    const named =
      i < 33 ? { channel: "#help", touchpoint: "chat" } : { channel: hostile, touchpoint: hostile };
    const first_replied_at = new Date(came.getTime() + (i + 1) * MINUTE);
    return {
      ...{ ...named, team: "Billing", opened_at: came, first_customer_at: came },
      ...(i < 30 && { first_replied_at, first_replier_id: agent }),
    };
  }

  /** Ten answered, one of them not to the end. */
  function askedOf(i: number): Partial<NewRow<"invitations">> {
    const { ago } = reading;
    const asked = { asked_at: ago(2 * HOUR), reached_at: ago(2 * HOUR), expires_at: ago(HOUR) };
    if (i >= 10) return { ...asked, state: "expired" };
    const finished_at = i < 9 ? ago(HOUR) : null;
    return { ...asked, state: "answered", answered_at: ago(HOUR), finished_at };
  }

  const lines = async (command: string, from = robin) =>
    linesOf(await reading.types(from, "aftertalk", command, { pictures: false }));

  test("/response says who answered of those whose time is over, and what became of the others", async () => {
    const shown = await lines("response week");
    expect(shown[0]).toMatch(/^Response rate · this week, .* · so far$/);
    expect(shown[1]).toBe("25% (95 % range 14% to 40%) · 10 of 40");
    expect(shown).toContain("Answered to the end: 90% (95 % range 60% to 98%) · 9 of 10");
    expect(shown).toContain("Let the time pass: 30");
    expect(shown).toContain("After a chat: 25% (95 % range 14% to 40%) · 10 of 40");
    expect(await lines("response week by language")).toContain("By language");
  });

  test("/frt counts who still waits, by two clocks and the promise", async () => {
    const shown = await lines("frt week");
    // One chat waited 1 minute, one 2 …: the median of 40 lies between the 20th and the 21st.
    expect(shown[1]).toBe(
      "Median in working hours: 21 min (95 % range 15 min to 26 min) · 40 chats",
    );
    expect(shown).toContain("Chats: 40: 30 answered, 10 still waiting, 0 closed without a reply");
    expect(shown).toContain(
      "Within the promised 4 h, working hours: 100% (95 % range 89% to 100%) · 30 of 30",
    );
    const agents = await lines("frt week by agent");
    expect(agents.some((line) => line.startsWith("Kim: 16 min"))).toBe(true);
  });

  test("an agent sees the chats that they replied to first, and no other", async () => {
    const shown = await lines("frt week", kim);
    expect(shown).toContain("Chats: 30: 30 answered, 0 still waiting, 0 closed without a reply");
  });

  test("/contacts is a rate of the days of which orders are known", async () => {
    const shown = await lines("contacts week");
    expect(shown[1]).toBe("77 per ten thousand orders (95 % range 55 to 105)");
    expect(shown).toContain(
      "Of 3 days, 1 has no number of orders: the 0 contacts of those days are not in the rate.",
    );
    expect(shown).toContain("#help: 63 per ten thousand orders (95 % range 44 to 89) · n 33");
    expect((await lines("contacts last week"))[1]).toContain("No rate: no orders of these days");
  });

  test("/churn says who was lost by which rule; it is not for whoever sees a part", async () => {
    const shown = await lines("churn week");
    expect(shown[1]).toBe("10% (95 % range 4% to 23%) · 4 of 40");
    expect(shown).toContain("Lost by the rule: contract ended 4");
    expect(shown).toContain("Signals that somebody may leave");
    const refused = await lines("churn week", kim);
    expect(refused.join(" ")).not.toMatch(/10%|contract/u);
  });

  test("/journey takes a metric, or the one with most answers", async () => {
    expect((await lines("journey week"))[0]).toMatch(/^Journey · NPS · this week/);
    expect((await lines("journey csat week"))[0]).toMatch(/^Journey · .* · this week/);
  });

  test("what is no period is answered with the nearest, and customers see none of it", async () => {
    for (const name of ["response", "frt", "contacts", "churn", "journey"]) {
      expect((await lines(`${name} weke`)).join(" ")).toContain("week");
      expect((await lines(`${name} week`, dana)).join(" ")).not.toMatch(/95 %/u);
    }
  });

  test("/response of people who all still have time says so, and compares nothing", async () => {
    const { world, survey, ago } = reading;
    const { db } = database;
    const chat_id = await reading.chat("still-open");
    await db.updateTable("chats").set({ channel: "#open" }).where("id", "=", chat_id).execute();
    const open = { asked_at: ago(HOUR), reached_at: ago(HOUR), expires_at: ago(-24 * HOUR) };
    const nps = await survey("nps");
    for (let i = 0; i < 6; i += 1) {
      const person_id = await reading.person(`Slow ${i}`);
      const row = { ...open, person_id, chat_id, state: "asked" } as const;
      await insertInvitation(db, world.workspaceId, nps, row);
    }
    const shown = await lines("response week channel:#open");
    expect(shown).toContain("6 of 6 reached, they still have time to answer");
    expect(shown).toContain("6 questions can still be answered.");
    expect(shown.join("\n")).not.toMatch(/Nobody was asked|compare|By what was asked/);
  });

  const operations = { response, firstReply, contacts, churn, journey };
  const words = { response: "week by channel", firstReply: "week by channel", contacts: "week" };

  test.each(languages)(
    "every card is taken by every platform, nothing in it alive (%s)",
    async (language) => {
      const { world } = reading;
      const { db, clock } = world.engine;
      const workspace = await readWorkspace(db, world.workspaceId);
      const person = { id: NO_INVITATION, name: "Robin", role: "admin" } as const;
      for (const [name, operation] of Object.entries(operations)) {
        const text = Object.entries(words).find(([key]) => key === name)?.[1] ?? "week";
        const asked = { text, pictures: language === "ru" };
        const answered = await operation.answer(
          { db, clock },
          { workspace, person, language },
          asked,
        );
        if (!answered.ok) throw new Error(`${name} was refused`);
        expect(JSON.parse(JSON.stringify(answered.json))).toMatchObject({
          period: { timeZone: "UTC" },
        });
        taken(answered.message);
      }
    },
  );

  function taken(message: Message) {
    expect(checkMessage(onSlack(message, { pictureFile: "F123" }))).toEqual([]);
    const discord = onDiscord(message);
    const files = discord.files.map(({ name }) => name);
    checkComponents(discord.components, true, files);
    expect(discord.allowed_mentions).toEqual({ parse: [] });
    expect(inPlayground(message, () => "").content.parts.length).toBeGreaterThan(2);
  }
});
