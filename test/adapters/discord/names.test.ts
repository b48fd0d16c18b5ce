import { ChannelType } from "discord.js";
import { expect, test } from "vitest";
import { leadsChannelOf } from "../../../adapters/discord/directory/leads.ts";
import { meantBy } from "../../../adapters/discord/directory/names.ts";

const [first, second] = ["111111111111111111", "222222222222222222"];
const all = [
  { id: first, name: "Leads" },
  { id: second, name: "leads" },
];
const idsOf = (entry: string, of = all) => meantBy(entry, of).map(({ id }) => id);

test("an id means one, and a name as it is written before any other case of it", () => {
  expect(idsOf(second)).toEqual([second]);
  expect(idsOf("Leads")).toEqual([first]);
  expect(idsOf("LEADS")).toEqual([first, second]);
  expect(idsOf("missing")).toEqual([]);
});

test.each(["#leads", "@Leads", " leads "])("the sign before a name does not count: %j", (entry) => {
  expect(idsOf(entry, [{ id: first, name: "leads" }])).toEqual([first]);
});

test("leads are told in a text channel, whatever else has its name or is named by its id", () => {
  const text = { id: first, name: "leads", type: ChannelType.GuildText };
  const category = { id: second, name: "leads", type: ChannelType.GuildCategory };
  expect(leadsChannelOf(["leads"], [category, text])).toBe(text);
  expect(leadsChannelOf([category.id, "leads"], [category, text])).toBe(text);
  expect(leadsChannelOf(["leads"], [text, { ...text, id: second }])).toBeUndefined();
});
