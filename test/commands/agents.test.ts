/**
 * What an agent can find out: every command with every word that there is, every button that somebody
 * of the team has, and every list while typing, with words in the answers that must not come out.
 */
import { beforeAll, expect, test } from "vitest";
import { commandCatalogue } from "../../src/commands/catalogue.ts";
import { commands } from "../../src/commands/registry.ts";
import { suggestFor } from "../../src/commands/suggest.ts";
import {
  type CommandOptionSpec,
  type CommandSpec,
  type PlatformUser,
  type Reply,
  type Role,
  roles,
  type SuggestionList,
  suggestionLists,
} from "../../src/platform.ts";
import { findConnection } from "../../src/store/connections.ts";
import { changeSettings } from "../../src/store/settings.ts";
import { describeEitherDatabase, type TestDatabase } from "../support/database.ts";
import { chatRef, dana, kim, robin } from "../support/world.ts";
import { buttonsOf, createReading, type Reading } from "./reading-support.ts";

const lee: PlatformUser = { externalId: "U-lee", name: "Lee", role: "agent", locale: "en" };
const channel = { kind: "channel", channelId: "C-support" } as const;

/** What nobody tells an agent: others' answers, colleagues, companies; and their own customers' words. */
const OTHERS = /foreign-words|Foreigner|Buyer-|\bLee\b/u;
const OWN = /own-words|Visitor|\b3\/10/u;

