/** Things of a guild by their names. Names are not unique in Discord, and nothing is guessed. */
import type { Log } from "../../../src/log.ts";

interface Named {
  readonly id: string;
  readonly name: string;
}

/** Where a name comes from, for the log. */
interface Origin {
  readonly guild: string;
  /** The setting's name: DISCORD_TEAM. */
  readonly setting: string;
}

export interface Names {
  /**
   * The one with this name: as it is written, else without regard to case. None or several: nothing,
   * and the log says so once until it has been found again.
   */
  find<T extends Named>(all: readonly T[], name: string, origin: Origin): T | undefined;
}

export function createNames(log: Log): Names {
  const told = new Set<string>();
  return {
    find(all, name, { guild, setting }) {
      const exact = all.filter((each) => each.name === name);
      const found = exact.length > 0 ? exact : all.filter((each) => fold(each.name) === fold(name));
      const [one] = found;
      const key = `${guild} ${setting} ${name}`;
      if (one !== undefined && found.length === 1) {
        told.delete(key);
        return one;
      }
      if (!told.has(key)) {
        told.add(key);
        const entry = { guild, setting, wanted: name };
        if (one === undefined) log.warn({ ...entry, advice: unknown }, "nothing has this name");
        else log.warn({ ...entry, advice: ambiguous }, "several have this name; none is used");
      }
      return undefined;
    },
  };
}

const unknown = "Check the spelling, or that the bot can see it; an id works too.";
const ambiguous = "Put the id in the place of the name (developer mode, Copy ID).";

function fold(name: string): string {
  return name.normalize("NFC").toLowerCase();
}
