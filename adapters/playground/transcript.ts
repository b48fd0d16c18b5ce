/**
 * Who said what: a platform keeps its own messages. An append-only file of JSON lines with a copy
 * in memory. A line counts when it is whole: one that a kill tore off is cut away at the next start.
 * Written through to the operating system, not to the disk: it survives a kill, not a power cut.
 */
import { randomUUID } from "node:crypto";
import {
  closeSync,
  fstatSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import type { Log } from "../../src/log.ts";
import {
  type Change,
  type Content,
  type Entry,
  entrySchema,
  type Message,
  type Shown,
  type Snapshot,
  startSchema,
} from "./entries.ts";
import { apply, emptyModel, type Model, messagesOf, toSnapshot } from "./web/model.ts";

export interface Transcript {
  /** Names this file: another one after the folder was emptied. */
  readonly id: string;
  /** Everything as it stands now; not to be changed by the caller. */
  readonly model: Readonly<Model>;
  snapshot(): Snapshot;
  /** The entries after `seq`, or undefined when they are no longer held (take the snapshot then). */
  since(seq: number): readonly Entry[] | undefined;
  append(change: Change): void;
  /** Now, and later than all that was said or done before, even when the clock stands still. */
  tick(): Date;
  /**
   * Adds a message unless the place has one with its key, or there is one with its id. Returns the
   * message that stands there now.
   */
  post(message: Message): Shown;
  /** The message of a place with this delivery key. */
  find(place: string, key: string): Shown | undefined;
  /** Puts new content in place of the old; false when there is no such message. */
  update(id: string, content: Content): boolean;
  /** Takes messages away for good, also out of the file; gives how many there were. */
  forget(which: (message: Shown) => boolean): number;
  /**
   * Resolves once there is an entry after `seq`, after `wakeAfterMs` at the latest, or when the
   * transcript is closed.
   */
  changed(seq: number, wakeAfterMs: number): Promise<void>;
  readonly closed: boolean;
  close(): void;
}

/** So many entries are held for pages that come back; who was away longer gets the snapshot. */
const ENTRIES_HELD = 1000;

/** `now` in epoch milliseconds. */
export function openTranscript(folder: string, log: Log, now: () => number = Date.now): Transcript {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, "transcript.jsonl");
  let handle = openSync(file, "a", 0o600);
  const read = readWhole(file, log);
  const id = read.transcript ?? randomUUID();
  if (read.transcript === undefined) writeLine(handle, { kind: "start", transcript: id });

  const model = emptyModel(id);
  for (const entry of read.entries) apply(model, entry);
  let held = read.entries.slice(-ENTRIES_HELD);
  let wake = Promise.withResolvers<void>();
  let closed = false;
  let last = 0;

  const tick = () => {
    last = Math.max(now(), last + 1);
    return new Date(last);
  };
  const ring = () => {
    wake.resolve();
    wake = Promise.withResolvers<void>();
  };
  const append = (change: Change) => {
    const entry: Entry = { ...change, seq: model.seq + 1, at: tick().toISOString() };
    writeLine(handle, entry);
    apply(model, entry);
    held.push(entry);
    if (held.length > 2 * ENTRIES_HELD) held = held.slice(-ENTRIES_HELD);
    ring();
  };
  const find = (place: string, key: string) =>
    messagesOf(model, place).find((message) => message.key === key);

  return {
    id,
    model,
    snapshot: () => toSnapshot(model),
    since(seq) {
      if (seq > model.seq) return undefined;
      const oldest = held[0]?.seq ?? model.seq + 1;
      return seq + 1 >= oldest ? held.filter((entry) => entry.seq > seq) : undefined;
    },
    append,
    tick,
    post(message) {
      const known =
        model.messages.get(message.id) ??
        (message.key === undefined ? undefined : find(message.place, message.key));
      if (known) return known;
      append({ kind: "message", message });
      const seq = model.seq;
      return model.messages.get(message.id) ?? { ...message, seq, at: tick().toISOString() };
    },
    find,
    update(messageId, content) {
      if (!model.messages.has(messageId)) return false;
      append({ kind: "updated", id: messageId, content });
      return true;
    },
    forget(which) {
      const ids = new Set([...model.messages.values()].filter(which).map((each) => each.id));
      if (ids.size === 0) return 0;
      for (const messageId of ids) append({ kind: "removed", id: messageId });
      held = held.map((entry) => blanked(entry, model));
      closeSync(handle);
      rewriteWithout(file, id, model);
      handle = openSync(file, "a", 0o600);
      return ids.size;
    },
    async changed(seq, wakeAfterMs) {
      if (closed || model.seq > seq) return;
      const timer = setTimeout(ring, wakeAfterMs);
      await wake.promise;
      clearTimeout(timer);
    },
    get closed() {
      return closed;
    },
    close() {
      if (closed) return;
      closed = true;
      closeSync(handle);
      ring();
    },
  };
}

/** An entry as it is kept once its message is gone: its number stays, nothing of what it said. */
function blanked(entry: Entry, { messages }: Model): Entry {
  const about = entry.kind === "message" ? entry.message.id : "id" in entry ? entry.id : undefined;
  const isOfMessage = ["message", "status", "updated"].includes(entry.kind);
  if (!isOfMessage || about === undefined || messages.has(about)) return entry;
  return { kind: "removed", id: about, seq: entry.seq, at: entry.at };
}

/** Written aside and moved into place: a kill leaves the old file or the new one. */
function rewriteWithout(file: string, transcript: string, model: Model): void {
  const lines = readFileSync(file, "utf8").split("\n").slice(1, -1);
  const entries = lines.flatMap((line) => {
    const entry = entrySchema.safeParse(parse(line));
    return entry.success ? [blanked(entry.data, model)] : [];
  });
  const aside = `${file}.new`;
  const kept = [{ kind: "start", transcript }, ...entries];
  writeFileSync(aside, kept.map((each) => `${JSON.stringify(each)}\n`).join(""), { mode: 0o600 });
  renameSync(aside, file);
}

/** All of a line or nothing of it: half a line of a full disk would spoil the next one. */
function writeLine(handle: number, value: unknown): void {
  const line = Buffer.from(`${JSON.stringify(value)}\n`);
  const { size } = fstatSync(handle);
  try {
    for (let written = 0; written < line.length; ) written += writeSync(handle, line, written);
  } catch (error) {
    ftruncateSync(handle, size);
    throw error;
  }
}

/** The whole lines of the file, in order; whatever follows the last line break is cut off. */
function readWhole(file: string, log: Log): { transcript: string | undefined; entries: Entry[] } {
  const bytes = readFileSync(file);
  const end = bytes.lastIndexOf("\n") + 1;
  if (end < bytes.length) {
    truncateSync(file, end);
    log.warn({ bytes: bytes.length - end }, "playground: dropped a torn line of the transcript");
  }
  const lines = bytes.subarray(0, end).toString("utf8").split("\n").slice(0, -1);
  const start = startSchema.safeParse(parse(lines[0]));
  const entries: Entry[] = [];
  let unreadable = 0;
  for (const line of lines.slice(start.success ? 1 : 0)) {
    const entry = entrySchema.safeParse(parse(line));
    if (entry.success) entries.push(entry.data);
    else unreadable += 1;
  }
  if (unreadable > 0) {
    log.warn({ lines: unreadable }, "playground: left out lines that could not be read");
  }
  return { transcript: start.success ? start.data.transcript : undefined, entries };
}

function parse(line: string | undefined): unknown {
  try {
    return line === undefined ? undefined : JSON.parse(line);
  } catch {
    return undefined; // not JSON: counted as unreadable by the caller
  }
}
