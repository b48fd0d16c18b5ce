import { beforeAll, beforeEach, expect, test } from "vitest";
import { accountsFile } from "../../src/importing/accounts.ts";
import { activityFile } from "../../src/importing/activity.ts";
import { type CsvKind, type ImportOptions, importCsv } from "../../src/importing/import-csv.ts";
import { ordersFile } from "../../src/importing/orders.ts";
import { peopleFile } from "../../src/importing/people.ts";
import { meetPerson } from "../../src/people/meet.ts";
import { keepForgotten } from "../../src/store/forgotten.ts";
import { at, minutes } from "../people/support.ts";
import { describeEitherDatabase, type TestDatabase } from "../support/database.ts";
import { insertConnection, insertWorkspace } from "../support/database-rows.ts";
import { dana } from "../support/world.ts";
import { chunksOf, ledger, now } from "./support.ts";

describeEitherDatabase("importing what is known of customers", (open) => {
  let database: TestDatabase;
  let workspaceId: number;
  let slack: string;
  beforeAll(async () => {
    database = await open();
  });
  beforeEach(async () => {
    workspaceId = await insertWorkspace(database.db, { time_zone: "Asia/Tokyo" });
    slack = await insertConnection(database.db, workspaceId, { platform: "slack" });
  });

  async function load<Row>(kind: CsvKind<Row>, text: string, wanted: Partial<ImportOptions> = {}) {
    const bad: [line: number, reason: string][] = [];
    const result = await database.patiently((db) =>
      importCsv(db, kind, {
        ...{ workspaceId, now, skipBad: false, source: chunksOf(text) },
        signal: new AbortController().signal,
        onBadRow: ({ line, reason }) => {
          bad.push([line, reason]);
        },
        ...wanted,
      }),
    );
    return { ...result, bad };
  }
  const activities = () =>
    database.db
      .selectFrom("activities as a")
      .innerJoin("people as p", (join) =>
        join.onRef("p.workspace_id", "=", "a.workspace_id").onRef("p.id", "=", "a.person_id"),
      )
      .select(["p.name", "a.what", "a.n"])
      .select(({ fn }) => fn<string>("to_char", ["a.day", (eb) => eb.val("MM-DD")]).as("day"))
      .where("a.workspace_id", "=", workspaceId)
      .orderBy("a.day")
      .orderBy("a.what")
      .orderBy("p.name")
      .execute();
  const accounts = () =>
    database.db
      .selectFrom("accounts")
      .select(["name", "plan", "joined_at", "left_at", "left_rule", "left_noted_at"])
      .where("workspace_id", "=", workspaceId)
      .orderBy("external_id")
      .execute();
  const dates = () =>
    database.db
      .selectFrom("dates")
      .select(["owner", "name"])
      .select(({ fn }) => fn<string>("to_char", ["on", (eb) => eb.val("YYYY-MM-DD")]).as("on"))
      .where("workspace_id", "=", workspaceId)
      .orderBy("name")
      .execute();

  test("activity is added up within a file by the workspace's days, and the same file twice adds nothing", async () => {
    await at(database, minutes(0), (work) => meetPerson(work, workspaceId, slack, dana));
    const text = [
      "person,slack,time,what,n",
      "crm-1,,2026-10-05T16:00:00Z,Login,2",
      "crm-1,,2026-10-05T20:00:00Z,login,",
      ",U-dana,2026-10-05T10:00:00Z,login,5",
      "",
    ].join("\n");
    expect(await load(activityFile(ledger), text)).toMatchObject({ imported: 3, already: 0 });
    const there = [
      { name: "Dana", what: "login", n: 5, day: "10-05" },
      // One in the morning there.
      { name: "crm-1", what: "login", n: 3, day: "10-06" },
    ];
    expect(await activities()).toEqual(there);
    expect(await load(activityFile(ledger), text)).toMatchObject({ imported: 0, already: 3 });
    const later = text.replace("login,5", "login,4");
    expect(await load(activityFile(ledger), later)).toMatchObject({ imported: 1, already: 2 });
    expect(await activities()).toMatchObject([{ n: 4 }, { n: 3 }]);
    const people = await database.db
      .selectFrom("people")
      .select(["name", "active_at"])
      .where("workspace_id", "=", workspaceId)
      .orderBy("name")
      .execute();
    expect(people).toEqual([
      { name: "Dana", active_at: new Date("2026-10-05T10:00:00Z") },
      { name: "crm-1", active_at: new Date("2026-10-05T20:00:00Z") },
    ]);
  });

  test("whom an address alone names has to be known; such a row is set aside with its line", async () => {
    const who = { ...dana, email: "dana@acme.example" };
    await at(database, minutes(0), (work) => meetPerson(work, workspaceId, slack, who));
    const text =
      "email,day,what\nDana@acme.example,2026-10-01,login\nx@acme.example,2026-10-01,login\n";
    const refused = await load(activityFile(ledger), text);
    expect(refused).toMatchObject({ imported: 0, rows: 2 });
    expect(refused.bad).toEqual([[3, expect.stringContaining("nobody who is known here")]]);
    expect(await activities()).toEqual([]);
    expect(await load(activityFile(ledger), text, { skipBad: true })).toMatchObject({
      imported: 1,
      already: 0,
    });
    expect(await activities()).toMatchObject([{ name: "Dana", day: "10-01", n: 1 }]);
  });

  test("a row that cannot be used says why", async () => {
    const rows = [
      ["crm-1,,2026-02-30,login,1", "day must be a real day"],
      ["crm-1,,2027-10-01,login,1", "in the future"],
      ["crm-1,,2026-10-01,,1", "what is missing"],
      ["crm-1,,2026-10-01,login,0", "n must be a whole number"],
      [",,2026-10-01,login,1", "nobody is named"],
      [",nonsense,2026-10-01,login,1", "email must be one address"],
    ];
    const text = ["person,email,day,what,n", ...rows.map(([row]) => row), ""].join("\n");
    const { bad } = await load(activityFile(ledger), text);
    expect(bad).toEqual(rows.map(([, why], i) => [i + 2, expect.stringContaining(why ?? "")]));
  });

  test("whoever asked to be forgotten stays forgotten", async () => {
    const hash = ledger.hash(workspaceId, {
      kind: "user",
      platform: "import",
      externalId: "crm-1",
    });
    const entry = { hash, forgottenAt: now, liftedAt: null };
    await keepForgotten(database.db, workspaceId, [entry]);
    const text = "person,day,what\ncrm-1,2026-10-01,login\ncrm-2,2026-10-01,login\n";
    expect(await load(activityFile(ledger), text)).toMatchObject({ imported: 1, forgotten: 1 });
    expect(await activities()).toMatchObject([{ name: "crm-2" }]);
  });

  test("when we hear that an account left is noted once; a corrected date is no news, and it can come back", async () => {
    const header = "account,name,plan,joined,left,left_rule,renewal,date:trial end";
    const row = "17,Acme,gold,2024-01-31,,,2027-01-31,2024-02-29";
    expect(await load(accountsFile, `${header}\n${row}\n`)).toMatchObject({ imported: 1 });
    expect(await load(accountsFile, `${header}\n${row}\n`)).toMatchObject({ already: 1 });
    const joined = new Date("2024-01-30T15:00:00Z");
    expect(await accounts()).toMatchObject([{ plan: "gold", joined_at: joined, left_at: null }]);
    expect(await dates()).toEqual([
      { owner: "account", name: "renewal", on: "2027-01-31" },
      { owner: "account", name: "trial end", on: "2024-02-29" },
    ]);

    const left = "account,left,left_rule\n17,2026-09-30,contract ended\n";
    await load(accountsFile, left);
    expect(await accounts()).toMatchObject([
      {
        ...{ name: "Acme", plan: "gold", joined_at: joined, left_noted_at: now },
        ...{ left_at: new Date("2026-09-29T15:00:00Z"), left_rule: "contract ended" },
      },
    ]);
    await load(accountsFile, "account,left\n17,2026-09-28\n", { now: minutes(60 * 24 * 30) });
    expect(await accounts()).toMatchObject([
      { left_at: new Date("2026-09-27T15:00:00Z"), left_noted_at: now },
    ]);
    await load(accountsFile, "account,left,renewal\n17,no,no\n");
    expect(await accounts()).toMatchObject([
      { left_at: null, left_rule: null, left_noted_at: null, plan: "gold" },
    ]);
    expect(await dates()).toMatchObject([{ name: "trial end" }]);
  });

  test("people have plan, tags, and since when they are customers", async () => {
    const text =
      "person,plan,tags,joined,left,left_rule\ncrm-1,gold,vip; beta,2026-01-01T00:00:00Z,2026-10-01,cancelled\n";
    expect(await load(peopleFile(ledger), text)).toMatchObject({ imported: 1 });
    expect(await load(peopleFile(ledger), text)).toMatchObject({ already: 1 });
    await load(peopleFile(ledger), "person,name\ncrm-1,Ada\n");
    const person = await database.db
      .selectFrom("people")
      .select(["name", "plan", "tags", "joined_at", "left_rule", "left_noted_at"])
      .where("workspace_id", "=", workspaceId)
      .executeTakeFirstOrThrow();
    expect(person).toEqual({
      ...{ name: "Ada", plan: "gold", tags: ["vip", "beta"], left_rule: "cancelled" },
      ...{ joined_at: new Date("2026-01-01T00:00:00Z"), left_noted_at: now },
    });
    const wrong = [
      ["crm-1,2026-10-01,2026-09-01,", "left is before joined"],
      ["crm-1,yesterday,,", "joined must be"],
      // A year that no database has.
      ["crm-1,,,0000-01-01", "renewal must be"],
    ];
    const bad = ["person,joined,left,renewal", ...wrong.map(([row]) => row), ""].join("\n");
    expect((await load(peopleFile(ledger), bad)).bad.map(([, why]) => why)).toEqual(
      wrong.map(([, why]) => expect.stringContaining(why ?? "")),
    );
  });

  test("orders are per day, and a later file says a day anew", async () => {
    const text = "day,orders\n2026-10-01,100\n2026-10-02,0\n";
    expect(await load(ordersFile, text)).toMatchObject({ imported: 2 });
    expect(await load(ordersFile, text)).toMatchObject({ imported: 0, already: 2 });
    expect(await load(ordersFile, "day,orders\n2026-10-01,120\n")).toMatchObject({ imported: 1 });
    const twice = await load(ordersFile, "day,orders\n2026-10-01,1\n2026-10-01,2\n2026-10-03,-1\n");
    expect(twice.bad).toEqual([
      [3, "the day is there twice"],
      [4, "orders must be a whole number from 0 on"],
    ]);
    const rows = await database.db
      .selectFrom("orders")
      .select("n")
      .where("workspace_id", "=", workspaceId)
      .orderBy("day")
      .execute();
    expect(rows.map(({ n }) => n)).toEqual([120, 0]);
  });
});
