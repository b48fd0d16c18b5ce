import { MessageFlags } from "discord.js";
import { expect, test } from "vitest";
import { outcome, stage } from "./setup.ts";

const flags = MessageFlags.IsComponentsV2;
const picture = (name: string, description: string) => ({
  type: 12,
  items: [{ media: { url: `attachment://${name}` }, description }],
});
const file = (name: string) => ({ name, data: Buffer.from(name), contentType: "image/png" });
const described = (...names: string[]) =>
  names.map((filename, id) => ({ id, filename, description: `About ${filename}` }));

test("several files with their descriptions; an edit keeps those it names and brings new ones", async () => {
  const { discord, acme, rest } = await stage();
  const [help, dana] = [acme.channel("help"), acme.person("Dana")];
  const path = `/channels/${help.id}/messages` as const;
  const sent = (await rest.post(path, {
    body: {
      flags,
      components: [picture("a.png", "The first"), picture("b.png", "The second")],
      attachments: described("a.png", "b.png"),
    },
    files: [file("a.png"), file("b.png")],
  })) as { id: string; attachments: { id: string }[] };
  const seen = () => dana.sees(help)[0]?.files.map(({ name, bytes }) => [name, String(bytes)]);
  expect(seen()).toEqual([
    ["a.png", "a.png"],
    ["b.png", "b.png"],
  ]);
  expect(dana.sees(help)[0]?.words).toContain("About a.png");
  const kept = sent.attachments[1]?.id;
  await rest.patch(`${path}/${sent.id}`, {
    body: {
      components: [picture("b.png", "The second"), picture("c.png", "The third")],
      attachments: [{ id: kept }, { id: 0, filename: "c.png", description: "New" }],
    },
    files: [file("c.png")],
  });
  expect(seen()).toEqual([
    ["b.png", "b.png"],
    ["c.png", "c.png"],
  ]);
  expect(discord.problems).toEqual([]);
});

test("what a component shows has to be there, and what is there has to be shown", async () => {
  const { discord, acme, rest } = await stage({ limits: "off" });
  const path = `/channels/${acme.channel("help").id}/messages` as const;
  const words = { type: 10, content: "Look" };
  const post = (components: object[], ...names: string[]) =>
    outcome(rest.post(path, { body: { flags, components }, files: names.map(file) }));
  expect(await post([words, picture("a.png", "A")], "a.png")).toBe("ok");
  expect(await post([words, picture("a.png", "A")], "b.png")).toBe("400 50035");
  expect(await post([words], "a.png")).toBe("400 50035");
  expect(await post([words, picture("a b.png", "A")], "a b.png")).toBe("400 50035");
  expect(discord.problems.map(({ details }) => details[0]?.split(" ")[1])).toEqual([
    "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND",
    "ATTACHMENT_NOT_SHOWN",
    "FILENAME_CHANGED",
  ]);
});

test("an edit that names no file drops all; one that says nothing of them keeps all", async () => {
  const { acme, rest } = await stage({ limits: "off" });
  const [help, dana] = [acme.channel("help"), acme.person("Dana")];
  const path = `/channels/${help.id}/messages` as const;
  const shown = { flags, components: [picture("a.png", "A")] };
  const { id } = (await rest.post(path, { body: shown, files: [file("a.png")] })) as { id: string };
  const edit = (body: object) => outcome(rest.patch(`${path}/${id}`, { body }));
  const words = [{ type: 10, content: "No picture" }];
  expect(await edit({ components: words })).toBe("400 50035");
  expect(await edit({ components: words, attachments: [] })).toBe("ok");
  expect(dana.sees(help)[0]?.files).toEqual([]);
  expect(await edit({ components: words, attachments: [{ id: "7" }] })).toBe("400 50035");
});