describeEitherDatabase("an agent", (open) => {
  let database: TestDatabase;
  let reading: Reading;
  /** Tokens of all buttons that leads and admins were shown. */
  let tokens: ReadonlySet<string>;
  /** A chat that was closed by one agent and then by another. */
  let twice: string;

  beforeAll(async () => {
    database = await open();
    reading = await createReading(database);
    const { world } = reading;
    for (const who of [kim, lee]) await reading.types(who, "aftertalk", "home"); // they are met
    for (let i = 0; i < 14; i += 1) {
      await chatOf(kim, { name: `Visitor-${i}`, text: `own-words-${i}`, score: i === 0 ? 3 : 9 });
      await chatOf(lee, { name: `Foreigner-${i}`, text: `foreign-words-${i}`, score: i % 11 });
    }
    // A case with its card, out of a real talk that Kim had.
    await world.playChat({ chat: "C-own" });
    world.clock.advance(16 * 60_000);
    await world.settle();
    await world.answers(dana, "3");
    await world.writes(dana, "own-words of a case");
    await world.settle();
    // Its customer answered about what Lee did; opened again, it is Kim's.
    twice = await chatOf(lee, { name: "Foreigner", text: "foreign-words", score: 2 });
    await handles(kim, twice, 2);
    tokens = await shownToOthers();
  });

  const handles = async (who: PlatformUser, chat_id: string, closing: number) => {
    const person_id = await reading.personOf(who);
    const workspace_id = reading.world.workspaceId;
    const row = { workspace_id, chat_id, closing, person_id, messages: 2 };
    await database.db.insertInto("handlers").values(row).execute();
  };

  /** A closed chat that somebody handled, and the answer to it; gives its id. */
  async function chatOf(
    who: PlatformUser,
    given: { readonly name: string; readonly text: string; readonly score: number },
  ): Promise<string> {
    const { db } = database;
    const workspace_id = reading.world.workspaceId;
    const company = {
      workspace_id,
      id: crypto.randomUUID(),
      name: `Buyer-${given.name}`,
      external_id: given.name,
    };
    await db.insertInto("accounts").values(company).execute();
    const person = await reading.person(given.name, { account_id: company.id });
    const chat_id = await reading.chat(given.name, who === kim ? "Billing" : "Sales");
    const at = reading.ago(3_600_000);
    const { score, text } = given;
    await reading.answer("nps", { score, at, person, chat: chat_id, text, team: "Billing" });
    await handles(who, chat_id, 1);
    for (const table of ["answers", "invitations"] as const)
      await db
        .updateTable(table)
        .set({ closing: 1 })
        .where("workspace_id", "=", workspace_id)
        .where("chat_id", "=", chat_id)
        .execute();
    await db
      .updateTable("chats")
      .set({ ...{ customer_id: person, state: "closed", close_reason: "solved", closings: 1 } })
      .set({ closed_at: at, first_customer_at: at, first_replied_at: at, customer_messages: 3 })
      .where("workspace_id", "=", workspace_id)
      .where("id", "=", chat_id)
      .execute();
    return chat_id;
  }

  /** Each command with each kind of word that there is for it. */
  async function* everyLine(): AsyncGenerator<readonly [name: string, text: string]> {
    const grammars = new Set<unknown>();
    for (const { name, behind, spec } of typed) {
      const line = (words: string) => [name, `${behind} ${words}`.trim()] as const;
      yield line("week");
      // Six metrics are one command: the words of one are those of all.
      const command = commands.get(name);
      const grammar = command !== undefined && "grammar" in command ? command.grammar : undefined;
      if (grammar !== undefined && grammars.has(grammar)) continue;
      grammars.add(grammar);
      for (const option of spec.options)
        for (const word of await wordsFor(option)) yield line(`${option.prefix ?? ""}${word}`);
    }
  }

  /** All that can be chosen; of names one that Kim is not offered. */
  const wordsFor = async ({ suggests, choices = [] }: CommandOptionSpec) =>
    suggests === undefined ? choices.map(({ value }) => value) : [await hiddenFromKim(suggests)];

  async function hiddenFromKim(list: SuggestionList): Promise<string> {
    const [offered, all] = [await offeredTo(kim, list), await offeredTo(robin, list)];
    return all.find((each) => !offered.includes(each)) ?? all[0] ?? "";
  }

  const offeredTo = async (from: PlatformUser, list: SuggestionList) => {
    const ref = { platform: "messenger", externalId: `T-${reading.world.workspaceId}` };
    const connection = await findConnection(database.db, ref);
    if (connection === undefined) throw new Error("there is a connection");
    const asked = { from, list, typed: "" };
    return (await suggestFor(reading.world.engine, connection, asked)).map(({ value }) => value);
  };

  async function shownToOthers(): Promise<Set<string>> {
    const found = new Set<string>();
    for (const text of [
      "nps week",
      "feedback",
      "cases",
      "silent",
      "quotes",
      "home",
      "survey why Kim",
    ])
      for (const { token } of buttonsOf(
        await reading.types(robin, "aftertalk", text, { place: channel, pictures: false }),
      ))
        found.add(token);
    for (const { message } of reading.world.messenger.leads())
      for (const { token } of buttonsOf(message)) found.add(token);
    return found;
  }

  /** Everything that Kim reads, as text. */
  async function* everything(
    lines: AsyncIterable<readonly [string, string]> | Iterable<readonly [string, string]>,
  ): AsyncGenerator<readonly [what: string, words: string]> {
    for await (const [name, text] of lines) {
      const where = { place: channel, pictures: false } as const;
      yield [`/${name} ${text}`, said(await answered(() => reading.types(kim, name, text, where)))];
    }
    for (const token of tokens) yield [token, said(await reading.presses(kim, token))];
    for (const list of suggestionLists) yield [list, (await offeredTo(kim, list)).join("\n")];
    for (const name of ["C-own", "C-other", twice])
      yield [name, said(await reading.world.wants(kim, "scores", chatRef(name)))];
    await reading.world.settle();
    const { sent } = reading.world.messenger;
    const posted = sent.filter(({ to }) => to.kind === "chat");
    for (const { message } of [...reading.world.messenger.to(kim.externalId), ...posted])
      yield ["sent", said({ kind: "message", message })];
  }

  const lets = (singleScores: boolean) =>
    changeSettings(
      database.db,
      reading.world.workspaceId,
      { agents: { singleScores } },
      { actor: "operator", at: reading.world.clock.now() },
    );

  test("sees no single score and no word of anybody, whatever they type or press", async () => {
    let read = 0;
    for await (const [what, words] of everything(everyLine())) {
      expect(words.match(OTHERS)?.[0], what).toBeUndefined();
      expect(words.match(OWN)?.[0], what).toBeUndefined();
      read += 1;
    }
    expect(read).toBeGreaterThan(100);
    // All of it is there to be read by whoever may.
    const lead = said({ kind: "message", message: await reading.types(robin, "feedback", "week") });
    expect(lead).toMatch(OTHERS);
    expect(lead).toMatch(OWN);
  });

  test("sees those of their own chats where the workspace lets them, and nobody else's", async () => {
    await lets(true);
    const own = new Set<string>();
    const week = typed.map(({ name, behind }) => [name, `${behind} week`.trim()] as const);
    for await (const [what, words] of everything(week)) {
      expect(words.match(OTHERS)?.[0], what).toBeUndefined();
      if (OWN.test(words)) own.add(what);
    }
    expect([...own]).toEqual(expect.arrayContaining(["/nps week", "C-own"]));
    expect(own).not.toContain(twice);
    await lets(false);
  });

  test("and everybody else is offered nothing while typing that they may not use", async () => {
    for (const list of suggestionLists)
      for (const role of roles) {
        const users = typed.filter(({ spec }) => spec.options.some((o) => o.suggests === list));
        const may = users.some((each) => rolesOf(each).includes(role));
        const offered = await offeredTo({ externalId: `U-some-${role}`, role, locale: "en" }, list);
        if (!may) expect(offered, `${role}: ${list}`).toEqual([]);
      }
    const lead = { externalId: "U-lead", role: "lead", locale: "en" } as const;
    expect(await offeredTo(lead, "survey-key")).toContain("chat-csat");
    expect(await offeredTo(robin, "schedule")).toContain("relationship");
  });

  test("and everybody is helped with what they may type, and told who can do more", async () => {
    const mayNot = /Only admins|are for support leads|You see (figures as totals|the figures of)/u;
    for (const role of ["viewer", "agent", "lead"] as const) {
      const reader = { externalId: `U-help-${role}`, name: "Hal", role, locale: "en" } as const;
      const help = await reading.types(reader, "aftertalk", "help");
      expect(said({ kind: "message", message: help })).toContain("Ask one of them: Robin.");
      const rows = help.parts.flatMap((part) => (part.kind === "facts" ? part.rows : []));
      expect(rows.length).toBeGreaterThan(10);
      for (const [line] of rows) {
        const [name = "", ...words] = line.slice(1).split(" ");
        const answer = await reading.types(reader, name, words.join(" "), { pictures: false });
        expect(answer.summary, `${role}: ${line}`).not.toMatch(mayNot);
      }
    }
    const own = await reading.types(robin, "aftertalk", "help");
    expect(said({ kind: "message", message: own })).toContain("/aftertalk settings");
  });
});

