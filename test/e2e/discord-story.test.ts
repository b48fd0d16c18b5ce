/**
 * The whole story on Discord: a thread, a forum post and a ticket are closed, their customers are
 * asked in a direct message and answer, the lead sees it at once, and uses /nps. The real service in
 * its own process, the real discord.js, an emulator that refuses what Discord refuses.
 */
import { fileURLToPath } from "node:url";
import { afterEach, expect, test } from "vitest";
import type { ChannelFace, Person, Place, SeenMessage } from "../support/discord/index.ts";
import {
  type DiscordTown,
  startDiscordTown,
  type TownOptions,
} from "../support/programs/discord-town.ts";
import { startSlack } from "../support/slack/index.ts";

const PATIENCE_MS = 90_000;
const running: { stop(): Promise<void> }[] = [];
afterEach(async () => {
  for (const part of running.splice(0).reverse()) await part.stop();
});

async function newTown(options: TownOptions = {}): Promise<DiscordTown> {
  const env = { AFTERTALK_ASK_AFTER_MINUTES: "0", ...options.env };
  const town = await startDiscordTown({ ...options, env });
  running.push(town);
  // Commands are registered beside everything else.
  const names = () => town.discord.commands().map(({ name }) => name);
  await expect.poll(names, { timeout: PATIENCE_MS }).toContain("nps");
  return town;
}

/** Waits until the person sees a message with these words, and gives the newest such. */
async function sees(person: Person, place: Place, words: string): Promise<SeenMessage> {
  const find = () => person.sees(place).findLast((message) => message.words.includes(words));
  const message = `${person.name} sees: ${words}`;
  await expect.poll(find, { timeout: PATIENCE_MS, message }).toBeDefined();
  const found = find();
  if (found === undefined) throw new Error(`gone again: ${message}`);
  return found;
}

/** What is said in an ordinary chat after its first message. */
async function talk({ people, discord }: DiscordTown, chat: ChannelFace, customer = people.dana) {
  await people.kim.posts(chat, "Sorry! I have sent a new one");
  await customer.posts(chat, "Thank you");
  await discord.settled();
}

test("from the first message in a thread to a shared summary", { timeout: 300_000 }, async () => {
  const town = await newTown();
  const { ada, dana, kim, lee } = town.people;
  const { help, leads } = town.channels;
  // Enough answers for a score and a picture; sample data never counts as somebody's chat.
  await ada.types(leads, "/aftertalk sample");
  await sees(ada, leads, "Sample data is in");

  const first = await dana.posts(help, "Hello, my invoice is wrong");
  const chat = await dana.starts(help, "My invoice", { from: first });
  await talk(town, chat);
  await kim.reacts(help, first, "✅");

  // Asked in a direct message that names the chat and links to it.
  const question = await sees(dana, "dm", "How likely");
  expect(question.words).toContain("Kim");
  expect(JSON.stringify(question.components)).toContain(`${town.guild.id}/${chat.id}`);
  expect(question.buttons.slice(0, 11)).toEqual(
    Array.from({ length: 11 }, (_, score) => String(score)),
  );

  // Tapped; the message itself says what was answered.
  await dana.presses(question, "3");
  const answered = await sees(dana, "dm", "You answered: 3");
  expect(answered.id).toBe(question.id);
  expect(answered.buttons).toEqual(["Change"]);

  // What went wrong, in words; the lead hears of it at once, with the words and a link.
  await sees(dana, "dm", "What went wrong?");
  await sees(lee, leads, "Dana");
  await dana.writes("Slow reply & @everyone **three** days");
  const alert = await sees(lee, leads, "Slow reply");
  expect(alert.words).toContain("Kim");
  expect(JSON.stringify(alert.components)).toContain(`${town.guild.id}/${chat.id}`);
  expect(alert.live.pings).toEqual([]);
  await sees(dana, "dm", "May someone");

  // The lead asks for the week, sees it alone, and shares it with the picture.
  await lee.types(leads, "/nps", { period: "week" });
  const card = await sees(lee, leads, "Share");
  expect(card.ephemeral).toBe(true);
  expect(card.files).toHaveLength(1);
  await lee.presses(card, "Share");
  const shared = await sees(lee, leads, "Shared by Lee");
  expect(shared.ephemeral).toBe(false);
  expect(shared.files).toHaveLength(1);
  expect(shared.words).not.toContain("Slow reply");
  expect(shared.words).not.toContain("Dana");

  // Who may not read answers is told whom to ask.
  await kim.types(help, "/feedback", { period: "week" });
  const refusal = await sees(kim, help, "Lee");
  expect(refusal.ephemeral).toBe(true);
  expect(refusal.words).not.toContain("NPS −");

  expect(town.discord.problems).toEqual([]);
  expect(town.service().output()).not.toMatch(/Slow reply|[Dd]ana|invoice|emulator\.token/);
  expect(await town.service().end("SIGTERM")).toBe(0);
});

