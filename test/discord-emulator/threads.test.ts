/** What the emulator allows of threads beneath messages, and of taking messages back. */
import { expect, test } from "vitest";
import { outcome, stage } from "./setup.ts";

type Rest = Awaited<ReturnType<typeof stage>>["rest"];

const idOf = async (answer: Promise<unknown>) => ((await answer) as { id: string }).id;
const says = (rest: Rest, channel: string, content: string) =>
  idOf(rest.post(`/channels/${channel}/messages`, { body: { content } }));
const begins = (rest: Rest, channel: string, message: string, body: object = { name: "Case 17" }) =>
  outcome(rest.post(`/channels/${channel}/messages/${message}/threads`, { body }));

test("a thread begins once with a message, has its id, and outlives it", async () => {
  const { discord, acme, rest } = await stage({ limits: "off" });
  const board = acme.channel("board");
  const card = await says(rest, board.id, "A card");
  expect(await begins(rest, board.id, card)).toBe("ok");
  expect(await begins(rest, board.id, card)).toBe("400 160004");
  await says(rest, card, "Kim took it");
  await rest.delete(`/channels/${board.id}/messages/${card}`);
  expect(await begins(rest, board.id, card)).toBe("404 10008");
  await says(rest, card, "Kim closed it");
  expect(acme.owner.sees({ id: card }).map(({ content }) => content)).toEqual([
    "Kim took it",
    "Kim closed it",
  ]);
  expect(discord.problems).toEqual([]);
});

test("a thread takes a permission, a name, a time that there is, and a message of its own", async () => {
  const { acme, rest } = await stage({ limits: "off" });
  const board = acme.channel("board");
  const card = await says(rest, board.id, "A card");
  for (const body of [{}, { name: "" }, { name: "n".repeat(101) }]) {
    expect(await begins(rest, board.id, card, body)).toBe("400 50035");
  }
  const week = { name: "Case 17", auto_archive_duration: 10_081 };
  expect(await begins(rest, board.id, card, week)).toBe("400 50035");
  board.denies("bot", "CreatePublicThreads");
  expect(await begins(rest, board.id, card)).toBe("403 50013");
  board.allows("bot", "CreatePublicThreads");
  const dana = acme.person("Dana");
  await dana.starts(board, "Alone");
  const all = (await rest.get(`/channels/${board.id}/messages`)) as { id: string; type: number }[];
  const notice = all.find(({ type }) => type === 18)?.id ?? "";
  expect(await begins(rest, board.id, notice)).toBe("403 50021");
  expect(await begins(rest, board.id, card)).toBe("ok");
  const inside = await says(rest, card, "Kim took it");
  expect(await begins(rest, card, inside)).toBe("400 50024");
  board.denies("bot", "SendMessagesInThreads");
  const body = { content: "Kim closed it" };
  expect(await outcome(rest.post(`/channels/${card}/messages`, { body }))).toBe("403 50013");
});

test("what can be taken back: one's own, awake, and nothing that Discord wrote", async () => {
  const { acme, rest } = await stage({ limits: "off" });
  const board = acme.channel("board");
  board.denies("bot", "ManageMessages", "ManageThreads");
  const dana = acme.person("Dana");
  const remove = (channel: string, id: string) =>
    outcome(rest.delete(`/channels/${channel}/messages/${id}`));
  const card = await says(rest, board.id, "A card");
  await begins(rest, board.id, card);
  const inside = await says(rest, card, "Kim took it");
  expect(await remove(board.id, await dana.posts(board, "mine"))).toBe("403 50013");
  const all = (await rest.get(`/channels/${card}/messages`)) as { id: string; type: number }[];
  const notice = all.find(({ type }) => type === 21)?.id ?? "";
  expect(await remove(card, notice)).toBe("403 50021");
  await acme.owner.archives({ id: card });
  expect(await remove(card, inside)).toBe("400 50083");
  const wake = () => outcome(rest.patch(`/channels/${card}`, { body: { archived: false } }));
  await acme.owner.locks({ id: card });
  expect(await wake()).toBe("403 50013");
  await acme.owner.unlocks({ id: card });
  expect(await wake()).toBe("ok");
  expect(await remove(card, inside)).toBe("ok");
  expect(await remove(card, inside)).toBe("404 10008");
  board.denies("bot", "ViewChannel");
  expect(await remove(board.id, card)).toBe("403 50001");
});
