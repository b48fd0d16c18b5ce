import { sql } from "kysely";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { doWork } from "../../src/engine.ts";
import { judge, type Late, stopForgotten } from "../../src/inbox/forgotten.ts";
import { forgetHuman } from "../../src/people/erase.ts";
import { applyLedger, forgottenAmong, isForgotten } from "../../src/people/forget.ts";
import type { PlatformUser, Reply } from "../../src/platform.ts";
import { connectionsOf, findConnection } from "../../src/store/connections.ts";
import { readLedger } from "../../src/store/forgotten.ts";
import type { Schema } from "../../src/store/schema.ts";
import { describeEitherDatabase, type TestDatabase } from "../support/database.ts";
import { tokenOf, wordsOf } from "../support/messenger.ts";
import { chatRef, createWorld, dana, kim, robin, type World } from "../support/world.ts";

const MINUTE = 60_000;
const words = (reply: Reply) => ("message" in reply ? wordsOf(reply.message) : reply.kind);

describe("what becomes of an event of somebody who was forgotten", () => {
  const forgottenAt = new Date("2026-05-01T10:00:00Z");
  const late: Late = {
    ...{ kind: "direct-message", role: "customer", resumes: false },
    ...{ at: new Date("2026-05-01T11:00:00Z"), forgottenAt },
  };

  test.each<[string, Partial<Late>]>([
    ["drop", { at: new Date("2026-05-01T09:00:00Z"), resumes: true }],
    ["drop", { at: forgottenAt, role: "admin" }],
    ["drop", { kind: "chat-message" }],
    ["drop", { kind: "chat-closed", role: "viewer" }],
    ["tell", {}],
    ["tell", { kind: "command" }],
    ["tell", { kind: "action", role: "viewer" }],
    ["resume", { resumes: true }],
    ["resume", { resumes: true, role: "lead" }],
    ["staff", { role: "agent", kind: "chat-message" }],
    ["staff", { role: "admin", kind: "command" }],
  ])("P4 %s: %o", (verdict, given) => {
    expect(judge({ ...late, ...given })).toBe(verdict);
  });
});

