/** Who may do what, with each platform's real client: what is looked up at every use, and who is refused. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { AdminCommand, Command } from "../../src/commands/command.ts";
import { ownNames } from "../../src/commands/own-names.ts";
import { commands } from "../../src/commands/registry.ts";
import { type Language, textsFor } from "../../src/locales/index.ts";
import type { Role } from "../../src/platform.ts";
import { namesInRoles } from "../../src/store/people.ts";
import { changeSettings, readSettings } from "../../src/store/settings.ts";
import { createOpener, type TestDatabase } from "../support/database.ts";
import { insertWorkspace } from "../support/database-rows.ts";
import { type Core, startCore } from "./core.ts";
import type { Asker, Desk } from "./desks/desk.ts";
import { openDiscordDesk } from "./desks/discord.ts";
import { openPlaygroundDesk } from "./desks/playground.ts";
import { openSlackDesk } from "./desks/slack.ts";
import type { Seen } from "./town.ts";

const desks = { playground: openPlaygroundDesk, Discord: openDiscordDesk, Slack: openSlackDesk };
/** Why the one who installs it is an admin, where no setting names anybody. */
const whyFirst: Readonly<Record<string, string>> = {
  playground: "as the platform says",
  Discord: "by their rights on the server",
  Slack: "owner or admin of the chat workspace",
};
const PATIENCE_MS = 40_000;
const MAY_NOT = "Only admins can see and change this. Please ask one of them:";

const openDatabase = createOpener("postgres");
let database: TestDatabase;

beforeAll(async () => {
  database = await openDatabase();
});

