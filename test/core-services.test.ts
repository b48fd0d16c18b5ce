import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { readView } from "../src/commands/view.ts";
import { createCoreServices } from "../src/core-services.ts";
import { isTextKey, languages } from "../src/locales/index.ts";
import { cuts, filterNames } from "../src/metrics/filter.ts";
import { periodWords } from "../src/metrics/period-text.ts";
import { suggestionLists } from "../src/platform/commands.ts";
import type { CoreServices, PlatformUser, SuggestionList } from "../src/platform.ts";
import { forget } from "../src/scheduling/clockwork/ticker.ts";
import { newId } from "../src/store/ids.ts";
import { readWorkspace } from "../src/store/workspaces.ts";
import { describeEitherDatabase, type TestDatabase } from "./support/database.ts";
import { insertChat, insertPerson } from "./support/database-rows.ts";
import { chatRef, createWorld, dana, kim, robin, type World } from "./support/world.ts";

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;

describeEitherDatabase("what an adapter may ask of the core", (open) => {
  let database: TestDatabase;
  let world: World;
  let core: CoreServices;
  beforeAll(async () => {
    database = await open();
  });
  beforeEach(async () => {
    world = await createWorld(database);
    core = createCoreServices(world.engine, `messenger-${world.workspaceId}`);
  });

  const connection = () => ({ platform: "messenger", externalId: `T-${world.workspaceId}` });
  const says = (id: string, place: string, position: string) =>
    world.inbox.receive({
      ...{ id, connection: connection(), at: world.clock.now(), bookmark: { place, position } },
      ...{ kind: "direct-message", from: dana, text: "hello" },
    });
  const bookmarks = (since = new Date(0)) => core.bookmarks(connection(), since);

  describe("bookmarks", () => {
    test("move with the events of their place, the newest place first", async () => {
      await says("1", "D1", "m1");
      world.clock.advance(HOUR);
      await says("2", "D2", "m2");
      world.clock.advance(HOUR);
      await says("3", "D1", "m3");
      expect(await bookmarks()).toEqual([
        { place: "D1", position: "m3", keptAt: world.clock.now() },
        { place: "D2", position: "m2", keptAt: new Date(world.clock.now().getTime() - HOUR) },
      ]);
      expect(await bookmarks(world.clock.now())).toMatchObject([{ place: "D1" }]);
    });

    test("F8 an event that comes a second time does not move one back", async () => {
      await says("1", "D1", "m1");
      await says("2", "D1", "m2");
      await says("1", "D1", "m1");
      expect(await bookmarks()).toMatchObject([{ position: "m2" }]);
    });

    test("F8 what could not be taken moves none: it is read again", async () => {
      const failing = await createWorld(database, {
        reach: (point) => {
          if (point === "inbox.before_commit") throw new Error("killed");
        },
      });
      const ref = { platform: "messenger", externalId: `T-${failing.workspaceId}` };
      const event = { id: "1", connection: ref, at: failing.clock.now() };
      const bookmark = { place: "D1", position: "m1" };
      await expect(
        failing.inbox.receive({
          ...{ ...event, bookmark },
          ...{ kind: "direct-message", from: dana, text: "hello" },
        }),
      ).rejects.toThrow("killed");
      expect(await core.bookmarks(ref, new Date(0))).toEqual([]);
    });

    test("F8 begin with what we sent, and are not moved by it", async () => {
      const bookmark = (position: string) => ({ place: "D1", position });
      world.messenger.marks = () => bookmark("ours");
      await world.playChat();
      world.clock.advance(HOUR);
      await world.settle();
      expect(await bookmarks()).toMatchObject([bookmark("ours")]);
      await says("1", "D1", "theirs");
      world.messenger.marks = () => bookmark("ours again");
      world.clock.advance(DAY);
      await world.writes(dana, "3");
      await world.settle();
      expect(await bookmarks()).toEqual([{ ...bookmark("theirs"), keptAt: world.clock.now() }]);
    });

    test("are forgotten after 30 days, and belong to one connection only", async () => {
      await says("1", "D1", "m1");
      expect(
        await core.bookmarks({ platform: "messenger", externalId: "T-0" }, new Date(0)),
      ).toEqual([]);
      world.clock.advance(30 * DAY);
      await forget(world.engine);
      expect(await bookmarks()).toHaveLength(1);
      world.clock.advance(1);
      await forget(world.engine);
      expect(await bookmarks()).toEqual([]);
    });
  });

  describe("notes", () => {
    test("outlive a restart, and are each platform's own", async () => {
      expect(await core.readNote("budget")).toBeUndefined();
      await core.keepNote("budget", "1");
      await core.keepNote("budget", "2");
      const again = createCoreServices(world.engine, `messenger-${world.workspaceId}`);
      expect(await again.readNote("budget")).toBe("2");
      expect(await createCoreServices(world.engine, "other").readNote("budget")).toBeUndefined();
    });

    test("that are too long are refused", async () => {
      await core.keepNote("long", "x".repeat(10_000));
      await expect(core.keepNote("long", "x".repeat(10_001))).rejects.toThrow(RangeError);
    });
  });

  describe("suggestions", () => {
    const suggest = (list: SuggestionList, typed = "", from: PlatformUser = robin) =>
      core.suggest({ connection: connection(), from, list, typed });
    const values = async (...given: Parameters<typeof suggest>) =>
      (await suggest(...given)).map(({ value }) => value);

    test("T2 there are none for customers, none outside of somebody's own, and none of a foreign connection", async () => {
      await world.says(dana, chatRef("C1"), "hi");
      for (const list of suggestionLists) {
        expect(await suggest(list, "", dana), list).toEqual([]);
        if (["period", "vs", "survey", "team"].includes(list))
          expect(await suggest(list), list).not.toEqual([]);
      }
      // Nobody is told of other people's names who sees only their own figures.
      expect(await suggest("period", "", kim)).not.toEqual([]);
      for (const list of ["survey", "agent", "account"] as const) {
        expect(await suggest(list, "", kim), list).toEqual([]);
      }
      const foreign = { platform: "messenger", externalId: "T-0" };
      expect(
        await core.suggest({ connection: foreign, from: robin, list: "team", typed: "" }),
      ).toEqual([]);
    });

    /** What stands before a choice of a list, as its option's prefix does. */
    const prefixOf = (list: SuggestionList) =>
      list === "period" ? "" : list === "vs" ? "vs " : `${list}:`;

    test("every suggestion is read as what it offers", async () => {
      await world.says(
        dana,
        { ...chatRef("C9"), team: 'Sales "EU" & more', channel: "#big desk" },
        "hi",
      );
      const workspace = await readWorkspace(database.db, world.workspaceId);
      const person = { id: newId(), name: "Robin", role: "admin" } as const;
      const grammar = { cuts, filters: filterNames, versus: true };
      // What stands for a name, and is no part of a view.
      const admins: readonly string[] = ["survey", "survey-key", "schedule"];
      for (const locale of languages) {
        const reader = { workspace, person, language: locale };
        for (const list of suggestionLists.filter((each) => !admins.includes(each))) {
          for (const { value } of await suggest(list, "", { ...robin, locale })) {
            const text = `${prefixOf(list)}${value}`;
            const read = await readView(world.engine, reader, text, grammar);
            expect(read, text).toMatchObject({ ok: true });
            const again = await readView(world.engine, reader, `${text} by tag`, grammar);
            expect(again, text).toMatchObject({ ok: true, view: { by: "tag" } });
          }
        }
      }
    });

    test("periods come with their dates, in the language of whoever types", async () => {
      const all = await suggest("period");
      expect(all.map(({ value }) => value).slice(0, periodWords.length)).toEqual(periodWords);
      expect(all[3]?.label).toMatch(/^last week · \w{3} \d/u);
      expect((await suggest("period", "", { ...robin, locale: "ru" }))[3]?.label).toMatch(
        /^прошлая неделя · /u,
      );
      expect((await suggest("period", "all"))[0]).toEqual({ label: "all time", value: "all" });
    });

    test("every word for a period has a name in every language", () => {
      expect(languages.length).toBeGreaterThan(1);
      for (const word of periodWords) {
        expect(isTextKey(`period.word.${word.replace(" ", "-")}`), word).toBe(true);
      }
    });

    test("what was typed narrows periods down, by value or by name, and may be a period itself", async () => {
      expect(await values("period", "mon")).toEqual(["month", "last month"]);
      expect(await values("period", "прош", { ...robin, locale: "ru" })).toEqual([
        "last week",
        "last month",
        "last quarter",
        "last year",
      ]);
      expect(await suggest("period", "2026-W02")).toMatchObject([
        { label: expect.stringMatching(/^2026-W02 · Jan 5/), value: "2026-W02" },
      ]);
      expect(await values("period", "nonsense")).toEqual([]);
    });

    test("teams of the last 90 days, the newest first, in quotes when they have to be", async () => {
      const chat = (id: string, team: string) => ({ ...chatRef(id), team });
      await world.says(dana, chat("C1", "Old hands"), "hi");
      world.clock.advance(60 * DAY);
      await world.says(dana, chat("C2", "Customer care"), "hi");
      world.clock.advance(HOUR);
      await world.says(dana, chat("C3", "Billing"), "hi");
      expect(await suggest("team")).toEqual([
        { label: "Billing", value: "Billing" },
        { label: "Customer care", value: '"Customer care"' },
        { label: "Old hands", value: '"Old hands"' },
      ]);
      expect(await values("team", "care")).toEqual(['"Customer care"']);
      expect(await values("team", "cu")).toEqual(['"Customer care"']);
      world.clock.advance(31 * DAY);
      expect(await values("team")).toEqual(["Billing", '"Customer care"']);
    });

    test("a lead of one team is told no names of other teams, not even as what was meant", async () => {
      const { db } = database;
      const { workspaceId, clock } = world;
      await world.types(robin, "aftertalk", "help");
      const { person_id: id, connection_id } = await db
        .selectFrom("identities")
        .selectAll()
        .where("workspace_id", "=", workspaceId)
        .where("external_id", "=", robin.externalId)
        .executeTakeFirstOrThrow();
      for (const team of ["Billing", "Sales"]) {
        const account = { id: newId(), external_id: team, name: `${team} Ltd` };
        await db
          .insertInto("accounts")
          .values({ workspace_id: workspaceId, ...account })
          .execute();
        const customer_id = await insertPerson(db, workspaceId, { account_id: account.id });
        const person_id = await insertPerson(db, workspaceId, { name: `${team}er`, role: "agent" });
        const about = { team, channel: `#${team}`, opened_at: clock.now(), customer_id };
        const chat_id = await insertChat(db, workspaceId, connection_id, about);
        const handler = { workspace_id: workspaceId, chat_id, closing: 0, person_id, messages: 1 };
        await db.insertInto("handlers").values(handler).execute();
      }
      const lead = { ...robin, role: "lead" } as const;
      expect((await values("agent", "", lead)).toSorted()).toEqual(["Billinger", "Saleser"]);
      await db
        .updateTable("people")
        .set({ teams: ["Billing"] })
        .where("workspace_id", "=", workspaceId)
        .where("id", "=", id)
        .execute();
      expect(await values("agent", "", lead)).toEqual(["Billinger"]);
      expect(await values("account", "sales", lead)).toEqual([]);
      expect(await values("account", "bi", lead)).toEqual(['"Billing Ltd"']);
      expect(await values("channel", "", lead)).toEqual(["#Billing"]);
      const workspace = await readWorkspace(db, workspaceId);
      const reader = {
        workspace,
        person: { id, name: "Robin", role: "lead" },
        language: "en",
      } as const;
      const read = await readView(world.engine, reader, "agent:Salesr", { filters: filterNames });
      expect(JSON.stringify(read)).not.toContain("Saleser");
    });

    test("surveys by what they measure", async () => {
      expect(await values("survey")).toEqual(["nps", "ces", "csat"]);
      expect(await suggest("survey", "np")).toEqual([{ label: "NPS", value: "nps" }]);
    });
  });
});
