import { sql } from "kysely";
import { beforeAll, expect, test } from "vitest";
import { newId } from "../../src/store/ids.ts";
import { describeEitherDatabase, type TestDatabase } from "../support/database.ts";
import { insertChat, insertInvitation } from "../support/database-rows.ts";
import { tokenOf } from "../support/messenger.ts";
import { dana, kim, robin } from "../support/world.ts";
import { buttonsOf, createReading, type Reading, updateOf } from "./reading-support.ts";
import { linesOf } from "./summary-support.ts";

const DAY = 24 * 3_600_000;

describeEitherDatabase("/aftertalk silent", (open) => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await open();
  });

  async function enter() {
    const reading = await createReading(database);
    const { world, ago, survey } = reading;
    const { workspaceId } = world;
    const { id: connection_id } = await database.db
      .selectFrom("connections")
      .select("id")
      .where("workspace_id", "=", workspaceId)
      .executeTakeFirstOrThrow();
    return {
      ...reading,
      /** Asked so many days ago, reached, and what came of it. */
      async asked(person_id: string, days: number, answered = false) {
        const at = ago(days * DAY);
        await insertInvitation(database.db, workspaceId, await survey("nps"), {
          ...{ person_id, connection_id, asked_at: at, reached_at: at },
          expires_at: new Date(at.getTime() + DAY),
          ...(answered ? { state: "answered", answered_at: at } : { state: "expired" }),
        });
      },
      wrote: (customer_id: string, days: number) =>
        insertChat(database.db, workspaceId, connection_id, {
          customer_id,
          opened_at: ago(days * DAY),
        }),
      async account(name: string) {
        const id = newId();
        await database.db
          .insertInto("accounts")
          .values({ workspace_id: workspaceId, id, external_id: name, name })
          .execute();
        return id;
      },
      async reachable(person_id: string) {
        await database.db
          .insertInto("identities")
          .values({ workspace_id: workspaceId, connection_id, external_id: newId(), person_id })
          .execute();
      },
    };
  }

  const rows = async ({ types }: Reading, text = "silent 30d") =>
    linesOf(await types(robin, "aftertalk", text)).slice(1);

  test("nobody is silent in a workspace where nobody was asked", async () => {
    expect(await rows(await enter())).toEqual(["Nobody fell silent in this period."]);
  });

  test("each with the reasons and the last contact, whoever stopped answering first", async () => {
    const reading = await enter();
    const { person, asked, wrote } = reading;
    const ada = await person("Ada");
    const ben = await person("Ben");
    const cleo = await person("Cleo");
    const dora = await person("Dora");
    await asked(ben, 20);
    await asked(ben, 10);
    await asked(ada, 60, true);
    await asked(ada, 5);
    for (const days of [61, 54, 47, 40]) await wrote(cleo, days);
    await asked(dora, 60, true);
    await asked(dora, 5, true);
    expect((await rows(reading)).slice(1)).toEqual([
      expect.stringMatching(
        /^Ada: stopped answering: 1 question unanswered, 1 answered before · last contact /,
      ),
      expect.stringMatching(
        /^Cleo: went quiet: 40 days without a word, usually one every 7 days · last contact /,
      ),
      "Ben: never answered: asked 2 times · no contact yet",
    ]);
  });

  test("an account is silent as a whole, and its people are not listed once more", async () => {
    const reading = await enter();
    const { account, person, asked } = reading;
    const [acme, beta] = [await account("Acme Corp"), await account("Beta Ltd")];
    const ada = await person("Ada", { account_id: acme });
    const ben = await person("Ben", { account_id: acme, account_role: "buyer" });
    const cleo = await person("Cleo", { account_id: beta });
    const dora = await person("Dora", { account_id: beta });
    for (const id of [ada, ben, cleo, dora]) {
      await asked(id, 60, true);
      await asked(id, 5, id === dora);
    }
    const shown = await rows(reading);
    expect(shown[0]).toBe("1 account, 1 person. Most to lose first. 1–2");
    expect(shown[1]).toMatch(
      /^Acme Corp \(2 people\): stopped answering: 2 questions unanswered, 2 /,
    );
    expect(shown[2]).toMatch(/^Cleo · Beta Ltd: stopped answering: 1 question unanswered/);
  });

  test("however many are nearly silent, whoever is silent is found", async () => {
    const reading = await enter();
    const { person, wrote, world, ago } = reading;
    const quiet = await person("Quinn");
    await wrote(quiet, 95);
    await sql`with made as (
        insert into people (workspace_id, id, name) select ${world.workspaceId}::int, gen_random_uuid(), 'Ada'
        from generate_series(1, 1001) returning id)
      insert into chats (workspace_id, id, connection_id, external_id, customer_id, opened_at)
      select c.workspace_id, made.id, c.id, made.id, made.id, ${ago(20 * DAY)}
      from made, connections c where c.workspace_id = ${world.workspaceId}`.execute(database.db);
    expect((await rows(reading)).slice(1)).toEqual([
      expect.stringMatching(/^Quinn: went quiet: 95 days/),
    ]);
  });

  test("two rows of one human are one, and answering anywhere is answering", async () => {
    const reading = await enter();
    const { person, asked } = reading;
    const ada = await person("Ada");
    const other = await person("Ada there", { human_id: ada });
    await asked(ada, 60, true);
    await asked(ada, 5);
    await asked(other, 4, true);
    expect(await rows(reading)).toEqual(["Nobody fell silent in this period."]);
  });

  test("staff, tests, whoever said never and questions that are still open do not count", async () => {
    const reading = await enter();
    const { person, asked } = reading;
    const people = [
      await person("Agent", { role: "agent" }),
      await person("Tess", { test: true }),
      await person("Never", { consent: "never" }),
    ];
    for (const id of people) {
      await asked(id, 60, true);
      await asked(id, 5);
    }
    const fresh = await person("Fresh");
    await asked(fresh, 60, true);
    await asked(fresh, 0.5);
    expect(await rows(reading)).toEqual(["Nobody fell silent in this period."]);
  });

  test("a lead opens a case from the list: once, where the person can be written to", async () => {
    const reading = await enter();
    const { person, asked, reachable, types, presses, world } = reading;
    const ada = await person("Ada");
    const ben = await person("Ben");
    for (const id of [ada, ben]) {
      await asked(id, 60, true);
      await asked(id, 5);
    }
    await reachable(ada);
    const list = await types(robin, "aftertalk", "silent 30d");
    expect(buttonsOf(list).map(({ label }) => label)).toEqual(["Open a case: Ada"]);
    const token = tokenOf(list, "Open a case: Ada");
    const says = async () => {
      const reply = await presses(robin, token);
      return reply.kind === "message" ? linesOf(reply.message)[0] : reply.kind;
    };
    expect(await says()).toBe("Case #1 is open; its card is in the leads’ channel.");
    expect(await says()).toBe("Case #1 was open already.");
    await world.settle();
    expect(linesOf(world.messenger.leads()[0]?.message ?? list)[0]).toBe("Ada has gone quiet");
    expect((await rows(reading)).join()).toContain("case #1 is open");
    for (const from of [kim, dana]) {
      const reply = await presses(from, token);
      expect(reply.kind === "message" && linesOf(reply.message)[0]).toContain("support leads");
    }
  });

  test("eight on a page", async () => {
    const reading = await enter();
    const { person, asked, types, presses } = reading;
    for (let i = 0; i < 9; i += 1) {
      const id = await person(`P${i}`);
      await asked(id, 60, true);
      await asked(id, 5);
    }
    const first = await types(robin, "aftertalk", "silent 30d");
    expect(linesOf(first)[1]).toBe("9 people. Most to lose first. 1–8");
    const next = updateOf(await presses(robin, tokenOf(first, "Next")));
    expect(linesOf(next)[1]).toContain("9–9");
  });
});
