import { beforeAll, beforeEach, expect, test } from "vitest";
import { joinAccountsOfEmails } from "../../src/people/accounts.ts";
import { meetPerson } from "../../src/people/meet.ts";
import type { PlatformUser } from "../../src/platform.ts";
import { readMerges } from "../../src/store/merges.ts";
import { readPerson } from "../../src/store/people.ts";
import { sameHuman } from "../../src/store/same-human.ts";
import { describeEachDatabase, type TestDatabase } from "../support/database.ts";
import { insertConnection, insertPerson, insertWorkspace } from "../support/database-rows.ts";
import { dana } from "../support/world.ts";
import { at, minutes, peopleRows, takeBack } from "./support.ts";

const EMAIL = "Dana@Acme.example";

describeEachDatabase("meeting people", (open) => {
  let database: TestDatabase;
  let workspaceId: number;
  let slack: string;
  let other: string;
  let discord: string;
  beforeAll(async () => {
    database = await open();
  });
  beforeEach(async () => {
    workspaceId = await insertWorkspace(database.db);
    const platforms = ["slack", "slack", "discord"];
    [slack = "", other = "", discord = ""] = await Promise.all(
      platforms.map((platform) => insertConnection(database.db, workspaceId, { platform })),
    );
  });

  const meet = (connectionId: string, user: PlatformUser, workspace = workspaceId) =>
    at(database, minutes(0), (work) => meetPerson(work, workspace, connectionId, user));
  const setting = (value: unknown) =>
    database.db
      .updateTable("workspaces")
      .set({ settings: JSON.stringify(value) })
      .where("id", "=", workspaceId)
      .execute();
  const accounts = async () =>
    database.db
      .selectFrom("people")
      .innerJoin("accounts", "accounts.id", "people.account_id")
      .where("people.workspace_id", "=", workspaceId)
      .select(["people.name", "accounts.name as account"])
      .orderBy("people.name")
      .execute();
  const links = async (personId: string) =>
    (await readMerges(database.db, workspaceId, [personId])).map(({ how, actor }) => [how, actor]);

  test("one id on a platform is one human, and the same id on another platform is somebody else", async () => {
    const first = await meet(slack, dana);
    const second = await meet(other, dana);
    const stranger = await meet(discord, dana);
    expect(second).toMatchObject({ humanId: first.id, name: "Dana" });
    expect(stranger.humanId).toBe(stranger.id);
    expect(await links(second.id)).toEqual([["platform", "aftertalk"]]);
  });

  test("F3 a name that is known stays while the platform cannot be asked for it", async () => {
    await meet(discord, dana);
    const { name: _, ...nameless } = dana;
    expect((await meet(discord, nameless)).name).toBe("Dana");
    expect((await meet(discord, { ...nameless, externalId: "U-new" })).name).toBe("U-new");
  });

  test("T3 the same id and address in two workspaces are never linked", async () => {
    const foreign = await insertWorkspace(database.db);
    const there = await insertConnection(database.db, foreign, { platform: "slack" });
    const user = { ...dana, email: EMAIL };
    const [one, two] = [await meet(slack, user), await meet(there, user, foreign)];
    expect([one.humanId, two.humanId]).toEqual([one.id, two.id]);
    expect(await links(one.id)).toEqual([]);
  });

  test("one verified address is one human, in any case of letters, also when it is told later", async () => {
    const first = await meet(slack, { ...dana, email: EMAIL });
    const user = { ...dana, externalId: "77" };
    const second = await meet(discord, user);
    expect(second.humanId).toBe(second.id);
    const told = await meet(discord, { ...user, email: ` ${EMAIL.toLowerCase()} ` });
    expect(told.humanId).toBe(first.id);
    expect(await links(second.id)).toEqual([["email", "aftertalk"]]);
  });

  test("an address that nobody verified links nobody", async () => {
    const unsure = await insertPerson(database.db, workspaceId, { email: EMAIL });
    const first = await meet(slack, { ...dana, email: EMAIL });
    expect(first.humanId).toBe(first.id);
    expect(await sameHuman(database.db, workspaceId, unsure)).toEqual([unsure]);
  });

  test("an address of two different humans links to neither, and bots have none", async () => {
    const [a, b] = [await meet(slack, dana), await meet(slack, { ...dana, externalId: "U-2" })];
    await database.db
      .updateTable("people")
      .set({ email: EMAIL, email_verified: true })
      .where("workspace_id", "=", workspaceId)
      .execute();
    const third = await meet(discord, { ...dana, externalId: "77", email: EMAIL });
    expect([a.humanId, b.humanId, third.humanId]).toEqual([a.id, b.id, third.id]);
    const bot = { ...dana, externalId: "B-1", bot: true, email: "bot@acme.example" };
    await meet(slack, bot);
    const person = await meet(discord, { ...bot, externalId: "78", bot: false });
    expect(person.humanId).toBe(person.id);
  });

  test("two who were taken apart by hand are not linked again by themselves", async () => {
    const first = await meet(slack, { ...dana, email: "one@acme.example" });
    const user = { ...dana, externalId: "77", email: "one@acme.example" };
    const second = await meet(discord, user);
    const [merge] = await readMerges(database.db, workspaceId, [second.id]);
    await takeBack(database, workspaceId, merge?.id ?? "");
    await meet(discord, { ...user, email: "two@acme.example" });
    expect((await meet(discord, user)).humanId).toBe(second.id);
    expect((await meet(slack, { ...dana, email: "one@acme.example" })).humanId).toBe(first.id);
  });

  test("a new human who is met on two connections at the same instant is one", async () => {
    const users = Array.from({ length: 12 }, (_, i) => ({
      ...dana,
      externalId: `U-${i}`,
      email: `u${i}@acme.example`,
    }));
    await Promise.all(
      users.flatMap((user) => [
        meet(slack, user),
        meet(other, user),
        meet(discord, { ...user, externalId: `D${user.externalId}` }),
      ]),
    );
    const rows = await peopleRows(database, workspaceId);
    const humans = rows.map((row) => row.human_id ?? row.id);
    const sizes = [...new Set(humans)].map((id) => humans.filter((each) => each === id).length);
    expect(sizes).toEqual(users.map(() => 3));
  });

  test("whoever is known costs one statement", async () => {
    const user = { ...dana, email: EMAIL };
    await meet(slack, user);
    await meet(discord, { ...user, externalId: "77" });
    const statements: string[] = [];
    await database.db.transaction().execute(async (transaction) => {
      const counting = transaction.withPlugin({
        transformQuery: ({ node }) => {
          statements.push(node.kind);
          return node;
        },
        transformResult: async ({ result }) => result,
      });
      const work = { transaction: counting, now: minutes(0), wake: new Set<never>() };
      await meetPerson(work, workspaceId, slack, user);
    });
    expect(statements).toEqual(["SelectQueryNode"]);
  });

  test("people of a company belong to its account where the workspace wants it", async () => {
    const met = (name: string, email: string, role: PlatformUser["role"] = "customer") =>
      meet(slack, { externalId: name, name, role, email });
    await met("Ann", "ann@early.example");
    await setting({ accounts: { byEmailDomain: true } });
    await met("Bea", "bea@Acme.example");
    await met("Cem", "cem@acme.example");
    await met("Don", "don@gmail.com");
    await met("Eli", "eli@acme.example", "agent");
    expect(await accounts()).toEqual([
      { name: "Bea", account: "acme.example" },
      { name: "Cem", account: "acme.example" },
    ]);
    // Who was met before it was wanted, and is of nobody else's account.
    await at(database, minutes(1), ({ transaction }) =>
      joinAccountsOfEmails(transaction, workspaceId),
    );
    expect(await accounts()).toEqual([
      { name: "Ann", account: "early.example" },
      { name: "Bea", account: "acme.example" },
      { name: "Cem", account: "acme.example" },
    ]);
    const bea = await meet(discord, { ...dana, externalId: "77", email: "bea@acme.example" });
    expect((await readPerson(database.db, workspaceId, bea.id))?.accountId).not.toBeNull();
  });
});