describe.each(Object.entries(desks))("on %s", (platform, open) => {
  let desk: Desk;
  let core: Core;
  let workspaceId: number;

  beforeAll(async () => {
    workspaceId = await insertWorkspace(database.db, { name: "Acme" });
    desk = await open();
    core = await startCore({ ...database, workspaceId }, desk.clock, desk);
  }, 120_000);

  afterAll(async () => {
    await desk.stop();
    expect(desk.problems()).toEqual([]);
  });

  const settle = async () => {
    await core.settle();
    await desk.settled();
  };
  /** The newest message that says so, once somebody sees it. */
  const said = async (words: string, who: Asker = desk.admin): Promise<Seen> => {
    const end = Date.now() + PATIENCE_MS;
    while (Date.now() < end) {
      const seen = (await who.sees("leads")).findLast((each) => each.words.includes(words));
      if (seen !== undefined) return seen;
      await settle();
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const all = (await who.sees("leads")).map((each) => each.words);
    throw new Error(`${who.name} was never told “${words}”, but:\n${all.join("\n--\n")}`);
  };

  /** The whole sentence that somebody reads whose role is none of these. */
  const refusal = async (roles: readonly Role[], language: Language = "en") => {
    const { db } = database;
    const texts = textsFor(language);
    const names = async (...of: Role[]) => (await namesInRoles(db, workspaceId, of)).join(", ");
    return roles.includes("lead")
      ? texts.text("command.not-allowed", { leads: await names("lead", "admin") })
      : texts.text("command.not-allowed.admin", { admins: await names("admin") });
  };

  /** Every command by the words behind its slash; one that is only others is none by itself. */
  function* walk(
    all: Iterable<Command | AdminCommand>,
    above = "",
  ): Generator<{ readonly typed: string; readonly roles: readonly Role[] }> {
    for (const command of all) {
      const own = above !== "" || ownNames.includes(command.name);
      const typed = `${above}${own ? "" : "aftertalk "}${command.name}`;
      const behind = "commands" in command ? (command.commands ?? []) : [];
      if (behind.length === 0) yield { typed, roles: command.roles };
      yield* walk(behind, `${typed} `);
    }
  }

  test("T10 whoever may not is told who may, whatever they type", async () => {
    // Whoever installs it is the first admin, by what the platform lets them do.
    const first = await desk.admin.asks({ command: "aftertalk roles" });
    expect(first.words.replaceAll(/\s/gu, " ")).toContain(`admin · ${whyFirst[platform]}`);
    const lead = desk.teamLead ?? desk.leads["zh-Hans"];
    const language = desk.teamLead === undefined ? "zh-Hans" : "en";
    await lead.asks({ command: "aftertalk cases" });
    const typing = [
      { who: lead, role: "lead", language },
      { who: desk.agent, role: "agent", language: "en" },
      { who: desk.customer, role: "customer", language: "en" },
    ] as const;
    let refused = 0;
    for (const { who, role, language: spoken } of typing)
      for (const { typed, roles } of walk(commands.values())) {
        if (roles.includes(role)) continue;
        // What has to be chosen is chosen: nobody is refused for their words.
        const options = /link$/u.test(typed) ? { person: "a", other: "b" } : {};
        const { words } = await who.asks({ command: typed, options });
        expect(words, `${role}: /${typed}`).toContain(await refusal(roles, spoken));
        refused += 1;
      }
    expect(refused).toBeGreaterThan(60);
  });

  /** What an act changes of what admins have changed, begun and wanted: nothing, and they are told why. */
  const refused = async (who: Asker, act: () => Promise<unknown>, why = MAY_NOT) => {
    const [before, told] = [await kept(), await timesTold(who, why)];
    await act();
    await expect.poll(() => timesTold(who, why)).toBeGreaterThan(told);
    expect(await kept()).toEqual(before);
  };
  /** So often somebody has read such words, in the channel or in the form that is open. */
  const timesTold = async (who: Asker, words: string): Promise<number> => {
    await desk.settled();
    const all = [...(await who.sees("leads")).map((seen) => seen.words), who.form?.() ?? ""];
    return all.filter((each) => each.includes(words)).length;
  };

  if (platform !== "playground")
    test("T10 a role by a group that is taken away counts at the next press, form and command", async () => {
      const admin = desk.admin;
      const { teamLead: noor, leading } = desk;
      if (noor === undefined || leading === undefined) throw new Error("there are leads here");
      const leaves = async () => {
        leading.leaves(noor);
        await desk.settled();
      };
      const joins = async () => {
        leading.joins(noor);
        await desk.settled();
      };
      const grants = (to: string, whom: string) => ({
        ...{ command: "aftertalk roles", line: `${to} ${whom}` },
        options: { role: to, person: whom },
      });
      const comments = { "Days that comments are kept": "90" };

      // Everybody in the group is an admin from now on.
      const all = await admin.asks(grants("admin", leading.mention));
      await admin.presses("leads", all, "Yes: admin");
      await said("This holds now");
      desk.clock.advance(10_000); // adapters ask the core again

      // A card that is shown, and a command.
      const stop = await noor.asks({ command: "survey stop" });
      expect(stop.words).toContain("Stop all questions?");
      await leaves();
      await refused(noor, () => noor.presses("leads", stop, "Stop all questions"));
      await refused(noor, () => noor.asks({ command: "survey stop" }));
      const cases = await noor.asks({ command: "aftertalk cases" });
      expect(cases.words).toContain("Scores and answers are for support leads.");

      // A form that is open.
      await joins();
      const group = await noor.asks({ command: "aftertalk settings" });
      await noor.presses("leads", group, "How long things are kept");
      await leaves();
      await refused(noor, () => noor.fills(comments));

      // A draft waits for whoever may again; an undo does not.
      await joins();
      await noor.presses("leads", group, "How long things are kept");
      await noor.fills(comments);
      const save = await said("Save these settings?", noor);
      await leaves();
      await refused(noor, () => noor.presses("leads", save, "Save"));
      await joins();
      await noor.presses("leads", save, "Save");
      const saved = await said("This holds now", noor);
      expect((await kept()).settings.retention.textsDays).toBe(90);
      await leaves();
      await refused(noor, () => noor.presses("leads", saved, "Undo"));

      // What waits for a second admin, wanted by somebody who is none any more.
      const by = { actor: "operator", at: desk.clock.now() };
      await changeSettings(database.db, workspaceId, { approval: { secondPerson: true } }, by);
      await joins();
      await noor.presses("leads", await noor.asks(grants("lead", desk.agent.name)), "Yes: lead");
      await settle();
      const proposal = await said("Agree");
      await leaves();
      await refused(
        admin,
        () => admin.presses("leads", proposal, "Agree"),
        "wanted this and is no admin any more",
      );
      await admin.presses("leads", proposal, "Refuse");
      await settle();
      expect((await kept()).sets.at(-1)).toEqual({ state: "refused" });

      // Where it cannot be asked just now, nothing is taken, and what was written stays.
      const { hide } = leading;
      if (hide === undefined) return;
      await joins();
      const again = await noor.asks({ command: "survey stop" });
      const fresh = await noor.asks({ command: "aftertalk settings" });
      await noor.presses("leads", fresh, "How long things are kept");
      desk.clock.advance(61_000);
      const show = hide();
      const unsure = "did not say just now what you may do";
      await refused(noor, () => noor.presses("leads", again, "Stop all questions"), unsure);
      const before = await kept();
      await noor.fills({ "Days that comments are kept": "60" });
      expect(await kept()).toEqual(before);
      await refused(noor, () => noor.asks({ command: "survey stop" }), "did not work just now");
      show();
      await noor.fills({});
      await said("90 → 60", noor);
    });

  /** What admins have changed, begun and wanted so far. */
  const kept = async () => {
    const { db } = database;
    const of = (table: "drafts" | "change_sets" | "role_grants" | "audit") =>
      db.selectFrom(table).where("workspace_id", "=", workspaceId);
    return {
      drafts: await of("drafts").select(["id", "state", "content"]).orderBy("id").execute(),
      sets: await of("change_sets").select("state").orderBy("id").execute(),
      grants: await of("role_grants").select(["role", "person_id"]).orderBy("id").execute(),
      audit: await of("audit").select(["action", "actor"]).orderBy("id").execute(),
      settings: await readSettings(db, workspaceId),
    };
  };
});
