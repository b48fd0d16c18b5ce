/** Are the servers' own emoji of the settings there? Standard ones are everywhere. */
import type { Finding } from "../../../src/platform.ts";
import { fine, mended } from "../../common/findings.ts";
import type { DiscordOptions } from "../options.ts";
import { about } from "./findings.ts";
import type { Server } from "./servers.ts";

export function* checkEmoji(
  { closeEmoji }: DiscordOptions,
  servers: readonly Server[],
): Iterable<Finding> {
  const custom = closeEmoji.filter((name) => /^\w{2,}$/.test(name));
  for (const server of servers) {
    const check = about(server, "closing emoji");
    const missing = custom.filter((one) => !server.emojis.some(({ name }) => name === one));
    yield missing.length === 0
      ? fine(check, closeEmoji.join(" "))
      : mended(
          check,
          `there is no ${missing.map((name) => `:${name}:`).join(", no ")} in this server`,
          "Write a standard emoji as itself (✅) or one of the server's own by its name into DISCORD_CLOSE_EMOJI.",
        );
  }
}
