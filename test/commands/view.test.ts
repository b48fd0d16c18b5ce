import { beforeAll, expect, test } from "vitest";
import type { Reader } from "../../src/commands/command.ts";
import { ownNames } from "../../src/commands/own-names.ts";
import { findView, keepView, viewKey } from "../../src/commands/view/key.ts";
import { type Grammar, readView, type View } from "../../src/commands/view.ts";
import { languages } from "../../src/locales/index.ts";
import { cuts, filterNames } from "../../src/metrics/filter.ts";
import { periodKey } from "../../src/metrics/period-key.ts";
import { readWorkspace } from "../../src/store/workspaces.ts";
import { NO_INVITATION } from "../../src/surveys/tokens.ts";
import { describeEitherDatabase, type TestDatabase } from "../support/database.ts";
import { insertChat } from "../support/database-rows.ts";
import { robin } from "../support/world.ts";
import { createReading, type Reading } from "./reading-support.ts";
import { linesOf } from "./summary-support.ts";

const everything: Grammar = { cuts, filters: filterNames, versus: true };
const searching: Grammar = { filters: ["team"], flags: ["low", "high", "new"], search: true };

describeEitherDatabase("the words behind a command", (open) => {
  let database: TestDatabase;
  let reading: Reading;
  let reader: Reader;
  let ids: Record<"anna" | "annaToo" | "anton" | "antonElsewhere" | "acme", string>;
  beforeAll(async () => {
    database = await open();
    reading = await createReading(database);
    const { workspaceId, clock } = reading.world;
    const { db } = database;
    const { id: connectionId } = await db
      .selectFrom("connections")
      .select("id")
      .where("workspace_id", "=", workspaceId)
      .executeTakeFirstOrThrow();
    const chat = (values: Parameters<typeof insertChat>[3]) =>
      insertChat(db, workspaceId, connectionId, { closed_at: clock.now(), ...values });
    const first = await chat({ team: "Billing", channel: "#help", tags: ["refund"] });
    await chat({
      ...{ team: "Customer care", channel: "#vip desk", touchpoint: "onboarding" },
      ...{ tags: ["late delivery", "refund"] },
    });
    const anton = await reading.person("Anton Bell", { role: "agent" });
    ids = {
      anna: await reading.person("Anna Lee", { role: "agent" }),
      annaToo: await reading.person("Anna Lee", { role: "agent" }),
      anton,
      antonElsewhere: await reading.person("anton", { role: "agent", human_id: anton }),
      acme: await account("Acme Corp"),
    };
    await account("Acme Corporation Ltd");
    for (const person_id of [ids.anna, ids.annaToo, ids.antonElsewhere]) {
      const handled = { workspace_id: workspaceId, chat_id: first, closing: 1, messages: 1 };
      await db
        .insertInto("handlers")
        .values({ ...handled, person_id })
        .execute();
    }
    const person = { id: ids.anton, name: "Anton Bell", role: "admin" } as const;
    reader = { workspace: await readWorkspace(db, workspaceId), person, language: "en" };
  });

  async function account(name: string): Promise<string> {
    const { id } = await database.db
      .insertInto("accounts")
      .values({
        ...{ workspace_id: reading.world.workspaceId, id: crypto.randomUUID() },
        ...{ external_id: `test:${name}`, name },
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    return id;
  }

  const context = () => ({ db: database.db, clock: reading.world.clock });
  async function view(text: string, grammar = everything, more: Partial<Reader> = {}) {
    const read = await readView(context(), { ...reader, ...more }, text, grammar);
    if (!read.ok) throw new Error(`${text}: ${linesOf(read.refusal).join(" | ")}`);
    return read.view;
  }
  async function refusal(text: string, grammar = everything, more: Partial<Reader> = {}) {
    const read = await readView(context(), { ...reader, ...more }, text, grammar);
    if (read.ok) throw new Error(`${text} was understood`);
    return linesOf(read.refusal);
  }
  const shown = ({ period, before, versus, by, filter, flags, search }: View) => {
    const values = filterNames.flatMap((name) =>
      filter[name] === undefined ? [] : [`${name}=${filter[name].values.join("+")}`],
    );
    const other = before && periodKey(before);
    return { period: periodKey(period), versus, other, by, values, flags, search };
  };

  test("any order of the parts is the same view", async () => {
    const parts = [
      "last month",
      "by channel",
      "for team:Customer care",
      'tag:"late delivery"',
      "vs same last year",
    ];
    const wanted = shown(await view(parts.join(" ")));
    expect(wanted).toMatchObject({
      ...{ by: "channel", versus: "same-last-year" },
      values: ["team=Customer care", "tag=late delivery"],
    });
    for (const order of permutations(parts)) {
      expect(shown(await view(order.join(" "))), order.join(" ")).toEqual(wanted);
    }
  });

  test.each([
    ["team:billing", ["team=Billing"]],
    ["TEAM：Billing month", ["team=Billing"]],
    ["for team:“Customer care”", ["team=Customer care"]],
    ["channel:help", ["channel=#help"]],
    ["channel:#VIP desk week", ["channel=#vip desk"]],
    ["touchpoint:onboarding", ["touchpoint=onboarding"]],
    ["tag:refund tag:late delivery week", ["tag=late delivery+refund"]],
    ["platform:Messenger", ["platform=messenger"]],
    ["language:russian", ["language=ru"]],
    ["language:русский", ["language=ru"]],
    ["language:zh", ["language=zh-Hans+zh-Hant"]],
    ["для команда:Billing", ["team=Billing"]],
    ["团队：Billing", ["team=Billing"]],
    ["只看團隊：Billing 標籤：refund", ["team=Billing", "tag=refund"]],
  ])("%s narrows down to %s", async (text, values) => {
    expect(shown(await view(text)).values).toEqual(values);
  });

  test("people are named in part or as @name, a merged human is one, of two with one name both are meant", async () => {
    const anton = [ids.anton, ids.antonElsewhere].toSorted();
    for (const text of ["agent:Anton Bell", "agent:@anton bell", "agent:Anton week", "agent:me"]) {
      expect((await view(text)).filter.agent?.values.toSorted(), text).toEqual(anton);
    }
    const both = (await view("agent:anna lee last week")).filter.agent;
    expect(both?.values.toSorted()).toEqual([ids.anna, ids.annaToo].toSorted());
    expect(both?.label).toBe("Anna Lee (2 of this name)");
    expect(await refusal("agent:Anna")).toEqual(
      expect.arrayContaining(["Several names begin like this. Which one do you mean?"]),
    );
  });

  test("an account is found by its whole name without quotes, and by a beginning that is its only one", async () => {
    expect((await view("account:acme corp last week")).filter.account).toEqual({
      ...{ values: [ids.acme], label: "Acme Corp" },
    });
    expect((await refusal("account:Acme")).join("\n")).toContain('"Acme Corporation Ltd"');
    expect(await refusal('account:"Acme Corb"')).toContain('Did you mean account:"Acme Corp"?');
  });

  test.each([
    ["week vs last", "before"],
    ["vs last week", "before"],
    ["vs last month", "before"],
    ["month vs last month", "before"],
    ["本月对比上月", "before"],
    ["неделя против прошлой недели", "before"],
    ["month vs same last year", "same-last-year"],
    ["month vs last year", "same-last-year"],
    ["месяц против прошлого года", "same-last-year"],
    ["本周对比去年同期", "same-last-year"],
    ["與去年同期相比 本月", "same-last-year"],
    ["week vs last month", "period"],
    ["month vs 2025-03", "period"],
    ["vs last month this week", "period"],
  ])("%s compares with: %s", async (text, versus) => {
    expect((await view(text)).versus).toBe(versus);
  });

  test.each([
    ["按团队", "team"],
    ["本周按团队", "team"],
    ["按標籤 上週", "tag"],
    ["по командам за прошлый месяц", "team"],
    ["с разбивкой по точкам касания", "touchpoint"],
    ["BY Agents", "agent"],
    ["by score", "score"],
  ])("%s is cut by %s", async (text, by) => {
    expect((await view(text)).by).toBe(by);
  });

  test.each([
    ["by taem", "Did you mean by team?"],
    ["taem:Billing", "Did you mean team:Billing?"],
    ["teem:x", "Did you mean team:x?"],
    ["team:Biling", "Did you mean team:Billing?"],
    ["wek", "Did you mean week?"],
    ["week vs lats", "Did you mean vs last?"],
    ["channel:hepl", "Did you mean channel:#help?"],
  ])("%s is answered with the nearest", async (text, line) => {
    const lines = await refusal(text);
    expect(lines).toContain(line);
  });

  test("nothing that was typed is left out in silence, and what is refused comes with an example that works", async () => {
    for (const text of [
      ...["week pizza", "pizza", "by team by agent", "week month", "week vs last vs 2025", "vs"],
      ...["by", "for", "team Billing", "week by pizza", "colour:red", "team: by team", "next week"],
    ]) {
      expect((await refusal(text)).length, text).toBeGreaterThan(1);
    }
    const [, , , ...notes] = await refusal("week by pizza");
    const example = /For example: (.*)$/m.exec(notes.join("\n"))?.[1] ?? "";
    expect(example).toMatch(/team:"?(Billing|Customer care)/);
    expect((await view(example)).versus).toBe("same-last-year");
  });

  test("what a command does not take is refused with what it does", async () => {
    const few: Grammar = { cuts: ["team"], filters: ["channel"] };
    expect((await refusal("by tag", few)).join("\n")).toContain("It can be split by: by team");
    const lines = (await refusal("team:Billing", few)).join("\n");
    expect(lines).toContain("This command cannot be narrowed down by team:.");
    expect(lines).toContain("It can be narrowed down by: channel:…");
    expect(await refusal("week vs last", few)).toContain("This command does not compare periods.");
    expect(await refusal("by team", {})).toContain("This command cannot be split by team.");
  });

  test.each([
    ["low last week refund", ["low"], "refund", "week-"],
    ["refund for team:Billing last week low", ["low"], "refund", "week-"],
    ["we may wait", [], "we may wait", "week-"],
    ["may", [], "may", "week-"],
    ["the chair sat badly", [], "the chair sat badly", "week-"],
    ['month "last week"', [], '"last week"', "month-"],
    ["低分 上周 退款", ["low"], "退款", "week-"],
    ["by mistake vs on purpose", [], "by mistake vs on purpose", "week-"],
    ["", [], "", "week-"],
    ["see https://help.example/a", [], "see https://help.example/a", "week-"],
  ])("%j searches", async (text, flags, search, period) => {
    const found = shown(await view(text, searching));
    expect(found).toMatchObject({ flags, search });
    expect(found.period).toMatch(new RegExp(`^${period}`));
  });

  test("a lead of one team sees it only, and is told so when asking for another", async () => {
    const lead = { ...reader.person, id: await reading.person("Lea", { teams: ["Billing"] }) };
    const person = { ...lead, role: "lead" } as const;
    expect(shown(await view("week", everything, { person })).values).toEqual(["team=Billing"]);
    expect((await refusal("team:Customer care", everything, { person })).join()).not.toContain(
      "Did you mean",
    );
    const mistyped = await refusal("team:Customer car", everything, { person });
    expect(mistyped.join("\n")).not.toContain("Customer care");
  });

  test("help tells of every command in every language, and every command is reached behind /aftertalk too", async () => {
    for (const locale of languages) {
      const help = linesOf(await reading.types({ ...robin, locale }, "aftertalk", "help"));
      for (const name of ownNames) expect(help.join("\n"), name).toContain(`/${name}`);
      expect(help.join("\n")).toContain("/aftertalk cases");
    }
    for (const name of ownNames.filter((each) => each !== "survey")) {
      const command = await reading.types(robin, name, "pizza by nonsense", { pictures: false });
      const behind = await reading.types(robin, "aftertalk", `${name} pizza by nonsense`);
      expect(linesOf(behind), name).toEqual(linesOf(command));
    }
  });

  test("a button finds its view again, within what its presser may see", async () => {
    const { db } = database;
    const at = reading.world.clock.now();
    const { workspaceId } = reading.world;
    const plain = await view("last week");
    expect(viewKey(plain)).toBe(NO_INVITATION);
    const text = 'last month by agent agent:Anton tag:"late delivery" account:Acme Corp vs 2025-03';
    const full = await view(text);
    for (const each of [plain, full, await view("week vs same last year by tag")]) {
      const button = {
        key: await keepView(db, workspaceId, each, at),
        period: periodKey(each.period),
      };
      expect(await findView(context(), reader, button)).toEqual(each);
    }
    expect(
      viewKey(
        await view(
          `tag:late delivery agent:Anton by agent vs 2025-03 account:"Acme Corp" last month`,
        ),
      ),
    ).toBe(viewKey(full));
    const kept = await db
      .selectFrom("views")
      .selectAll()
      .where("workspace_id", "=", workspaceId)
      .execute();
    expect(JSON.stringify(kept)).not.toMatch(/Anton|Acme/u);
    const person = { id: ids.anna, name: "Anna Lee", role: "agent" } as const;
    const button = { key: viewKey(full), period: periodKey(full.period) };
    expect(await findView(context(), { ...reader, person }, button)).toBeUndefined();
    const lost = { ...button, key: crypto.randomUUID() };
    expect(await findView(context(), reader, lost)).toBeUndefined();
  });
});

function permutations<T>(all: readonly T[]): T[][] {
  if (all.length === 0) return [[]];
  return all.flatMap((first, i) =>
    permutations(all.toSpliced(i, 1)).map((rest) => [first, ...rest]),
  );
}
