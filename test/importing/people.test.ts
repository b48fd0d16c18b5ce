import { beforeAll, beforeEach, expect, test } from "vitest";
import { type ImportOptions, importCsv } from "../../src/importing/import-csv.ts";
import { peopleFile } from "../../src/importing/people.ts";
import { findHumans } from "../../src/people/identities.ts";
import { meetPerson } from "../../src/people/meet.ts";
import type { PlatformUser } from "../../src/platform.ts";
import { readMerges } from "../../src/store/merges.ts";
import { sameHuman } from "../../src/store/same-human.ts";
import { at, linkByHand, minutes, peopleRows, takeBack } from "../people/support.ts";
import { describeEitherDatabase, type TestDatabase } from "../support/database.ts";
import { insertConnection, insertWorkspace } from "../support/database-rows.ts";
import { dana } from "../support/world.ts";
import { chunksOf, importText, ledger } from "./support.ts";

const HEADER =
  "person,name,email,account,account_name,account_role,language,time_zone,slack,discord";
const ADA = "crm-1,Ada,ada@acme.example,17,Acme GmbH,buyer,de,Europe/Berlin,U-dana,77";

describeEitherDatabase("importing people", (open) => {
  let database: TestDatabase;
  let workspaceId: number;
  let slack: string;
  let discord: string;
  beforeAll(async () => {
    database = await open();
  });
  beforeEach(async () => {
    workspaceId = await insertWorkspace(database.db);
    slack = await insertConnection(database.db, workspaceId, { platform: "slack", name: "Acme" });
    discord = await insertConnection(database.db, workspaceId, { platform: "discord" });
  });

  async function load(text: string, wanted: Partial<ImportOptions> = {}) {
    const reasons: string[] = [];
    const result = await database.patiently((db) =>
      importCsv(db, peopleFile(ledger), {
        workspaceId,
        source: chunksOf(text),
        now: minutes(0),
        skipBad: false,
        signal: new AbortController().signal,
        onBadRow: ({ reason }) => {
          reasons.push(reason);
        },
        ...wanted,
      }),
    );
    return { ...result, reasons };
  }
  const rows = () => peopleRows(database, workspaceId);
  const meet = (connectionId: string, user: PlatformUser) =>
    at(database, minutes(0), (work) => meetPerson(work, workspaceId, connectionId, user));
  const find = (text: string) => findHumans(database.db, workspaceId, text);

  test("who was met on both platforms is one human in their account; a second time nothing changes", async () => {
    await meet(slack, dana);
    await meet(discord, { externalId: "77", name: "dana#1", role: "customer" });
    expect(await load(`${HEADER}\n${ADA}\n`)).toMatchObject({ imported: 1, already: 0, bad: 0 });
    expect(await find("crm@nobody.example")).toEqual([]);
    const [found] = await find("slack:U-dana");
    expect(found?.people).toHaveLength(3);
    expect(found?.people.map(({ account }) => account)).toEqual(Array(3).fill("Acme GmbH"));
    expect(
      found?.people.flatMap(({ identities }) => identities.map(({ userId }) => userId)).sort(),
    ).toEqual(["77", "U-dana", "crm-1"]);
    expect(await find("discord:77")).toEqual([found]);
    expect(await find("ADA@acme.example")).toEqual([found]);
    expect(await find(found?.humanId ?? "")).toEqual([found]);

    const before = await rows();
    expect(before.map(({ name, locale }) => [name, locale])).toEqual([
      ["Ada", "de"],
      ["Dana", "en"],
      ["dana#1", "de"],
    ]);
    expect(await load(`${HEADER}\n${ADA}\n`)).toMatchObject({ imported: 0, already: 1 });
    expect(await rows()).toEqual(before);
  });

  test("who is met after the import is who the file says, by id and by verified address", async () => {
    const bea = "crm-2,Bea,bea@acme.example,17,,user,,,,";
    expect(await load(`${HEADER}\n${ADA}\n${bea}\n`)).toMatchObject({ imported: 2 });
    const met = await meet(slack, dana);
    const [ada] = await find("import:crm-1");
    expect(met.humanId).toBe(ada?.humanId);
    expect(met.accountId).not.toBeNull();
    const second = await meet(slack, {
      externalId: "U-bea",
      name: "bea",
      role: "customer",
      email: "BEA@acme.example",
    });
    const [found] = await find("import:crm-2");
    expect(second.humanId).toBe(found?.humanId);
    expect((await readMerges(database.db, workspaceId, [second.id])).map(({ how }) => how)).toEqual(
      ["import"],
    );
    expect((await rows()).find(({ id }) => id === met.id)?.source).toBe("platform");
  });

  test("an address in the file links who has it verified, and not two rows of the file", async () => {
    const met = await meet(slack, { ...dana, email: "info@acme.example" });
    const lines = "1,Ann,ann@acme.example\n2,Ben,ann@acme.example\n3,Dana,info@acme.example\n";
    await load(`person,name,email\n${lines}`);
    expect(await sameHuman(database.db, workspaceId, met.id)).toHaveLength(2);
    const ann = await find("ann@acme.example");
    expect(ann.map(({ people }) => people.map(({ name }) => name))).toEqual([["Ann"], ["Ben"]]);
  });

  test("an answer of the same file's key is of the same human; cells left empty change nothing", async () => {
    const answers = "metric,score,answered_at,person\nnps,9,2026-10-01T10:00:00Z,crm-1\n";
    await importText(database, workspaceId, answers);
    await load(`${HEADER}\n${ADA}\n`);
    await load("person,name\ncrm-1,Ada L.\n");
    const [found] = await find("import:crm-1");
    expect(found?.people[0]).toMatchObject({
      name: "Ada L.",
      email: "ada@acme.example",
      emailVerified: false,
      account: "Acme GmbH",
    });
    const { person_id } = await database.db
      .selectFrom("answers")
      .select("person_id")
      .where("workspace_id", "=", workspaceId)
      .executeTakeFirstOrThrow();
    expect(person_id).toBe(found?.people[0]?.personId);
  });

  test("a link that was taken back by hand is not made again, one made by hand stays", async () => {
    const met = await meet(slack, dana);
    await load(`${HEADER}\n${ADA}\n`);
    const [merge] = (await readMerges(database.db, workspaceId, [met.id])).slice(-1);
    await takeBack(database, workspaceId, merge?.id ?? "");
    await load(`${HEADER}\n${ADA}\n`);
    expect(await sameHuman(database.db, workspaceId, met.id)).toEqual([met.id]);
    const [found] = await find("import:crm-1");
    await linkByHand(database, workspaceId, met.id, found?.humanId ?? "");
    expect(await sameHuman(database.db, workspaceId, met.id)).toHaveLength(3);
  });

  test("whoever asked to be forgotten is left out and counted, by any of their identities", async () => {
    const forgotten_at = minutes(-5);
    const hash = ledger.hash(workspaceId, {
      kind: "user",
      platform: "discord",
      externalId: "77",
    });
    await database.db
      .insertInto("forgotten")
      .values({ workspace_id: workspaceId, hash, forgotten_at })
      .execute();
    expect(await load(`${HEADER}\n${ADA}\ncrm-2,Bea,,,,,,,,\n`)).toMatchObject({
      imported: 1,
      forgotten: 1,
      already: 0,
    });
    expect((await rows()).map(({ name }) => name)).toEqual(["Bea"]);
  });

  test("T3 a file is about one workspace", async () => {
    const other = await insertWorkspace(database.db);
    const there = await insertConnection(database.db, other, { platform: "slack" });
    const foreign = await at(database, minutes(0), (work) =>
      meetPerson(work, other, there, { ...dana, email: "ada@acme.example" }),
    );
    await load(`${HEADER}\n${ADA}\n`);
    expect(await sameHuman(database.db, other, foreign.id)).toEqual([foreign.id]);
    expect(await findHumans(database.db, other, "import:crm-1")).toEqual([]);
  });

  test("bad rows are told, and nothing is imported", async () => {
    const bad = [
      ",Ada,,,,,,,,",
      "1,,not an address,,,,,,,",
      "2,,,,Acme,,,,,",
      "3,,,17,,boss,,,,",
      "4,,,,,,xx-,,,",
      "5,,,,,,,Mars/Olympus,,",
      "agent:6,,,,,,,,,",
      "7,,,",
    ];
    const result = await load(`${HEADER}\n${ADA}\n${bad.join("\n")}\n`);
    expect(result.reasons).toEqual([
      "person is missing",
      "email must be one address such as ada@example.org",
      "account_name needs the account's id in account",
      "account_role must be buyer or user",
      "language must be a language tag such as en, ru or zh-Hans",
      "time_zone must be the name of a zone such as Europe/Berlin",
      'person must not begin with "agent:"',
      "it has 4 columns, the header has 10",
    ]);
    expect(await rows()).toEqual([]);
  });

  test("a column of a platform that is not connected is refused, a connection is found by its name", async () => {
    await expect(load("person,teams\n1,2\n")).rejects.toMatchObject({
      code: "bad-input",
      advice: expect.stringContaining("slack,discord"),
    });
    const second = await insertConnection(database.db, workspaceId, {
      platform: "slack",
      name: "Globex",
    });
    const text = "person,slack,connection\n1,U-1;U-2,Globex\n2,U-3,\n3,U-4,Nowhere\n";
    expect((await load(text)).reasons).toEqual([
      "connection names none of those that are set up here",
    ]);
    await load(text, { skipBad: true });
    const { db } = database;
    const identities = await db
      .selectFrom("identities")
      .select(["external_id", "connection_id"])
      .where("workspace_id", "=", workspaceId)
      .where("connection_id", "in", [slack, second])
      .orderBy("external_id")
      .execute();
    expect(identities.map((row) => [row.external_id, row.connection_id])).toEqual([
      ["U-1", second],
      ["U-2", second],
      ["U-3", slack],
    ]);
  });

  test("one person in several lines is one person", async () => {
    await load("person,name,slack,discord\n1,Ada,U-1,\n1,Ada,,77\n1,Ada B.,U-2,\n");
    const [found] = await find("slack:U-2");
    expect(found?.people).toHaveLength(4);
    expect(found?.people.some(({ name }) => name === "Ada B.")).toBe(true);
  });
});
