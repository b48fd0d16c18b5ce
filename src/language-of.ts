/** Which language is spoken with whom. */
import { type Language, languageFor } from "./locales/index.ts";
import type { Connection } from "./store/connections.ts";

/** Where something is said: what the connection speaks, else what its workspace does. */
type Where = Pick<Connection, "workspace" | "settings">;

/** A person's own language, else that of the connection, else the workspace's. */
export function languageOf(
  { workspace, settings }: Where,
  person?: { readonly locale?: string | null },
): Language {
  return languageFor(person?.locale ?? settings.locale ?? workspace.locale);
}
