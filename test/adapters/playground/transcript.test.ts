import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFile, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Change, Message } from "../../../adapters/playground/entries.ts";
import { openTranscript, type Transcript } from "../../../adapters/playground/transcript.ts";
import {
  apply,
  emptyModel,
  fromSnapshot,
  messagesOf,
} from "../../../adapters/playground/web/model.ts";
import { createLog } from "../../../src/log.ts";
import { temporaryFolder } from "./stage.ts";

const log = createLog("silent");
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let transcript: Transcript;
const file = () => join(folder.path, "transcript.jsonl");
const reopen = () => {
  transcript.close();
  transcript = openTranscript(folder.path, log);
};
const said = (id: string, more: Partial<Message> = {}): Message => ({
  ...{ id, place: "leads", from: "bot", text: `text of ${id}`, status: "saved" },
  ...more,
});

beforeEach(async () => {
  folder = await temporaryFolder();
  transcript = openTranscript(folder.path, log);
});
afterEach(async () => {
  transcript.close();
  await folder.remove();
});

describe("the transcript", () => {
  test("holds what was said, also after a restart", () => {
    transcript.append({ kind: "chat", id: "chat-1", customer: "dana" });
    transcript.post(said("a"));
    transcript.append({ kind: "chat-state", chat: "chat-1", state: "solved", by: "kim" });
    transcript.append({ kind: "status", id: "a", status: "unsaved" });
    const before = transcript.snapshot();
    reopen();
    expect(transcript.snapshot()).toEqual(before);
    expect(before.chats[0]).toMatchObject({ state: "solved", by: "kim" });
    expect(before.messages[0]).toMatchObject({ id: "a", status: "unsaved" });
  });

  test("S1 a torn last line is dropped and the next one is whole", async () => {
    transcript.post(said("a"));
    const before = transcript.snapshot();
    await appendFile(file(), '{"kind":"message","message":{"id":"b","pla');
    reopen();
    expect(transcript.snapshot()).toEqual(before);
    transcript.post(said("c"));
    reopen();
    expect(messagesOf(transcript.model, "leads").map(({ id }) => id)).toEqual(["a", "c"]);
  });

  test("S1 cut at any byte it opens with the whole lines before the cut", async () => {
    for (const id of ["a", "b", "é"]) transcript.post(said(id));
    const bytes = await readFile(file());
    const known = transcript.id;
    for (let length = 0; length <= bytes.length; length += 7) {
      transcript.close();
      await writeFile(file(), bytes.subarray(0, length));
      transcript = openTranscript(folder.path, log);
      const whole = bytes.subarray(0, length).toString().split("\n").length - 1;
      expect(transcript.model.messages.size).toBe(Math.max(0, whole - 1));
      expect(transcript.id === known).toBe(whole > 0);
    }
  });

  test("B9 killed while writing it keeps everything that was acknowledged", async () => {
    transcript.close();
    for (let kill = 0; kill < 3; kill += 1) {
      const script = join(import.meta.dirname, "programs", "transcript-writer.ts");
      const child = spawn(process.execPath, [script, folder.path]);
      let printed = "";
      child.stdout.on("data", (chunk: Buffer) => {
        printed += chunk;
        if (printed.length > 2_000 + 777 * kill) child.kill("SIGKILL");
      });
      await once(child, "close");
      const acknowledged = Number(printed.trimEnd().split("\n").at(-1));
      transcript = openTranscript(folder.path, log);
      expect(acknowledged).toBeGreaterThan(100);
      const kept = [...transcript.model.messages.values()];
      expect(kept.length).toBeGreaterThan(acknowledged);
      expect(kept.every(({ id }, index) => id === `m${index}`)).toBe(true);
      transcript.close();
    }
  });

  test("a line that cannot be read is left out, the others stay", async () => {
    transcript.post(said("a"));
    await appendFile(file(), 'not json\n{"kind":"something-new","seq":3,"at":"x"}\n');
    reopen();
    transcript.post(said("b"));
    reopen();
    expect(messagesOf(transcript.model, "leads").map(({ id }) => id)).toEqual(["a", "b"]);
  });

  test("D4 one key is one message in a place, also after a restart", () => {
    const first = transcript.post(said("a", { key: "key" }));
    reopen();
    expect(transcript.post(said("b", { key: "key" }))).toEqual(first);
    expect(transcript.find("leads", "key")?.id).toBe("a");
    expect(transcript.find("direct:dana", "key")).toBeUndefined();
    expect(transcript.post(said("c", { key: "key", place: "direct:dana" })).id).toBe("c");
  });

  test("D1 one id is one message", () => {
    transcript.post(said("a"));
    expect(transcript.post(said("a", { text: "changed" })).text).toBe("text of a");
    expect(transcript.model.messages.size).toBe(1);
  });

  test("new content replaces the old where it stands", () => {
    const content = { summary: "New", locale: "en", parts: [] };
    transcript.post(said("a"));
    transcript.post(said("b"));
    expect(transcript.update("a", content)).toBe(true);
    expect(transcript.update("none", content)).toBe(false);
    reopen();
    const [first] = messagesOf(transcript.model, "leads");
    expect(first).toMatchObject({ id: "a", content, seq: 1 });
  });

  test("is readable by its owner only", async () => {
    expect((await stat(file())).mode & 0o077).toBe(0);
  });

  test("tells who was away what was missed, or to take everything anew", () => {
    for (let index = 0; index < 3000; index += 1) transcript.post(said(`m${index}`));
    expect(transcript.since(2998)?.map(({ seq }) => seq)).toEqual([2999, 3000]);
    expect(transcript.since(3000)).toEqual([]);
    expect(transcript.since(0)).toBeUndefined();
    expect(transcript.since(3001)).toBeUndefined();
  });

  test("a page that comes new gets the newest messages of each place", () => {
    for (let index = 0; index < 500; index += 1) transcript.post(said(`m${index}`));
    transcript.post(said("other", { place: "direct:dana" }));
    const { messages } = transcript.snapshot();
    expect(messages).toHaveLength(201);
    expect(messages.at(-1)?.id).toBe("other");
    expect(messages.at(-2)?.id).toBe("m499");
  });

  test("wakes who waits at the next entry and when it is closed", async () => {
    const entry = transcript.changed(0, 60_000);
    transcript.post(said("a"));
    await entry;
    const end = transcript.changed(1, 60_000);
    transcript.close();
    await end;
    expect(transcript.closed).toBe(true);
  });

  test("nobody waits for an entry that came before they began to wait", async () => {
    transcript.post(said("a"));
    await transcript.changed(0, 3_600_000);
    transcript.close();
    await transcript.changed(1, 3_600_000);
  });
});

