/** Things of a guild by their names. Names are not unique in Discord, and nothing is guessed. */
import type { Log } from "../../../src/log.ts";
import { isSnowflake } from "../ids.ts";

interface Named {
  readonly id: string;
  readonly name: string;
}

/** Where an entry comes from, for the log. */
interface Origin {
  readonly guild: string;
  /** The setting's name: DISCORD_TEAM. */
  readonly setting: string;
}

/** What an entry of a setting means: by id, else by the name as it is written, else in any case. */
export function meantBy<T extends Named>(entry: string, all: readonly T[]): readonly T[] {
  const exact = all.filter(({ id, name }) => id === entry || name === entry);
  return exact.length > 0 ? exact : all.filter(({ name }) => folded(name) === folded(entry));
}

/** Names as people mean them: in any case, with or without the sign before it. */
export function folded(name: string): string {
  return name.normalize("NFC").trim().replace(/^[#@]/, "").toLowerCase();
}

export interface Names {
  /** What an entry means. None or several: nothing, and the log says so until it is found again. */
  find<T extends Named>(all: readonly T[], entry: string, origin: Origin): T | undefined;
}

export function createNames(log: Log): Names {
  const told = new Set<string>();
  return {
    find(all, entry, { guild, setting }) {
      const found = meantBy(entry, all);
      const [one] = found;
      const key = `${guild} ${setting} ${entry}`;
      if (one !== undefined && found.length === 1) {
        told.delete(key);
        return one;
      }
      // An id is one guild's: in all others it is missing.
      if (!told.has(key) && !isSnowflake(entry)) {
        told.add(key);
        const about = { guild, setting, wanted: entry };
        if (one === undefined) log.warn({ ...about, advice: unknown }, "nothing has this name");
        else log.warn({ ...about, advice: ambiguous }, "several have this name; none is used");
      }
      return undefined;
    },
  };
}

const unknown = "Check the spelling, or that the bot can see it; an id works too.";
const ambiguous = "Put the id in the place of the name (developer mode, Copy ID).";
