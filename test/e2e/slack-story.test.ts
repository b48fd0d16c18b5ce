/**
 * The whole story on Slack, in both ways in: a support chat is closed, its customer is asked in a
 * direct message and answers, the lead sees it at once, and types /nps week. The real service in its
 * own process, the real clients, an emulator that refuses what Slack refuses.
 */
import { afterAll, describe, expect, test } from "vitest";
import { type SlackTown, startSlackTown } from "../support/programs/slack-town.ts";
import type { Person, Place, SeenMessage } from "../support/slack/index.ts";

/** Slack delivers again after a minute what a busy machine did not take at once. */
const PATIENCE_MS = 100_000;
const towns: SlackTown[] = [];
afterAll(async () => {
  for (const town of towns) await town.stop();
});

async function newTown(mode: "socket" | "http", env = {}): Promise<SlackTown> {
  const town = await startSlackTown({ mode, env: { AFTERTALK_ASK_AFTER_MINUTES: "0", ...env } });
  towns.push(town);
  return town;
}

/** Waits until the person sees a message with these words, and gives the newest such. */
async function sees(person: Person, place: Place, words: string): Promise<SeenMessage> {
  const find = () => person.sees(place).findLast((message) => message.words.includes(words));
  await expect.poll(find, { timeout: PATIENCE_MS, message: words }).toBeDefined();
  const found = find();
  if (found === undefined) throw new Error(`gone again: ${words}`);
  return found;
}

async function seesPicture(person: Person, place: Place): Promise<void> {
  const last = () => JSON.stringify(person.sees(place).at(-1)?.blocks ?? []);
  await expect.poll(last, { timeout: PATIENCE_MS }).toContain("slack_file");
}

/** A chat as it is every day, closed by a team member's ✅ on its first message. */
async function playChat(town: SlackTown): Promise<string> {
  const { people, channels } = town;
  const chat = await people.dana.posts(channels.help, "Hello, my invoice is wrong");
  await people.kim.posts(channels.help, "Sorry! I have sent a new one", { thread: chat });
  await people.dana.posts(channels.help, "Thank you", { thread: chat });
  await town.slack.settled();
  await people.kim.reacts(channels.help, chat, "white_check_mark");
  return chat;
}

describe.each(["socket", "http"] as const)("over %s", (mode) => {
  test("from the first message to a shared summary", { timeout: 300_000 }, async () => {
    const town = await newTown(mode);
    const { ada, dana, kim, lee } = town.people;
    const { help, leads } = town.channels;
    // Enough answers for a score and a picture; sample data never counts as somebody's chat.
    await ada.types(leads, "/aftertalk", "sample add");
    await sees(ada, leads, "Sample data is in");
    const chat = await playChat(town);

    // Whoever closed it is told what will happen; nobody else sees that.
    const told = await sees(kim, help, "dana");
    expect(told.ephemeral).toBe(true);
    expect(dana.sees(help).some((message) => message.ephemeral)).toBe(false);

    // Asked in a direct message that names the chat and links to it.
    const question = await sees(dana, "dm", "How likely");
    expect(question.words).toContain("#help");
    expect(question.words).toContain("kim");
    expect(JSON.stringify(question.blocks)).toContain(`p${chat.replace(".", "")}`);
    expect(question.buttons.slice(0, 11)).toEqual(
      Array.from({ length: 11 }, (_, score) => String(score)),
    );

    // Tapped; the message itself says what was answered.
    await dana.presses(question, "3");
    const answered = await sees(dana, "dm", "You answered: 3");
    expect(answered.ts).toBe(question.ts);
    expect(answered.buttons).toEqual(["Change"]);

    // What went wrong, in words; the lead hears of it at once, with the words and a link.
    await sees(dana, "dm", "What went wrong?");
    await sees(lee, leads, "dana");
    await dana.writes("Slow reply & <!channel> *three* days");
    const alert = await sees(lee, leads, "Slow reply & <!channel> *three* days");
    expect(alert.words).toContain("kim");
    expect(JSON.stringify(alert.blocks)).toContain(`p${chat.replace(".", "")}`);
    expect(alert.live).toMatchObject({ mentions: [], formatting: [] });
    expect(alert.live.links).toHaveLength(1); // ours, to the chat
    await sees(dana, "dm", "May someone");

    // The lead asks for the week, sees it alone, and shares it with the picture.
    const { outcome } = await lee.types(leads, "/nps", "week");
    expect(outcome).toBe("acknowledged");
    const card = await sees(lee, leads, "Share");
    expect(card.ephemeral).toBe(true);
    await lee.presses(card, "Share");
    await sees(kim, leads, "Shared by");
    await seesPicture(kim, leads);
    const shared = kim.sees(leads).at(-1);
    expect(shared?.words).toContain("lee");
    expect(shared?.words).not.toContain("Slow reply");
    expect(shared?.words).not.toContain("dana");

    // Who may not read answers is told whom to ask.
    await kim.types(help, "/feedback", "week");
    const refusal = await sees(kim, help, "lee");
    expect(refusal.words).not.toContain("NPS −");

    expect(town.slack.problems).toEqual([]);
    expect(town.service().output()).not.toMatch(/Slow reply|[Dd]ana|xoxb|xapp|hooks|invoice/);
    expect(await town.service().end("SIGTERM")).toBe(0);
  });
});

test("a workspace that wants it is asked in the thread, and a button closes the chat there", {
  timeout: 300_000,
}, async () => {
  const town = await newTown("socket", { SLACK_ASK_IN: "thread", SLACK_CLOSE_BUTTON: "on" });
  const { dana, kim, lee } = town.people;
  const { help, leads } = town.channels;
  const chat = await dana.posts(help, "Hello, my invoice is wrong");
  await town.slack.settled();
  await kim.posts(help, "Sorry! I have sent a new one", { thread: chat });
  await dana.posts(help, "Thank you", { thread: chat });
  const button = await sees(kim, help, "Close the chat");
  expect(button.threadTs).toBe(chat);

  // Only the team closes.
  await dana.presses(button, "Close the chat");
  await sees(dana, help, "Only the support team");
  await kim.presses(button, "Close the chat");
  const question = await sees(kim, help, "How likely");
  expect(question).toMatchObject({ ephemeral: false, threadTs: chat });

  // It is the customer's to answer, with a tap or in words; the words of a comment go into a form.
  await kim.presses(question, "10");
  await sees(kim, help, "somebody else");
  await dana.posts(help, "2 – slow", { thread: chat });
  await sees(dana, help, "You answered: 2");
  await sees(lee, leads, "slow");
  expect(dana.sees("dm")).toEqual([]);
  expect(town.slack.problems).toEqual([]);
});
