/** The commands that are registered, for everybody or in a guild ("Application Commands"). */
import type { Timeline } from "../net/time.ts";
import { type Command, checkCommand, checkCommands } from "./command-rules.ts";
import type { Ids } from "./ids.ts";
import { COMMANDS_PER_DAY, DAY_MS } from "./limits.ts";
import type { Guild } from "./model.ts";
import { refused } from "./refusal.ts";

export interface Registry {
  /** Those of everybody, or of this guild. */
  list(guild: Guild | undefined): Command[];
  /** All of them at once: the others are gone. */
  overwrite(guild: Guild | undefined, forms: readonly unknown[]): Command[];
  /** A new one, or another one in place of that of the same name. */
  create(guild: Guild | undefined, form: unknown): { command: Command; fresh: boolean };
  remove(guild: Guild | undefined, id: string): void;
  /** What a person in this guild, or in a direct message, can choose. */
  offered(guild: Guild | undefined): Command[];
}

export function createRegistry(ids: Ids, timeline: Timeline): Registry {
  const everywhere = new Map<string, Command>();
  const creates = new Map<string, number[]>();
  const at = (guild: Guild | undefined) => guild?.commands ?? everywhere;

  const count = (guild: Guild | undefined, fresh: number) => {
    const key = guild?.id ?? "everywhere";
    const recent = (creates.get(key) ?? []).filter((when) => timeline.now() - when < DAY_MS);
    if (recent.length + fresh > COMMANDS_PER_DAY) throw refused("dailyCommands");
    creates.set(key, [...recent, ...Array.from({ length: fresh }, () => timeline.now())]);
  };
  const kept = (form: ReturnType<typeof checkCommand>, known: readonly Command[]): Command => {
    const { type = 1 } = form;
    const same = known.find((command) => command.type === type && command.name === form.name);
    return { ...form, type, id: same?.id ?? ids.snowflake() };
  };

  return {
    list: (guild) => [...at(guild).values()],
    overwrite(guild, forms) {
      const checked = forms.map((form, index) => checkCommand(form, [index]));
      checkCommands(checked);
      const before = [...at(guild).values()];
      const after = checked.map((form) => kept(form, before));
      count(guild, after.filter(({ id }) => !at(guild).has(id)).length);
      at(guild).clear();
      for (const command of after) at(guild).set(command.id, command);
      return after;
    },
    create(guild, form) {
      const before = [...at(guild).values()];
      const command = kept(checkCommand(form), before);
      const fresh = !at(guild).has(command.id);
      checkCommands([...before.filter(({ id }) => id !== command.id), command]);
      if (fresh) count(guild, 1);
      at(guild).set(command.id, command);
      return { command, fresh };
    },
    remove(guild, id) {
      if (!at(guild).delete(id)) throw refused("unknownCommand");
    },
    offered(guild) {
      const here = guild === undefined ? 1 : 0;
      const general = [...everywhere.values()].filter(({ contexts, dm_permission }) =>
        contexts == null ? here === 0 || dm_permission !== false : contexts.includes(here),
      );
      return [...(guild?.commands.values() ?? []), ...general];
    },
  };
}
