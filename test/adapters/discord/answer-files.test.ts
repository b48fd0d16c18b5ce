/** Files in answers: for one reader alone, and no bigger than Discord takes. */
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Message, Reply } from "../../../src/platform.ts";
import { FILE_BYTES } from "../../support/discord/limits.ts";
import { card, lastSeen, openDesk } from "./listen-support.ts";
import { until } from "./stage.ts";

let desk: Awaited<ReturnType<typeof openDesk>>;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

const data = { label: "My data", token: "tok.data" };

function withFile(bytes: Uint8Array): Message {
  const file = {
    ...{ name: "my-data.json", title: "Everything in one file" },
    ...{ mediaType: "application/json", bytes },
  };
  const { parts, ...rest } = card("This is what we keep about you");
  return { ...rest, parts: [...parts, { kind: "file", file }] };
}

test("a file in a channel is for one pair of eyes, also when it comes late", async () => {
  const dana = desk.customer();
  const open = await desk.shows(card("Feedback for Dana", data), desk.help);
  const { promise, resolve } = Promise.withResolvers<Reply>();
  desk.hurries(true);
  desk.desk.reply = () => promise;
  await dana.presses(open, "My data");
  await until(() => lastSeen(dana, desk.help)?.words === "One moment…", "one moment is said");
  resolve({ kind: "message", message: withFile(new Uint8Array([123, 125])) });
  await until(() => lastSeen(dana, desk.help)?.files.length === 1, "the file is there");
  expect(lastSeen(dana, desk.help)).toMatchObject({
    ...{ ephemeral: true, files: [{ name: "my-data.json", bytes: Buffer.from("{}") }] },
  });
  expect(lastSeen(desk.agent, desk.help)?.id).toBe(open.id);
  desk.hurries(false);
});

test("a file that is too big for Discord is a sentence about it, and the rest is there", async () => {
  const dana = desk.customer("ru");
  const question = await desk.shows(card("?", data), dana);
  const message = { ...withFile(new Uint8Array(FILE_BYTES + 1)), locale: "ru" };
  desk.desk.reply = async () => ({ kind: "message", message });
  await dana.presses(question, "My data");
  const seen = lastSeen(dana, "dm");
  expect(seen?.files).toEqual([]);
  expect(seen?.words).toContain("This is what we keep about you");
  expect(seen?.words).toContain("слишком велик");
});

test("what goes out for others to see has no file in it, whoever put one there", async () => {
  const shown = await desk.shows(withFile(new Uint8Array([123, 125])), desk.lounge);
  const seen = desk.agent.sees(desk.lounge).find(({ id }) => id === shown.id);
  expect(seen?.files).toEqual([]);
  expect(seen?.words).toContain("This is what we keep");
  expect(desk.discord.problems).toEqual([]);
});
