import fc from "fast-check";
import { sql } from "kysely";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { AppError } from "../../src/errors.ts";
import { MOST_BAD_ROWS } from "../../src/importing/import-csv.ts";
import { beginImport } from "../../src/store/import-answers.ts";
import type { Schema } from "../../src/store/schema.ts";
import { createOpener, describeEitherDatabase, type TestDatabase } from "../support/database.ts";
import { insertWorkspace } from "../support/database-rows.ts";
import { chunksOf, importText } from "./support.ts";

const HEADER =
  "metric,score,answered_at,person,comment,language,channel,team,agent,touchpoint,tags,chat,asked_at";
const AT = "2026-10-01T10:00:00Z";

describeEitherDatabase("importing answers", (open) => {
  let database: TestDatabase;
  let workspaceId: number;

  beforeAll(async () => {
    database = await open();
  });
  beforeEach(async () => {
    workspaceId = await insertWorkspace(database.db);
  });

  const load = (text: string | Uint8Array, options = {}) =>
    importText(database, workspaceId, text, options);

  async function count(table: Exclude<keyof Schema, "workspaces">): Promise<number> {
    const { rows } = await sql<{ n: number }>`
      select count(*)::int as n from ${sql.table(table)} where workspace_id = ${workspaceId}`.execute(
      database.db,
    );
    return rows[0]?.n ?? -1;
  }

  describe("what is kept of a row", () => {
    test("everything that a full row says", async () => {
      await load(
        `${HEADER}\nnps,3,${AT},ada,"slow, sorry",ru,email,Billing,Bob,renewal,vip;refund,C-1,2026-10-01T09:00:00Z\n`,
      );
      const [score, why] = await database.db
        .selectFrom("answers")
        .selectAll()
        .where("workspace_id", "=", workspaceId)
        .orderBy("question")
        .execute();
      expect(score).toMatchObject({
        question: "score",
        metric: "nps",
        score: 3,
        scale_min: 0,
        scale_max: 10,
        text: null,
        platform: "import",
        channel: "email",
        team: "Billing",
        touchpoint: "renewal",
        tags: ["vip", "refund"],
        language: "ru",
        asked_at: new Date("2026-10-01T09:00:00Z"),
        answered_at: new Date(AT),
        closing: 1,
      });
      expect(why).toMatchObject({ question: "why", text: "slow, sorry", score: null });
      expect(why?.invitation_id).toBe(score?.invitation_id);

      const invitation = await database.db
        .selectFrom("invitations")
        .selectAll()
        .where("workspace_id", "=", workspaceId)
        .executeTakeFirstOrThrow();
      expect(invitation).toMatchObject({
        kind: "import",
        state: "answered",
        asked_at: new Date("2026-10-01T09:00:00Z"),
        reached_at: new Date("2026-10-01T09:00:00Z"),
        answered_at: new Date(AT),
        expires_at: new Date("2026-10-08T09:00:00Z"),
      });

      const chat = await database.db
        .selectFrom("chats")
        .selectAll()
        .where("workspace_id", "=", workspaceId)
        .executeTakeFirstOrThrow();
      expect(chat).toMatchObject({ external_id: "C-1", state: "closed", source: "import" });
      expect(chat.customer_id).toBe(score?.person_id);

      const handlers = await database.db
        .selectFrom("handlers as h")
        .innerJoin("people as p", (join) =>
          join.onRef("p.workspace_id", "=", "h.workspace_id").onRef("p.id", "=", "h.person_id"),
        )
        .select(["h.closing", "p.name", "p.role", "p.source"])
        .where("h.workspace_id", "=", workspaceId)
        .execute();
      expect(handlers).toEqual([{ closing: 1, name: "Bob", role: "agent", source: "import" }]);
    });

    test("no more than a bare row says: nobody, no chat, never asked", async () => {
      await load(`metric,score,answered_at\nces,6,${AT}\n`);
      const answer = await database.db
        .selectFrom("answers as a")
        .innerJoin("invitations as i", (join) =>
          join.onRef("i.workspace_id", "=", "a.workspace_id").onRef("i.id", "=", "a.invitation_id"),
        )
        .select(["a.score", "a.person_id", "a.chat_id", "a.tags", "i.asked_at", "i.expires_at"])
        .where("a.workspace_id", "=", workspaceId)
        .executeTakeFirstOrThrow();
      expect(answer).toEqual({
        score: 6,
        person_id: null,
        chat_id: null,
        tags: [],
        asked_at: null,
        expires_at: null,
      });
      expect(await count("people")).toBe(0);
      expect(await count("chats")).toBe(0);
    });

    test("equal people, agents and chats are one, and an agent is not a customer of the same name", async () => {
      await load(
        [
          "metric,score,answered_at,person,agent,chat",
          `nps,9,${AT},ada,Bob,C-1`,
          `csat,5,${AT},ada,Bob,C-1`,
          `nps,1,${AT},Bob,Eve,C-1`,
        ].join("\n"),
      );
      expect(await count("people")).toBe(4); // ada, Bob the customer, Bob and Eve the agents
      expect(await count("chats")).toBe(1);
      expect(await count("handlers")).toBe(2);
      expect(await count("surveys")).toBe(2);
    });

    test("resolution is kept by its steps", async () => {
      await load(
        `metric,score,answered_at\nresolution,yes,${AT}\nresolution,partly,${AT}\nresolution,no,${AT}\n`,
      );
      const scores = await database.db
        .selectFrom("answers")
        .select("score")
        .where("workspace_id", "=", workspaceId)
        .orderBy("score")
        .execute();
      expect(scores.map(({ score }) => score)).toEqual([0, 1, 2]);
    });

    test("the import leaves a line in the audit log, without words or names", async () => {
      await load(`metric,score,answered_at,person,comment\nnps,9,${AT},ada,private\n`);
      const line = await database.db
        .selectFrom("audit")
        .select(["actor", "action", "details"])
        .where("workspace_id", "=", workspaceId)
        .executeTakeFirstOrThrow();
      expect(line).toEqual({
        actor: "operator",
        action: "import",
        details: { rows: 1, imported: 1, bad: 0 },
      });
    });
  });

  describe("N9 importing again", () => {
    const file = [
      "metric,score,answered_at,person,agent,comment,tags",
      `nps,9,${AT},ada,Bob,quick,billing;vip`,
      `nps,9,${AT},ada,Bob,quick,billing;vip`,
      `nps,9,${AT},,,,`,
      `nps,9,${AT},,,,`,
      `resolution,partly,${AT},,,,`,
    ];

    test("the same file adds nothing, although rows in it are equal", async () => {
      expect(await load(file.join("\n"))).toMatchObject({ rows: 5, imported: 5, already: 0 });
      expect(await load(file.join("\n"))).toMatchObject({ rows: 5, imported: 0, already: 5 });
      expect(await count("invitations")).toBe(5);
      expect(await count("answers")).toBe(7);
      expect(await count("handlers")).toBe(2);
    });

    test("a longer file adds what is new in it, also one more of equal rows", async () => {
      await load(file.join("\n"));
      const longer = [...file, `nps,9,${AT},,,,`, `nps,0,${AT},,,,`];
      expect(await load(longer.join("\n"))).toMatchObject({ rows: 7, imported: 2, already: 5 });
    });

    test("into another workspace adds everything there", async () => {
      await load(file.join("\n"));
      const other = await insertWorkspace(database.db);
      expect(await importText(database, other, file.join("\n"))).toMatchObject({ imported: 5 });
    });
  });

  describe("bad rows", () => {
    const file = [
      "metric,score,answered_at,comment",
      `nps,9,${AT},"two`,
      `lines"`,
      `nps,11,${AT},`,
      `nps,8,${AT},`,
      "nps,8,yesterday,",
    ].join("\n");

    test("are all told with line and reason, and nothing is kept", async () => {
      const result = await load(file);
      expect(result).toMatchObject({ rows: 4, imported: 0, already: 0, bad: 2, complete: true });
      expect(result.badRows).toEqual([
        {
          line: 4,
          reason: "score must be a whole number from 0 to 10 for nps",
          cells: ["nps", "11", AT, ""],
        },
        {
          line: 6,
          reason:
            "answered_at must be a real date and time with an offset, such as 2026-10-05T14:30:00+02:00",
          cells: ["nps", "8", "yesterday", ""],
        },
      ]);
      for (const table of ["answers", "invitations", "connections", "surveys"] as const) {
        expect(await count(table), table).toBe(0);
      }
    });

    test("are left out when that is wanted", async () => {
      expect(await load(file, { skipBad: true })).toMatchObject({ rows: 4, imported: 2, bad: 2 });
      expect(await count("invitations")).toBe(2);
    });

    test("end a hopeless file early, unless they are skipped", async () => {
      const hopeless = `metric,score,answered_at\n${`nps,99,${AT}\n`.repeat(MOST_BAD_ROWS + 5)}`;
      expect(await load(hopeless)).toMatchObject({ bad: MOST_BAD_ROWS, complete: false });
      expect(await load(hopeless, { skipBad: true })).toMatchObject({
        bad: MOST_BAD_ROWS + 5,
        complete: true,
      });
    });
  });

  describe("all or nothing", () => {
    const rows = Array.from({ length: 1200 }, (_, i) => `nps,${i % 11},${AT},person-${i}`);
    const start = `metric,score,answered_at,person\n${rows.join("\n")}\n`;

    test("a file that turns out broken behind good rows leaves nothing", async () => {
      for (const skipBad of [false, true]) {
        await expect(load(`${start}nps,9,"open`, { skipBad })).rejects.toThrow("never closed");
        expect(await count("people")).toBe(0);
      }
    });

    test("N9 an import that is interrupted leaves nothing, and can be made again", async () => {
      const stop = new AbortController();
      const reason = new Error("somebody pressed Ctrl-C");
      async function* interrupted() {
        yield* chunksOf(start);
        stop.abort(reason);
        yield Buffer.from(`nps,9,${AT},late\n`);
      }
      const options = { source: interrupted(), signal: stop.signal };
      await expect(load("", options)).rejects.toBe(reason);
      expect(await count("people")).toBe(0);
      expect(await load(start)).toMatchObject({ imported: 1200 });
      expect(await load(start)).toMatchObject({ imported: 0, already: 1200 });
    });

    test("an empty file is refused", async () => {
      for (const text of ["", "\n\n", "\u{feff}"]) {
        await expect(load(text)).rejects.toThrow("The file is empty.");
      }
    });

    test("a file with a header only is an import of nothing", async () => {
      expect(await load("metric,score,answered_at\n")).toMatchObject({ rows: 0, imported: 0 });
    });
  });

  test("N1 whatever stands in a cell is kept as it is, or its row is refused with a reason", async () => {
    const cell = fc.string({ unit: "binary", maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ comment: cell, person: cell, tags: cell })),
        async (rows) => {
          const id = await insertWorkspace(database.db);
          const lines = rows.map((row, i) =>
            ["nps", "9", AT, `${i}${row.person}`, `${i} ${row.comment}.`, row.tags]
              .map(quoted)
              .join(","),
          );
          const text = ["metric,score,answered_at,person,comment,tags", ...lines].join("\n");
          const result = await importText(database, id, text, { skipBad: true });
          expect(result.imported + result.bad).toBe(rows.length);
          for (const { reason } of result.badRows) expect(reason).toMatch(/NUL/);
          const kept = await database.db
            .selectFrom("answers")
            .select("text")
            .where("workspace_id", "=", id)
            .where("question", "=", "why")
            .execute();
          const wanted = rows.flatMap(({ comment, person, tags }, i) =>
            `${comment}${person}${tags}`.includes("\0") ? [] : [`${i} ${comment}.`],
          );
          // A lone surrogate cannot be written as UTF-8: the file has U+FFFD already.
          const asRead = (texts: (string | null)[]) => texts.map((t) => t?.toWellFormed()).sort();
          expect(asRead(kept.map((row) => row.text))).toEqual(asRead(wanted));
        },
      ),
      { numRuns: 15 },
    );
  });

  test("any rows are counted as they are, in whatever order they come", async () => {
    const row = fc.record({
      metric: fc.constantFrom("nps", "csat"),
      score: fc.integer({ min: 1, max: 5 }),
      person: fc.constantFrom("", "ada", "bob"),
      team: fc.constantFrom("", "Billing"),
      chat: fc.constantFrom("", "C-1", "C-2"),
    });
    const lines = fc.array(
      row.map((r) => `${r.metric},${r.score},${AT},${r.person},${r.team},${r.chat}`),
      { maxLength: 40 },
    );
    const shuffled = lines.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
    );
    await fc.assert(
      fc.asyncProperty(shuffled, async ([list, other]) => {
        const id = await insertWorkspace(database.db);
        const file = (rows: string[]) =>
          ["metric,score,answered_at,person,team,chat", ...rows].join("\n");
        const first = await importText(database, id, file(list));
        expect(first).toMatchObject({ rows: list.length, imported: list.length, already: 0 });
        const again = await importText(database, id, file(other));
        expect(again).toMatchObject({ imported: 0, already: list.length });
        const { rows } = await sql<{ line: string; n: number }>`
          select concat_ws(',', a.metric, a.score, ${AT}::text, coalesce(p.name, ''),
            coalesce(a.team, ''), coalesce(c.external_id, '')) as line, count(*)::int as n
          from answers a
          left join people p on p.workspace_id = a.workspace_id and p.id = a.person_id
          left join chats c on c.workspace_id = a.workspace_id and c.id = a.chat_id
          where a.workspace_id = ${id} group by 1`.execute(database.db);
        const counted = new Map(rows.map(({ line, n }) => [line, n]));
        expect(counted).toEqual(tally(list));
      }),
      { numRuns: 15 },
    );
  });
});

describe("two imports at once on a server", () => {
  const open = createOpener("postgres");

  test("the second one is refused while the first runs", async () => {
    const database = await open();
    const { workspaceId } = database;
    const refusal: unknown = await database.db.transaction().execute(async (trx) => {
      await beginImport(trx, workspaceId);
      return importText(database, workspaceId, `${HEADER}\n`).catch((error: unknown) => error);
    });
    expect(refusal).toBeInstanceOf(AppError);
    expect(refusal).toMatchObject({ code: "data-in-use" });
    expect(await importText(database, workspaceId, `${HEADER}\n`)).toMatchObject({ rows: 0 });
  });
});

function quoted(cell: string): string {
  return `"${cell.replaceAll('"', '""')}"`;
}

function tally(lines: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const line of lines) counts.set(line, (counts.get(line) ?? 0) + 1);
  return counts;
}