describeEitherDatabase("after somebody was forgotten", (open) => {
  let database: TestDatabase;
  let world: World;

  beforeAll(async () => {
    database = await open();
  });
  beforeEach(async () => {
    world = await createWorld(database);
  });

  const people = (name: string) =>
    database.db
      .selectFrom("people")
      .select(["id", "consent"])
      .where("workspace_id", "=", world.workspaceId)
      .where("name", "=", name)
      .execute();

  async function forget(name: string): Promise<void> {
    const [person] = await people(name);
    const { workspaceId, engine } = world;
    await doWork(engine, (work) =>
      forgetHuman(engine, work, { workspaceId, personId: person?.id ?? "", by: "person" }),
    );
    await world.settle();
    world.clock.advance(MINUTE);
  }

  /** How many rows each table has in this workspace, the noted events left out. */
  async function counts(): Promise<Record<string, number>> {
    const tables: (keyof Schema)[] = [
      ...(["people", "identities", "chats", "handlers", "invitations", "answers"] as const),
      ...(["deliveries", "decisions", "cases", "audit", "bookmarks", "forgotten"] as const),
    ];
    const found: Record<string, number> = {};
    for (const table of tables) {
      const { rows } = await sql`select from ${sql.table(table)}
        where workspace_id = ${world.workspaceId}`.execute(database.db);
      found[table] = rows.length;
    }
    return found;
  }

  async function askDana(): Promise<string> {
    await world.playChat();
    world.clock.advance(15 * MINUTE);
    await world.settle();
    return tokenOf(world.messenger.to("U-dana")[0]?.message ?? fail(), "9");
  }

  test("events do not wait for one another, and a yes to being forgotten asks for no second lock", async () => {
    const { workspaceId, engine } = world;
    const connection = (await connectionsOf(database.db, workspaceId))[0]?.ref ?? fail();
    const found = (await findConnection(database.db, connection)) ?? fail();
    const signed = { workspaceId, invitationId: "", question: "", verb: "rights" } as const;
    const press = async (value: string) => {
      const token = engine.tokens.sign({ ...signed, value });
      const { at, event } = { at: world.clock.now(), event: { connection, from: dana } };
      return doWork(engine, async (work) => {
        const action = { kind: "action", id: value, at, ...event, token } as const;
        await stopForgotten(engine, work, found, action);
        const { rows } = await sql<{ mode: string }>`select mode from pg_locks
          where locktype = 'advisory' and pid = pg_backend_pid()`.execute(work.transaction);
        return rows.map(({ mode }) => mode);
      });
    };
    expect(await press("menu")).toEqual(["ShareLock"]);
    expect(await press("forget-sure")).toEqual(["ExclusiveLock"]);
  });

  test("P4 nothing that comes late makes them anew: 0 rows", async () => {
    const token = await askDana();
    const before = world.clock.now();
    await forget("Dana");
    const rows = await counts();
    const base = { connection: connection(), at: before };
    const bookmark = { place: "C1", position: "9" };
    const chat = chatRef("C7");
    const receive = world.inbox.receive;
    const late: Promise<Reply>[] = [
      receive({ ...base, id: "l1", kind: "direct-message", from: dana, text: "9", bookmark }),
      receive({ ...base, id: "l2", kind: "direct-message", from: dana, text: "resume" }),
      receive({ ...base, id: "l3", kind: "action", from: dana, token }),
      receive({ ...base, id: "l4", kind: "command", from: dana, name: "feedback", text: "" }),
      receive({ ...base, id: "l5", kind: "chat-closed", by: dana, chat, reason: "solved" }),
      receive({
        ...{ ...base, id: "l6", kind: "chat-message", chat, from: dana, text: "Hello?" },
        ...{ public: true, bookmark },
      }),
    ];
    expect(new Set((await Promise.all(late)).map(({ kind }) => kind))).toEqual(
      new Set(["nothing"]),
    );
    await world.settle();
    expect(await counts()).toEqual(rows);
  });

  test("P4 whoever writes or presses afterwards is told why nothing is kept, and nothing is", async () => {
    const token = await askDana();
    await forget("Dana");
    const rows = await counts();
    expect(words(await world.writes(dana, "It was great"))).toContain("forgotten");
    expect(words(await world.presses(dana, token))).toContain("resume");
    expect(words(await world.types(dana, "feedback"))).toContain("forgotten");
    expect(words(await world.types(dana, "home"))).toContain("forgotten");
    expect(words(await world.asksFor(dana, chatRef("C1")))).toContain("forgotten");
    await world.says(dana, chatRef("C1"), "Hello?");
    await world.playChat({ chat: "C2" });
    world.clock.advance(60 * MINUTE);
    await world.settle();
    expect(await people("Dana")).toEqual([]);
    expect(world.messenger.to("U-dana")).toEqual([]);
    // Neither is the chat, whoever writes in it: by a hash it is known and left out.
    expect(await counts()).toEqual({ ...rows, forgotten: (rows.forgotten ?? 0) + 1 });
  });

  test("P4 what the team says and does in the chat of somebody forgotten makes it known no more", async () => {
    await askDana();
    await forget("Dana");
    const rows = await counts();
    // Channels of tickets are named after their customers.
    const chat = { ...chatRef("C1"), channel: "ticket-dana" };
    await world.says(kim, chat, "Sorry to see you go");
    await world.says(robin, chat, "So am I", { public: false });
    await world.closes(kim, chat, "manual");
    await world.reopens(kim, chat);
    await world.asksFor(robin, chat);
    await world.wants(robin, "scores", chat);
    await world.settle();
    // Robin is met; of Dana's chat there is no more than before.
    const met = { people: 2, identities: 2 };
    expect(await counts()).toEqual({ ...rows, ...met });
    expect(
      await database.db
        .selectFrom("chats")
        .select("external_id")
        .where("workspace_id", "=", world.workspaceId)
        .execute(),
    ).toEqual([{ external_id: expect.stringMatching(/^erased:/) }]);
    // Somebody else asks there, or they came back: it is a chat as any other.
    const eve = { ...dana, externalId: "U-eve", name: "Eve" };
    await world.says(eve, chatRef("C1"), "Me too");
    await world.says(kim, chatRef("C1"), "Let me look");
    expect(await counts()).toMatchObject({ chats: (rows.chats ?? 0) + 1 });
  });

  test("P4 'resume' is a new consent: they are met anew, and asked again", async () => {
    await askDana();
    await forget("Dana");
    expect(words(await world.writes(dana, "resume"))).toContain("Welcome back");
    expect(await people("Dana")).toMatchObject([{ consent: "open" }]);
    await world.playChat({ chat: "C3" });
    world.clock.advance(15 * MINUTE);
    await world.settle();
    expect(world.messenger.to("U-dana")).toHaveLength(1);
    await forget("Dana");
    expect(words(await world.types(dana, "feedback", "resume"))).not.toContain("forgotten");
    expect(await people("Dana")).toMatchObject([{ consent: "open" }]);
  });

  test("P4 one of the team comes back by working, and is never asked", async () => {
    await world.playChat();
    await forget("Kim");
    expect(await people("Kim")).toEqual([]);
    await world.says(kim, chatRef("C1"), "How is it going?");
    expect(await people("Kim")).toMatchObject([{ consent: "never" }]);
  });

  test("P4 the same human is known again on another connection by the platform's id and by their address", async () => {
    const withMail: PlatformUser = { ...dana, email: "Dana@Example.org" };
    await world.writes(withMail, "Hello?");
    await forget("Dana");
    const other = { ...dana, externalId: "U-other", email: "dana@example.org" };
    expect(words(await world.writes(other, "Hello?"))).toContain("forgotten");
    expect(await people("Dana")).toEqual([]);
    const { engine, workspaceId } = world;
    const { db, ledger } = engine;
    const mail = { kind: "email", email: "DANA@example.org" } as const;
    const nobody = { kind: "user", platform: "messenger", externalId: "U-nobody" } as const;
    expect(await isForgotten(db, ledger, workspaceId, [nobody, mail])).toBe(true);
    expect(await forgottenAmong(db, ledger, workspaceId, [[nobody], [mail], []])).toEqual([
      ...[false, true, false],
    ]);
    expect(await isForgotten(db, ledger, workspaceId + 1, [mail])).toBe(false);
  });

  test("P3 a ledger that is brought to a database that knows them erases them, once", async () => {
    await world.playChat();
    await forget("Dana");
    const entries = await readLedger(database.db, world.workspaceId);
    // Their account, their chat, and our own id of them, which exported files have.
    expect(entries).toHaveLength(3);
    // As an older copy of the database has it.
    await database.db
      .deleteFrom("forgotten")
      .where("workspace_id", "=", world.workspaceId)
      .execute();
    await world.playChat({ chat: "C5" });
    expect(await people("Dana")).toHaveLength(1);
    const { engine, workspaceId } = world;
    expect(await applyLedger(engine, workspaceId, entries)).toEqual({ erased: 1 });
    expect(await applyLedger(engine, workspaceId, entries)).toEqual({ erased: 0 });
    expect(await people("Dana")).toEqual([]);
    expect(await people("Kim")).toHaveLength(1);
    await world.writes(dana, "resume");
    expect(await applyLedger(engine, workspaceId, entries)).toEqual({ erased: 0 });
    expect(await people("Dana")).toHaveLength(1);
  });

  const connection = () => ({ platform: "messenger", externalId: `T-${world.workspaceId}` });
});

function fail(): never {
  throw new Error("there should be something here");
}
