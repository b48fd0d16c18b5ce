import { PermissionFlagsBits as Bits } from "discord.js";
import { expect, test } from "vitest";
import {
  grantsInChannel,
  grantsInGuild,
  missing,
} from "../../../../adapters/discord/doctor/permissions.ts";

const bot = { id: "1", roles: ["10", "11"] };
const GUILD = "9";
const everyone = (allow: bigint, deny: bigint) => ({ id: GUILD, type: 0, allow, deny });
const role = (id: string, allow: bigint, deny: bigint) => ({ id, type: 0, allow, deny });
const member = (id: string, allow: bigint, deny: bigint) => ({ id, type: 1, allow, deny });
const view = Bits.ViewChannel;

test("in a server everybody's and one's own roles count together, those of others do not", () => {
  const roles = [
    { id: GUILD, permissions: view },
    { id: "10", permissions: Bits.SendMessages },
    { id: "12", permissions: Bits.AttachFiles },
  ];
  expect(grantsInGuild(GUILD, roles, bot)).toBe(view | Bits.SendMessages);
  expect(grantsInGuild(GUILD, roles, { roles: [] })).toBe(view);
});

test.each([
  ["nothing is set", [], true],
  ["everyone is kept out", [everyone(0n, view)], false],
  ["everyone is kept out, a role let in", [everyone(0n, view), role("10", view, 0n)], true],
  ["one role is kept out, another let in", [role("10", 0n, view), role("11", view, 0n)], true],
  ["a role is let in, the bot kept out", [role("10", view, 0n), member("1", 0n, view)], false],
  ["a role is kept out, the bot let in", [role("10", 0n, view), member("1", view, 0n)], true],
  ["the order of the list does not matter", [member("1", view, 0n), everyone(0n, view)], true],
  ["somebody else is kept out", [role("12", 0n, view), member("2", 0n, view)], true],
])("in a channel, when %s", (_when, overwrites, sees) => {
  const grants = grantsInChannel(GUILD, view, bot, overwrites);
  expect(missing(grants, ["ViewChannel"])).toEqual(sees ? [] : ["ViewChannel"]);
});

test("an administrator may do everything, whatever a channel says", () => {
  const all = grantsInGuild(GUILD, [{ id: "11", permissions: Bits.Administrator }], bot);
  const grants = grantsInChannel(GUILD, all, bot, [member("1", 0n, view)]);
  expect(missing(grants, ["ViewChannel", "SendMessages", "ManageThreads"])).toEqual([]);
});
