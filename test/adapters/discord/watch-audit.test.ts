/** Who archived a thread: the news and the entry of the audit log come apart, or one of them never. */
import { describe, expect, it } from "vitest";
import { type Line, town } from "./watch-stage.ts";

const ENTRY = "GUILD_AUDIT_LOG_ENTRY_CREATE";
const NEWS = "THREAD_UPDATE";

const isOf = (packet: unknown, type: string) =>
  typeof packet === "object" && packet !== null && "t" in packet && packet.t === type;

/** Packets of this type come so many milliseconds late. */
const late =
  (type: string, ms: number): Line =>
  (packet, deliver) => {
    if (isOf(packet, type)) setTimeout(deliver, ms);
    else deliver();
  };
const twice: Line = (_packet, deliver) => {
  deliver();
  deliver();
};
const without =
  (type: string): Line =>
  (packet, deliver) => {
    if (!isOf(packet, type)) deliver();
  };

describe("an archived thread is closed by whoever did it", () => {
  it.each<[string, Line, number]>([
    ["when the entry comes late", late(ENTRY, 100), 0],
    ["when the entry comes first", late(NEWS, 100), 0],
    ["when the entry never comes, by asking for it", without(ENTRY), 1],
    ["when the entry comes after it was asked for", late(ENTRY, 500), 1],
    ["when only the entry comes", without(NEWS), 0],
    ["D7 when everything comes twice", twice, 0],
  ])("%s", async (_name, line, lookUps) => {
    const here = await town();
    await here.open({ line });
    const thread = await here.dana.starts(here.help, "Invoice", { text: "It is wrong" });
    await here.hears("Dana: It is wrong (opens)");
    await here.kim.archives(thread);
    await here.hears("closed manual by Kim");
    await here.dana.posts(thread, "Not yet");
    await here.hears("Dana: Not yet (opens)");
    expect(here.inbox.lines().filter((words) => words.startsWith("closed"))).toHaveLength(1);
    expect(here.discord.calls("GET /guilds/:guild/audit-logs")).toHaveLength(lookUps);
  });

  it("W11 what the customer says while the entry is on its way comes after the closing", async () => {
    const here = await town();
    await here.open({ line: late(ENTRY, 100) });
    const thread = await here.dana.starts(here.help, "Invoice", { text: "It is wrong" });
    await here.hears("Dana: It is wrong (opens)");
    await here.kim.archives(thread);
    await here.dana.posts(thread, "Not yet");
    await here.hears("closed manual by Kim", "chat opened", "Dana: Not yet (opens)");
  });

  it("when Discord cannot be asked just now, a little later", async () => {
    const here = await town();
    await here.open({ line: without(ENTRY) });
    const thread = await here.dana.starts(here.help, "Invoice", { text: "It is wrong" });
    await here.hears("Dana: It is wrong (opens)");
    here.discord.fail("GET /guilds/:guild/audit-logs", { kind: "status", status: 503 });
    await here.kim.archives(thread);
    await here.hears("closed manual by Kim");
  });
});
