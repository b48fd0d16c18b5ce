/** The playground: from the settings to the adapter. */
import { hostname, networkInterfaces } from "node:os";
import { join } from "node:path";
import type { Config } from "../config.ts";
import { languageFor, languages, patternsUnder } from "../locales/index.ts";
import type { Log } from "../log.ts";
import type { WiredPlatform } from "../start.ts";
import { askDelay } from "./settings.ts";

/** In the playground the question comes while one still looks at the chat. */
const PLAYGROUND_DELAY_SECONDS = 15;

export async function wirePlayground(config: Config, log: Log): Promise<WiredPlatform> {
  const { createPlayground } = await import("../../adapters/playground/index.ts");
  const ref = { platform: "playground", externalId: "playground" };
  const { password } = config.playground;
  return {
    platform: createPlayground({
      connection: ref,
      folder: join(config.dataFolder, "playground"),
      ...(password === undefined ? {} : { password }),
      allowedHosts: hostNames(config.host),
      languages,
      texts: (language) => patternsUnder(languageFor(language), "playground."),
      log,
    }),
    connections: [
      {
        ref,
        name: "Playground",
        settings: {
          askDelaySeconds: askDelay(config) ?? PLAYGROUND_DELAY_SECONDS,
          rehearsal: true,
        },
      },
    ],
  };
}

/** The names under which this machine is reached: more of them when it listens to others too. */
function hostNames(host: string): string[] {
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  const others = addresses.map(({ address, family }) =>
    family === "IPv6" ? `[${address}]` : address,
  );
  return ["localhost", "127.0.0.1", "[::1]", host, hostname(), ...others];
}