/** Every command that can be typed. */
const typed = [...leaves(commandCatalogue())];

function* leaves(
  all: readonly CommandSpec[],
  above: readonly string[] = [],
): Generator<{ readonly name: string; readonly behind: string; readonly spec: CommandSpec }> {
  for (const spec of all) {
    const [name = "", ...behind] = [...above, spec.name];
    if (spec.commands === undefined) yield { name, behind: behind.join(" "), spec };
    else yield* leaves(spec.commands, [name, ...behind]);
  }
}

/** Who may use it: what the registry says of it, or of the command that it stands behind. */
function rolesOf({ name, behind }: (typeof typed)[number]): readonly Role[] {
  const [above, inner] = name === "aftertalk" ? [behind] : [name, behind];
  const command = commands.get(above ?? "");
  const found = command && "act" in command ? command.commands : undefined;
  return (found?.find((each) => each.name === inner) ?? command)?.roles ?? [];
}

async function answered(act: () => Promise<Parameters<typeof buttonsOf>[0]>): Promise<Reply> {
  return { kind: "message", message: await act() };
}

/** Every text in an answer, files and links too. */
function said(reply: Reply): string {
  if (reply.kind === "nothing") return "";
  const shown = reply.kind === "form" ? reply.form : reply.message;
  return JSON.stringify(shown, (_, value: unknown) =>
    value instanceof Uint8Array ? Buffer.from(value).toString("utf8") : value,
  );
}
