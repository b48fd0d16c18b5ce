/**
 * Who did it: Discord tells that a thread changed and, on its own and at its own time, that the audit
 * log has an entry. Whichever comes first, both are brought together here.
 */
import { AuditLogEvent, type Client, PermissionFlagsBits } from "discord.js";
import { within } from "../../common/patience.ts";
import { type ChatChange, explains } from "../receive/changes.ts";
import type { AuditPayload } from "../receive/payloads.ts";
import { idAt } from "../receive/time.ts";
import type { Reader } from "./reader.ts";

/** An entry about a chat, with what it says. */
export interface Noted {
  readonly entry: AuditPayload;
  readonly target: string;
  readonly change: ChatChange;
}

export interface Audit {
  /** An entry came by the gateway. */
  note(noted: Noted): void;
  /**
   * The entry about this change; undefined when nobody did it, or it cannot be known.
   * @throws AppError when the log cannot be asked now.
   */
  find(about: {
    readonly guildId: string;
    readonly target: string;
    readonly change: ChatChange;
    readonly isThread: boolean;
    /** What an entry says. */
    readonly read: (entry: AuditPayload) => ChatChange;
  }): Promise<AuditPayload | undefined>;
  /** Whether we may look. */
  mayRead(guildId: string): boolean;
}

/** How many entries are remembered until what they are about comes. */
const MAX_NOTED = 500;
/** Clocks differ, and the gateway may be late: an entry may be so much older than the change. */
const WINDOW_MS = 60_000;

export function createAudit({
  client,
  reader,
  now,
  patienceMs,
}: {
  readonly client: Pick<Client, "guilds">;
  readonly reader: Pick<Reader, "auditEntries">;
  readonly now: () => number;
  /** How long an entry may be on its way before the log itself is asked. */
  readonly patienceMs: number;
}): Audit {
  const notes: (Noted & { readonly at: number })[] = [];
  const listeners = new Set<(noted: Noted) => void>();
  const known = (matches: (noted: Noted) => boolean) =>
    notes.findLast((each) => matches(each) && now() - each.at <= WINDOW_MS);

  const comes = async (matches: (noted: Noted) => boolean): Promise<Noted | undefined> => {
    const { promise, resolve } = Promise.withResolvers<Noted>();
    const listener = (noted: Noted) => {
      if (matches(noted)) resolve(noted);
    };
    listeners.add(listener);
    try {
      return known(matches) ?? (await within(promise, patienceMs));
    } finally {
      listeners.delete(listener);
    }
  };

  const mayRead = (guildId: string): boolean =>
    client.guilds.cache
      .get(guildId)
      ?.members.me?.permissions.has(PermissionFlagsBits.ViewAuditLog) ?? false;

  return {
    mayRead,
    note(noted) {
      notes.push({ ...noted, at: now() });
      if (notes.length > MAX_NOTED) notes.shift();
      for (const listener of listeners) listener(noted);
    },
    async find({ guildId, target, change, isThread, read }) {
      if (!mayRead(guildId)) return undefined;
      const noted = await comes((each) => each.target === target && explains(each.change, change));
      if (noted !== undefined) return noted.entry;
      const action = isThread ? AuditLogEvent.ThreadUpdate : AuditLogEvent.ChannelUpdate;
      const since = idAt(now() - WINDOW_MS);
      const entries = await reader.auditEntries(guildId, action, since);
      return entries.findLast((each) => each.target_id === target && explains(read(each), change));
    },
  };
}
