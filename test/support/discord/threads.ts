/** Threads and forum posts: starting, archiving, locking, tags ("Threads"). */
import type { Timeline } from "../net/time.ts";
import { type Audit, auditActions } from "./audit.ts";
import type { Events } from "./events.ts";
import { ACTIVE_THREADS } from "./limits.ts";
import { type Channel, channelTypes, type Json, type User } from "./model.ts";
import { refused } from "./refusal.ts";
import type { State } from "./state.ts";

export interface NewThread {
  readonly name: string;
  readonly owner: User;
  readonly private?: boolean;
  /** Minutes. */
  readonly autoArchive?: number | undefined;
  readonly tags?: readonly string[] | undefined;
  /** That of the message it starts from. */
  readonly id?: string;
}

export interface ThreadChange {
  readonly name?: string | undefined;
  readonly archived?: boolean | undefined;
  readonly locked?: boolean | undefined;
  readonly autoArchive?: number | undefined;
  readonly tags?: string[] | undefined;
}

export interface Threads {
  start(parent: Channel, thread: NewThread): Channel;
  /** `by` undefined: Discord's own timer, which leaves no entry in the audit log. */
  change(thread: Channel, by: User | undefined, change: ThreadChange): void;
  add(thread: Channel, user: User): void;
  /** A message comes: an archived thread wakes up, its author joins, the timer starts anew. */
  revive(thread: Channel, author: User): void;
}

const MINUTE_MS = 60_000;
const THREE_DAYS = 4320;

export function createThreads(
  state: State,
  timeline: Timeline,
  events: Events,
  audit: Audit,
): Threads {
  /** Archives it when nobody has written for as long as it says. */
  const watch = (thread: Channel) => {
    const known = thread.thread;
    if (known === undefined) return;
    const left = known.activeAt + known.autoArchive * MINUTE_MS - timeline.now();
    timeline.after(Math.max(0, left), () => {
      if (thread.deleted || known.archived) return;
      if (known.activeAt + known.autoArchive * MINUTE_MS > timeline.now()) return watch(thread);
      threads.change(thread, undefined, { archived: true });
    });
  };

  const threads: Threads = {
    start(
      parent,
      { name, owner, private: hidden = false, autoArchive = THREE_DAYS, tags = [], id },
    ) {
      const { guild } = parent;
      if (guild !== undefined && state.activeThreads(guild).length >= ACTIVE_THREADS) {
        throw refused("tooManyThreads");
      }
      const now = timeline.now();
      const thread = state.addChannel(
        name,
        hidden ? channelTypes.privateThread : channelTypes.publicThread,
        {
          ...(guild === undefined ? {} : { guild }),
          parent,
          ...(id === undefined ? {} : { id }),
          thread: {
            ownerId: owner.id,
            createdAt: now,
            archived: false,
            locked: false,
            autoArchive,
            archivedAt: now,
            activeAt: now,
            tags: [...tags],
            members: new Set([owner.id]),
          },
        },
      );
      if (guild !== undefined) {
        const changes = [
          { key: "name", new_value: name },
          { key: "type", new_value: thread.type },
        ];
        audit.record(guild, owner, thread.id, auditActions.threadCreate, changes);
      }
      // Of a forum it is the newest post ("Channel", on last_message_id).
      if (parent.type === channelTypes.forum) parent.lastMessageId = thread.id;
      events.thread("THREAD_CREATE", thread, true);
      watch(thread);
      return thread;
    },
    change(thread, by, change) {
      const known = thread.thread;
      if (known === undefined) return;
      const before = { ...known, name: thread.name };
      if (change.name !== undefined) thread.name = change.name;
      const { name: _, ...rest } = change;
      const given = Object.entries(rest).filter(([, value]) => value !== undefined);
      Object.assign(known, Object.fromEntries(given));
      if (known.archived !== before.archived) {
        known.archivedAt = timeline.now();
        if (!known.archived) known.activeAt = timeline.now();
      }
      const changes = differences(before, { ...known, name: thread.name });
      if (changes.length === 0) return;
      events.thread("THREAD_UPDATE", thread);
      if (!known.archived) watch(thread);
      if (by !== undefined && thread.guild !== undefined) {
        audit.record(thread.guild, by, thread.id, auditActions.threadUpdate, changes);
      }
    },
    add(thread, user) {
      const members = thread.thread?.members;
      if (members === undefined || members.has(user.id)) return;
      members.add(user.id);
      // Into a private thread somebody who is added sees it for the first time.
      if (user === state.bot) events.thread("THREAD_CREATE", thread);
      events.threadMember(thread, user.id);
    },
    revive(thread, author) {
      const known = thread.thread;
      if (known === undefined) return;
      known.activeAt = timeline.now();
      if (known.archived) threads.change(thread, undefined, { archived: false });
      threads.add(thread, author);
    },
  };
  return threads;
}

/** "Audit Log Change Keys" of threads. */
const keys = {
  name: "name",
  archived: "archived",
  locked: "locked",
  autoArchive: "auto_archive_duration",
  tags: "applied_tags",
} as const;

type Compared = { readonly [Field in keyof typeof keys]: unknown };

function differences(before: Compared, after: Compared): Json[] {
  const fields = ["name", "archived", "locked", "autoArchive", "tags"] as const;
  return fields
    .filter((field) => String(before[field]) !== String(after[field]))
    .map((field) => ({ key: keys[field], old_value: before[field], new_value: after[field] }));
}