test("a page that follows the entries stands where a page that comes new stands", () => {
  const id = fc.constantFrom("a", "b", "c");
  const change: fc.Arbitrary<Change> = fc.oneof(
    fc.record({ kind: fc.constant("chat"), id, customer: fc.constant("dana") }),
    fc.record({
      kind: fc.constant("chat-state"),
      chat: id,
      state: fc.constantFrom("open", "solved", "spam"),
      by: fc.constant("kim"),
    }),
    fc.record({ kind: fc.constant("message"), message: id.map((name) => said(name)) }),
    fc.record({ kind: fc.constant("status"), id, status: fc.constantFrom("saved", "unsaved") }),
  );
  fc.assert(
    fc.property(fc.array(change), fc.nat(), (changes, at) => {
      const entries = changes.map((each, index) => ({ ...each, seq: index + 1, at: "2026-11-02" }));
      const whole = emptyModel("t");
      for (const entry of entries) apply(whole, entry);
      const early = emptyModel("t");
      const cut = entries.length === 0 ? 0 : at % entries.length;
      for (const entry of entries.slice(0, cut)) apply(early, entry);
      const page = fromSnapshot({
        transcript: "t",
        seq: early.seq,
        chats: [...early.chats.values()],
        messages: [...early.messages.values()],
      });
      // Entries that are known already come again after a reconnection.
      for (const entry of entries) apply(page, entry);
      expect(page).toEqual(whole);
    }),
  );
});
