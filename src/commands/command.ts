/** What leads and admins type: one command, one file. The list of all is in registry.ts. */
import type { Clock } from "../clock.ts";
import type { Engine } from "../engine.ts";
import type { Language } from "../locales/index.ts";
import type { Address, CommandOptionSpec, Reply, Role } from "../platform.ts";
import type { Connection } from "../store/connections.ts";
import type { Database } from "../store/database.ts";
import type { Db } from "../store/schema.ts";
import type { Workspace } from "../store/workspaces.ts";
import type { Tokens } from "../surveys/tokens.ts";
import type { Grammar } from "./view.ts";

/** Who wants to see something of which tenant. */
export interface Reader {
  readonly workspace: Workspace;
  readonly person: { readonly id: string; readonly name: string; readonly role: Role };
  readonly language: Language;
  /** True when their platform could not be asked just now: their role may be a higher one. */
  readonly unsure?: boolean;
}

/** Who typed what where. `text` is everything behind the command's name, untouched. */
export interface CommandRequest extends Reader {
  readonly text: string;
  /** Undefined where the platform names none. */
  readonly place: Address | undefined;
  /** False where the answer cannot show them: then none is drawn. */
  readonly pictures: boolean;
}

/** What reading needs. */
export interface ReadContext {
  readonly db: Db;
  readonly clock: Clock;
}

/** What a command may use. */
export interface CommandContext extends ReadContext {
  /** For what may take longer than everyday work is allowed to. */
  readonly patiently: Database["patiently"];
  readonly tokens: Tokens;
}

/** A slash command. `roles` is who may use it, checked at every use. */
export interface Command {
  readonly name: string;
  readonly roles: readonly Role[];
  /**
   * The words that it takes, for whatever reads them with readView: the options that platforms
   * offer, the help, the hints and the refusals come from it.
   */
  readonly grammar?: Grammar;
  run(context: CommandContext, request: CommandRequest): Promise<Reply>;
}

/** Who typed what where, and on which connection. */
export interface AdminRequest extends CommandRequest {
  readonly connection: Connection;
}

/** An option of an admin's command, as platforms list it: its texts are catalogue.option.NAME. */
export type AdminOption = Pick<CommandOptionSpec, "name" | "suggests" | "required" | "prefix"> & {
  /** Words to choose from: their texts are catalogue.choice.WORD. */
  readonly words?: readonly string[];
};

/**
 * A slash command that sets something up or tells how it is set up. One with `commands` is those
 * behind it, `/survey edit …`; typed alone it is answered by `act`. Each has its own roles, checked at
 * every use.
 */
export interface AdminCommand {
  readonly name: string;
  readonly roles: readonly Role[];
  readonly options?: readonly AdminOption[];
  readonly commands?: readonly AdminCommand[];
  act(engine: Engine, request: AdminRequest): Promise<Reply>;
}

/** Everyone who may see figures: what each of them sees of them is their scope (scope.ts). */
export const figureRoles = ["viewer", "agent", "lead", "admin"] as const satisfies readonly Role[];

/** Everyone who may read answers. */
export const readerRoles = ["lead", "admin"] as const satisfies readonly Role[];

/** True when this role may read answers. */
export function mayRead(role: Role): boolean {
  return role === "lead" || role === "admin";
}
