/** The application behind the token: whose it is, what it may read, its gateway, its commands. */
import { GatewayOpcodes, type REST, Routes } from "discord.js";
import { z } from "zod";
import type { Finding } from "../../../src/platform.ts";
import { fine, mended } from "../../common/findings.ts";
import { type Application, readApplication } from "../application.ts";
import type { DiscordOptions } from "../options.ts";
import { failed } from "./findings.ts";

export interface Token {
  readonly findings: readonly Finding[];
  readonly app?: Application;
}

export async function checkToken(rest: REST): Promise<Token> {
  const check = "Discord bot token";
  try {
    const app = await readApplication(rest);
    const accepted = fine(check, `it is accepted: ${app.name} (${app.id})`);
    return { findings: [accepted, contentFinding(app)], app };
  } catch (error) {
    return { findings: [failed(check, error)] };
  }
}

/** Off is no problem: what changes is told. */
function contentFinding({ readsContent }: Application): Finding {
  const check = "Discord Message Content Intent";
  if (readsContent) {
    return fine(check, "on: how much somebody wrote in a chat is known");
  }
  const says =
    "off: in chats only the number of messages is known, not their length; direct messages are read all the same. To switch it on: developer portal, Bot, Message Content Intent, and restart";
  return fine(check, says);
}

const gateway = z.object({
  url: z.string(),
  shards: z.number(),
  session_start_limit: z.object({
    total: z.number(),
    remaining: z.number(),
    reset_after: z.number(),
  }),
});

const MINUTE_MS = 60_000;

/** Asks where the gateway is and says nothing there: identifying would use up one of the day's. */
export async function* checkGateway(
  rest: REST,
  { shards }: Pick<DiscordOptions, "shards">,
  helloMs: number,
): AsyncIterable<Finding> {
  const check = "Discord gateway";
  try {
    const {
      url,
      shards: wanted,
      session_start_limit: limit,
    } = gateway.parse(await rest.get(Routes.gatewayBot()));
    yield (await saysHello(url, helloMs))
      ? fine(check, "it answers")
      : mended(
          check,
          "it does not answer, so that nothing would come in",
          "Let this machine open WebSocket connections (wss, port 443) to Discord: firewall, proxy.",
        );
    const left = `${limit.remaining} of ${limit.total} connections left today`;
    const minutes = Math.ceil(limit.reset_after / MINUTE_MS);
    yield limit.remaining > 0
      ? fine(check, left)
      : mended(
          check,
          left,
          `Wait ${minutes} minutes. Something starts aftertalk, or another program with this token, again and again.`,
        );
    if (shards !== undefined && shards.total < wanted) {
      const says = `Discord recommends ${wanted} shards, DISCORD_SHARDS has ${shards.total}`;
      yield mended(check, says, `Set DISCORD_SHARDS to shares of ${wanted} in every process.`);
    }
  } catch (error) {
    yield failed(check, error);
  }
}

const hello = z.object({ op: z.literal(GatewayOpcodes.Hello) });

function saysHello(url: string, helloMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const address = new URL(url);
    address.search = "?v=10&encoding=json";
    const socket = new WebSocket(address);
    const done = (said: boolean) => {
      clearTimeout(patience);
      socket.close();
      resolve(said);
    };
    const patience = setTimeout(() => done(false), helloMs);
    socket.addEventListener("message", ({ data }) => done(isHello(data)));
    socket.addEventListener("error", () => done(false));
    socket.addEventListener("close", () => done(false));
  });
}

function isHello(data: unknown): boolean {
  try {
    return hello.safeParse(JSON.parse(String(data))).success;
  } catch {
    return false;
  }
}
