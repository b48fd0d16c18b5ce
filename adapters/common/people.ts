/** Who counts as what, whatever the platform. */
import type { PlatformUser } from "../../src/platform.ts";

/** Everybody who answers customers: not their bots. */
export function isTeam({ role, bot }: PlatformUser): boolean {
  return bot !== true && (role === "agent" || role === "lead" || role === "admin");
}
