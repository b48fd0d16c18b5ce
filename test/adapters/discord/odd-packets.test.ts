/** What Discord's gateway may tell one day: nothing ends the process or the line, and all goes on. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { changed, type Json, junk } from "../../support/changed-json.ts";
import type { Discord } from "../../support/discord/index.ts";
import { until } from "./stage.ts";
import { createWorld, start } from "./whole.ts";

interface Packet {
  readonly t: string;
  readonly d: Json;
}

/** Real packets, noted on their way out. */
function recorded({ gateway }: Discord): Packet[] {
  const packets: Packet[] = [];
  const { dispatch } = gateway;
  gateway.dispatch = (name, guild, intents, data) => {
    packets.push({ t: name, d: structuredClone(data(intents)) });
    dispatch(name, guild, intents, data);
  };
  return packets;
}

test("F19 packets with fields gone, changed or turned into something else end nothing", async () => {
  const stage = await createWorld();
  const { discord } = stage;
  const acme = discord.guild("Acme");
  const support = acme.role("Support", { permissions: ["ManageThreads"] });
  const [help, dana] = [acme.channel("help"), acme.person("Dana")];
  const kim = acme.person("Kim", { roles: [support] });
  const { events } = await start(stage, { team: ["Support"] });

  const packets = recorded(discord);
  const thread = await dana.starts(help, "My invoice", { text: "It says 70 €" });
  await kim.posts(thread, "Mended");
  await kim.reacts(help, thread.id, "✅").catch(() => {});
  await dana.writes("7 – slow");
  await kim.archives(thread);
  await dana.posts(thread, "Again");
  const room = acme.channel("room");
  await acme.owner.renames(room, "closed-room");
  await acme.owner.removes(room);
  await discord.settled();
  const kinds = new Set(packets.map(({ t }) => t));
  for (const kind of ["MESSAGE_CREATE", "THREAD_CREATE", "THREAD_UPDATE", "CHANNEL_DELETE"])
    expect(kinds).toContain(kind);

  const lines = discord.gateway.paths().length;
  const sent = [...packets];
  const odd = junk(acme.id, help.id, thread.id, dana.id, "GUILD_CREATE", "READY");
  fc.assert(
    fc.property(
      fc.nat(),
      fc.array(fc.record({ place: fc.nat(), value: odd }), { minLength: 1, maxLength: 4 }),
      (which, changes) => {
        const { t, d } = sent[which % sent.length] ?? { t: "", d: {} };
        const { packet = {} } = changed({ packet: d }, changes);
        discord.gateway.dispatch(t, undefined, 0, () => packet as Json);
      },
    ),
    { numRuns: 600 },
  );
  for (const t of ["error", "close", "constructor", "", "SOMETHING_NEW", "GUILD_CREATE"])
    discord.gateway.dispatch(t, undefined, 0, () => ({}));

  events.length = 0;
  await dana.writes("still there?");
  await until(
    () => events.some((event) => event.kind === "direct-message" && event.text === "still there?"),
    "what is said after that is heard",
  );
  expect(discord.gateway.paths()).toHaveLength(lines);
});
