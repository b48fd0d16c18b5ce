/** What leads and admins type: one command, one file. The list of all is in registry.ts. */
import type { Clock } from "../clock.ts";
import type { Language } from "../locales/index.ts";
import type { ConnectionRef, Reply, Role } from "../platform.ts";
import type { Db } from "../store/schema.ts";

/** The tenant a command runs in. */
export interface Workspace {
  readonly id: number;
  readonly name: string;
  /** IANA time zone: periods and days are computed in it. */
  readonly timeZone: string;
  readonly locale: string;
}

/** Who typed what. `text` is everything behind the command's name, untouched. */
export interface CommandRequest {
  readonly workspace: Workspace;
  readonly connection: ConnectionRef;
  readonly person: { readonly id: string; readonly name: string; readonly role: Role };
  readonly language: Language;
  readonly text: string;
}

/** What a command may use. */
export interface CommandContext {
  readonly db: Db;
  readonly clock: Clock;
}

/** A slash command. `roles` is who may use it, checked at every use. */
export interface Command {
  readonly name: string;
  readonly roles: readonly Role[];
  run(context: CommandContext, request: CommandRequest): Promise<Reply>;
}

/** Everyone who may read answers. */
export const readerRoles = ["lead", "admin"] as const satisfies readonly Role[];