test("a forum post with a tag, and a ticket channel that its bot deletes", {
  timeout: 300_000,
}, async () => {
  const town = await newTown();
  const { dana, kim } = town.people;
  const { questions, tickets } = town.channels;
  const eve = town.guild.person("Eve");

  const post = await dana.opens(questions, "Refund?", "I was charged twice");
  await talk(town, post);
  await kim.tags(post, "solved");
  const question = await sees(dana, "dm", "How likely");
  expect(JSON.stringify(question.components)).toContain(post.id);

  const ticket = town.guild.channel("ticket-0001", { category: tickets });
  await eve.posts(ticket, "Nothing loads");
  await talk(town, ticket, eve);
  await town.guild.owner.removes(ticket);
  const other = await sees(eve, "dm", "How likely");
  await eve.presses(other, "10");
  await sees(eve, "dm", "You answered: 10");
  await dana.presses(question, "0");
  await sees(dana, "dm", "You answered: 0");
  expect(town.discord.problems).toEqual([]);
});

test("Slack and Discord in one process", { timeout: 300_000 }, async () => {
  const slack = await startSlack();
  running.push(slack);
  const workspace = slack.workspace("Acme on Slack");
  const [customer, agent] = [workspace.person("Sam"), workspace.person("Ann")];
  workspace.userGroup("support", [agent]);
  const help = workspace.channel("help");
  const town = await newTown({
    env: {
      SLACK_BOT_TOKEN: workspace.botToken,
      SLACK_APP_TOKEN: slack.appToken,
      SLACK_API_URL: slack.apiUrl,
      SLACK_SUPPORT_CHANNELS: "#help",
      SLACK_TEAM: "@support",
    },
  });
  const { dana, kim, lee } = town.people;

  const chat = await dana.starts(town.channels.help, "It is slow", { text: "It is slow" });
  await talk(town, chat);
  await kim.types(chat, "/close");
  const root = await customer.posts(help, "It is broken");
  await agent.posts(help, "Mended", { thread: root });
  await customer.posts(help, "Thanks", { thread: root });
  await slack.settled();
  await agent.reacts(help, root, "white_check_mark");

  await dana.presses(await sees(dana, "dm", "How likely"), "9");
  await expect
    .poll(() => customer.sees("dm").at(-1)?.words, { timeout: PATIENCE_MS })
    .toContain("How likely");
  const [asked] = customer.sees("dm");
  if (asked === undefined) throw new Error("nobody was asked on Slack");
  await customer.presses(asked, "2");
  // One workspace: the answer given on Slack counts on Discord, and its alert goes there too.
  await sees(dana, "dm", "You answered: 9");
  await lee.types(town.channels.leads, "/nps", { period: "week" });
  const card = await sees(lee, town.channels.leads, "2");
  expect(card.words).toContain("NPS");
  expect(slack.problems).toEqual([]);
  expect(town.discord.problems).toEqual([]);
});

test("F7, F8 two shards, a gateway that drops in a conversation, and a service that is away: all is found, once", {
  timeout: 300_000,
}, async () => {
  const town = await newTown({ discord: { shards: 2, maxConcurrency: 2 } });
  const { dana, kim, lee } = town.people;
  const { help, leads } = town.channels;
  const chat = await dana.starts(help, "My invoice", { text: "My invoice is wrong" });
  await talk(town, chat);
  town.discord.gateway.cut();
  await dana.posts(chat, "And one thing more");
  await town.discord.gateway.connected();
  await kim.types(chat, "/close");
  const question = await sees(dana, "dm", "How likely");
  town.discord.gateway.cut();
  await dana.writes("3");
  await sees(dana, "dm", "You answered: 3");
  await sees(dana, "dm", "What went wrong?");
  // Written while nobody is there to hear it.
  await town.ends("SIGTERM");
  await dana.writes("Slow");
  await town.starts();
  await sees(lee, leads, "Slow");
  await sees(dana, "dm", "May someone");
  const said = (words: string) => dana.sees("dm").filter((each) => each.words.includes(words));
  expect(dana.sees("dm").filter(({ id }) => id === question.id)).toHaveLength(1);
  expect(said("What went wrong?")).toHaveLength(1);
  const alerts = lee.sees(leads).filter((message) => message.words.includes("Dana"));
  expect(alerts).toHaveLength(1);
  expect(town.discord.problems).toEqual([]);
});

test("D4 killed when Discord has taken a question and we have not noted it: it stands there once", {
  timeout: 300_000,
}, async () => {
  const killable = fileURLToPath(new URL("../support/programs/killable.ts", import.meta.url));
  let arguments_ = [killable, "outbox.sent_unrecorded"];
  const town = await newTown({ program: () => arguments_ });
  const { dana, kim, lee } = town.people;
  const chat = await dana.starts(town.channels.help, "My invoice", { text: "It is wrong" });
  await talk(town, chat);
  await kim.types(chat, "/close");
  const { child } = town.service();
  await expect.poll(() => child.signalCode, { timeout: PATIENCE_MS }).toBe("SIGKILL");
  const question = await sees(dana, "dm", "How likely");

  arguments_ = [killable];
  await town.starts();
  // An answer to what is not noted as sent counts all the same; what is looked up is not sent again.
  await dana.presses(question, "3");
  await sees(dana, "dm", "You answered: 3");
  await sees(dana, "dm", "What went wrong?");
  await sees(lee, town.channels.leads, "Dana");
  const lookups = () =>
    town.discord
      .calls("GET /channels/:channel/messages")
      .filter(({ params }) => params.channel === question.channel);
  await expect.poll(() => lookups().length, { timeout: PATIENCE_MS }).toBeGreaterThan(0);
  await town.ends("SIGTERM"); // finishes what is under way
  const questions = dana.sees("dm").filter(({ words }) => words.includes("How likely"));
  expect(questions).toHaveLength(1);
  expect(town.discord.problems).toEqual([]);
});
