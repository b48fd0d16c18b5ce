import { expect, test } from "vitest";
import { outcome, stage } from "./setup.ts";

test("F8 what was written while the app was away is in the history; the newest id stays known", async () => {
  const { acme, rest } = await stage({ limits: "off" });
  const [help, dana] = [acme.channel("help"), acme.person("Dana")];
  const thread = await dana.starts(help, "Broken", { text: "one" });
  const { id: dm } = (await rest.post("/users/@me/channels", {
    body: { recipient_id: dana.id },
  })) as { id: string };
  for (const place of [thread, { id: dm }]) {
    const first = await dana.posts(place, "first");
    const rest3 = [];
    for (const text of ["second", "third", "fourth"]) rest3.push(await dana.posts(place, text));
    const page = async (query: Record<string, string>) => {
      const path = `/channels/${place.id}/messages` as const;
      const found = await rest.get(path, { query: new URLSearchParams(query) });
      return (found as { content: string }[]).map(({ content }) => content);
    };
    expect(await page({ after: first, limit: "2" })).toEqual(["third", "second"]);
    expect(await page({ before: rest3[2] ?? "", limit: "2" })).toEqual(["third", "second"]);
    expect(await page({ after: rest3[2] ?? "" })).toEqual([]);
    await dana.deletes(place, rest3[2] ?? "");
    const channel = await rest.get(`/channels/${place.id}`);
    expect(channel).toMatchObject({ last_message_id: rest3[2] });
  }
});

test("what there is not: channels, guilds, people, messages; and where nothing can be written", async () => {
  const { discord, acme, rest } = await stage({ limits: "off" });
  const [help, dana] = [acme.channel("help"), acme.person("Dana")];
  const elsewhere = discord.guild("Umbrella", { bot: false });
  const nobody = elsewhere.person("Nobody");
  const get = (path: `/${string}`) => outcome(rest.get(path));
  const body = { content: "hi" };
  expect(await get("/channels/1")).toBe("404 10003");
  expect(await get("/guilds/1")).toBe("404 10004");
  expect(await get(`/guilds/${elsewhere.id}`)).toBe("403 50001");
  expect(await get(`/guilds/${acme.id}/members/${nobody.id}`)).toBe("404 10007");
  expect(await get(`/guilds/${acme.id}/members/1`)).toBe("404 10013");
  expect(await get(`/channels/${help.id}/messages/1`)).toBe("404 10008");
  const direct = rest.post("/users/@me/channels", { body: { recipient_id: dana.id } });
  const { id: dm } = (await direct) as { id: string };
  const hers = await dana.writes("mine");
  expect(discord.problems).toEqual([]);
  expect(await outcome(rest.delete(`/channels/${dm}/messages/${hers}`))).toBe("403 50003");
  const forum = acme.forum("questions");
  expect(await outcome(rest.post(`/channels/${forum.id}/messages`, { body }))).toBe("400 50008");
  expect(discord.problems).toHaveLength(2);
  const sent = (await rest.post(`/channels/${dm}/messages`, { body })) as { id: string };
  expect(await outcome(rest.delete(`/channels/${dm}/messages/${sent.id}`))).toBe("ok");
  expect(dana.sees("dm").map(({ content }) => content)).toEqual(["mine"]);
});

test("the app: its intents as flags, its guilds page by page, and what it may do in each", async () => {
  const { discord, acme, rest } = await stage({ privileged: ["content"], limits: "off" });
  const sons = discord.guild("Sons", {
    permissions: ["ViewChannel"],
    community: true,
    locale: "ru",
  });
  discord.guild("Not mine", { bot: false });
  expect(await rest.get("/applications/@me")).toMatchObject({ flags: 1 << 19 });
  const page = (query: Record<string, string>) =>
    rest.get("/users/@me/guilds", { query: new URLSearchParams(query) });
  expect(await page({})).toMatchObject([{ id: acme.id }, { id: sons.id, name: "Sons" }]);
  expect(await page({ after: acme.id })).toMatchObject([{ id: sons.id, features: ["COMMUNITY"] }]);
  expect(await outcome(page({ limit: "201" }))).toBe("400 50035");
  expect(await rest.get(`/guilds/${sons.id}`)).toMatchObject({ preferred_locale: "ru" });
});

test("F3 a 429 may lack its headers or its body", async () => {
  const { discord, acme } = await stage({ limits: "off" });
  const look = () =>
    fetch(`${discord.apiUrl}/v10/guilds/${acme.id}`, {
      headers: { authorization: `Bot ${discord.token}` },
    });
  const limited = { kind: "rate-limited", retryAfter: 2, scope: "global" } as const;
  discord.fail("GET /guilds/:guild", { ...limited, without: "headers" });
  const first = await look();
  expect([first.status, first.headers.get("retry-after")]).toEqual([429, null]);
  expect(await first.json()).toMatchObject({ retry_after: 2, global: true });
  discord.fail("GET /guilds/:guild", { ...limited, without: "body" });
  const second = await look();
  expect([second.status, second.headers.get("x-ratelimit-scope")]).toEqual([429, "global"]);
  expect(await second.text()).toContain("<html>");
});

test("a query, body or file where none is taken is kept as a problem", async () => {
  const { discord, acme, rest } = await stage({ limits: "off" });
  const help = acme.channel("help");
  const query = new URLSearchParams({ with_counts: "true" });
  await rest.get(`/channels/${help.id}`, { query });
  await rest.patch(`/channels/${help.id}`, {
    body: { topic: "Ask us" },
    files: [{ name: "a.png", data: Buffer.from("a") }],
  });
  expect(discord.problems).toMatchObject([
    { method: "GET /channels/:channel", error: "ignored", details: ["query"] },
    { method: "PATCH /channels/:channel", error: "ignored", details: ["files"] },
  ]);
});

test("without the content intent the history has no words either, but of direct messages", async () => {
  const { discord, acme, rest } = await stage({ privileged: [], limits: "off" });
  const [help, dana] = [acme.channel("help"), acme.person("Dana")];
  await dana.posts(help, "secret");
  await dana.posts(help, `<@${discord.applicationId}> hello`);
  await rest.post(`/channels/${help.id}/messages`, { body: { content: "mine" } });
  await dana.writes("hi");
  const read = async (id: string) => {
    const messages = (await rest.get(`/channels/${id}/messages`)) as { content: string }[];
    return messages.map(({ content }) => content);
  };
  expect(await read(help.id)).toEqual(["mine", `<@${discord.applicationId}> hello`, ""]);
  expect(await read(dana.sees("dm")[0]?.channel ?? "")).toEqual(["hi"]);
});
