/** Every route there is; what is not here is refused as unknown. */
import type { Route } from "../route.ts";
import { channelRoutes } from "./channels.ts";
import { commandRoutes } from "./commands.ts";
import { guildRoutes } from "./guilds.ts";
import { interactionRoutes } from "./interactions.ts";
import { messageRoutes } from "./messages.ts";
import { reactionRoutes } from "./reactions.ts";
import { selfRoutes } from "./self.ts";
import { threadRoutes } from "./threads.ts";
import { webhookRoutes } from "./webhooks.ts";

const routes = [
  ...selfRoutes,
  ...channelRoutes,
  ...messageRoutes,
  ...reactionRoutes,
  ...threadRoutes,
  ...interactionRoutes,
  ...webhookRoutes,
  ...commandRoutes,
  ...guildRoutes,
].map((known) => ({ known, steps: known.path.split("/").slice(1) }));

const BASE = "/api/v10/";

/** The route of this address, with what stands for its parameters. */
export function findRoute(
  method: string,
  pathname: string,
): { route: Route; params: Record<string, string> } | undefined {
  if (!pathname.startsWith(BASE)) return undefined;
  const given = pathname.slice(BASE.length).split("/").map(decodeURIComponent);
  for (const { known, steps } of routes) {
    if (known.method !== method || steps.length !== given.length) continue;
    if (!steps.every((step, index) => step.startsWith(":") || step === given[index])) continue;
    const params = steps.flatMap((step, index): [string, string][] =>
      step.startsWith(":") ? [[step.slice(1), given[index] ?? ""]] : [],
    );
    return { route: known, params: Object.fromEntries(params) };
  }
  return undefined;
}
