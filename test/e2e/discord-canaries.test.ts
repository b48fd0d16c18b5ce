/**
 * What people say and are called never gets into the log, neither on good days nor when everything
 * that can fails: Discord quotes in its refusals what was sent, answers in other shapes, is away.
 */
import { afterAll, expect, test } from "vitest";
import type { ChannelFace, Person, Place, SeenMessage } from "../support/discord/index.ts";
import { type DiscordTown, startDiscordTown } from "../support/programs/discord-town.ts";

const PATIENCE_MS = 100_000;
const towns: DiscordTown[] = [];
afterAll(async () => {
  for (const town of towns) await town.stop();
});

async function sees(person: Person, place: Place, words: string): Promise<SeenMessage> {
  const find = () => person.sees(place).findLast((message) => message.words.includes(words));
  await expect.poll(find, { timeout: PATIENCE_MS, message: words }).toBeDefined();
  const found = find();
  if (found === undefined) throw new Error(`gone again: ${words}`);
  return found;
}

type Fault = Parameters<DiscordTown["discord"]["fail"]>[1];

const quoted = "canary-quoted\n    at canary-quoted (canary-quoted:1:1)";
const errors = { components: { 0: { _errors: [{ code: quoted, message: quoted }] } } };
const says = (status: number, body: unknown): Fault => ({ kind: "says", status, body });
/** Everything that an answer can carry back to us, also where a number should be. */
const refusals: readonly Fault[] = [
  says(403, { code: 50013, message: quoted }),
  says(400, { code: 50035, message: quoted, errors }),
  says(400, { code: quoted, message: quoted, errors }),
  says(404, { error: quoted, message: quoted }),
  says(502, `<html>${quoted}</html>`),
  // Accepted, in shapes that nobody expects.
  says(200, { id: quoted, channel_id: quoted, name: quoted, roles: [quoted], user: quoted }),
  says(200, `{"canary": "${quoted}`),
  { kind: "status", status: 500 },
  { kind: "reset" },
  { kind: "rate-limited", retryAfter: 0.2 },
];
const failing = [
  ...["POST /channels/:channel/messages", "PATCH /channels/:channel/messages/:message"],
  ...["POST /users/@me/channels", "GET /guilds/:guild/members/:user", "GET /channels/:channel"],
  ...["GET /channels/:channel/messages", "GET /channels/:channel/messages/:message"],
  ...["GET /guilds/:guild/audit-logs", "GET /guilds/:guild/threads/active"],
  ...["GET /users/@me/guilds", "GET /guilds/:guild", "GET /gateway/bot"],
  ...["GET /channels/:channel/messages/:message/reactions/:emoji"],
  ...["GET /channels/:channel/threads/archived/public"],
  ...["GET /applications/:application/commands", "PUT /applications/:application/commands"],
  ...["POST /interactions/:interaction/:token/callback", "POST /webhooks/:application/:token"],
  ...["PATCH /webhooks/:application/:token/messages/:message"],
];

/** Everything that a person may press in what they see: our tokens. */
function tokensIn(messages: readonly SeenMessage[]): string[] {
  const all = JSON.stringify(messages.map(({ components }) => components));
  return [...all.matchAll(/"(?:custom_id|value)":"([^"@!]{20,})/g)].map(([, token]) => token ?? "");
}

test("P7 on Discord no word, name, token or address is in the log, whatever fails", async () => {
  let dana: Person | undefined;
  let help: ChannelFace | undefined;
  const town = await startDiscordTown({
    discord: { limits: "off" },
    env: {
      AFTERTALK_LOG_LEVEL: "debug",
      AFTERTALK_ASK_AFTER_MINUTES: "0",
      DISCORD_SUPPORT_CHANNELS: "canary-help",
    },
    build(_discord, guild) {
      dana = guild.person("canary-dana");
      help = guild.channel("canary-help");
    },
  });
  towns.push(town);
  if (dana === undefined || help === undefined) throw new Error("the town is not built");
  const { discord, guild } = town;
  const { kim, lee, ada } = town.people;
  const { leads } = town.channels;
  const commands = () => discord.commands().map(({ name }) => name);
  await expect.poll(commands, { timeout: PATIENCE_MS }).toContain("nps");

  // A good day.
  const first = await dana.posts(help, "canary-problem @everyone");
  const chat = await dana.starts(help, "canary-title", { from: first });
  await kim.posts(chat, "canary-reply");
  await dana.posts(chat, "canary-thanks");
  await kim.reacts(help, first, "✅");
  const question = await sees(dana, "dm", "How likely");
  const tokens = tokensIn([question]);
  await dana.presses(question, "3");
  await sees(dana, "dm", "What went wrong?");
  await dana.writes("canary-comment: it was slow");
  await sees(lee, leads, "canary-comment");
  await lee.types(leads, "/feedback", { period: "canary-period" });
  await lee.completes(leads, "/nps", { team: "canary-team" }, "team");
  await lee.types(leads, "/nps", { period: "week" });
  tokens.push(...tokensIn([...dana.sees("dm"), ...lee.sees(leads)]));
  expect(tokens.length).toBeGreaterThan(11);

  // A bad one: everything that we ask of Discord meets each kind of failure.
  for (const route of failing) for (const fault of refusals) discord.fail(route, fault);
  const odd = (t: string, d: object) => discord.gateway.dispatch(t, undefined, 0, () => ({ ...d }));
  for (let round = 0; round < 4; round += 1) {
    const again = await dana.starts(help, "canary-again", { text: "canary-again" });
    await kim.posts(again, "canary-reply");
    await dana.posts(again, "canary-thanks");
    const more = await dana.posts(again, "canary-more");
    const pressed = dana.sees("dm").findLast(({ buttons }) => buttons.includes("Change"));
    await Promise.all([
      lee.uses("Show scores", again, more),
      lee.completes(leads, "/nps", { team: "canary-team" }, "team"),
      ada.types(leads, "/nps", { period: "canary-period", team: "canary-team" }),
      lee.types(leads, "/feedback", { period: "week" }),
      dana.writes("canary-late words"),
      ...(pressed === undefined ? [] : [dana.presses(pressed, "Change")]),
      kim.types(again, "/close"),
    ]);
    await dana.archives(again).catch(() => {});
    await kim.archives(again).catch(() => {});
    odd("MESSAGE_CREATE", { id: quoted, channel_id: again.id, content: quoted, author: quoted });
    odd("GUILD_UPDATE", { id: guild.id, name: quoted, roles: quoted, channels: quoted });
    odd("INTERACTION_CREATE", { id: quoted, token: quoted, type: 3, data: { custom_id: quoted } });
    if (round === 2) discord.gateway.invalidate(false);
  }
  for (const words of ["an answer takes another way", "could not take in what happened"])
    expect(town.service().output()).toContain(words);
  await discord.settled();
  expect(await town.service().end("SIGTERM")).toBe(0);

  const output = town.service().output();
  expect(output).not.toMatch(/canary/i);
  expect(output).not.toMatch(
    /interaction-\d+-token|\/(interactions|webhooks|channels)\/|wss?:\/\//,
  );
  expect(output).not.toMatch(
    new RegExp(`\\b(${[kim, lee, ada].map(({ name }) => name).join("|")})\\b`, "i"),
  );
  for (const token of tokens) expect(output).not.toContain(token);
  expect(output).not.toContain(discord.token);
}, 300_000);
