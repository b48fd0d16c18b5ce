/**
 * The service on Discord, with short leases, that ends itself where a test wants it to:
 *
 *   node test/support/programs/killable.ts [POINT]
 */
import { readConfig } from "../../../src/config.ts";
import { createLog } from "../../../src/log.ts";
import { loadSecret } from "../../../src/secret.ts";
import { startAftertalk } from "../../../src/start.ts";
import { wireDiscord } from "../../../src/wiring/discord.ts";

const [point] = process.argv.slice(2);
const config = readConfig(process.env);
const log = createLog("error");
const say = (line: string) => process.stdout.write(`${line}\n`);
const { url } = await startAftertalk({
  config,
  secret: await loadSecret(config),
  log,
  platforms: async () => [await wireDiscord(config, config.discord.token ?? "", log, say)],
  timing: { lease: 2, sweep: 1, poll: 0.5, retry: 1 },
  reach(reached) {
    if (reached === point) process.kill(process.pid, "SIGKILL");
  },
});
say(url);
