/**
 * A chat platform behind HTTP that outlives the process under test and de-duplicates by key. Edits
 * that come at the same time are carried out in any order, as on real platforms.
 */
import { createServer } from "node:http";
import type { Address, Message } from "../../src/platform.ts";

/** An edit takes up to so long. */
const SLOWEST_EDIT_MS = 150;

export interface WireMessage {
  readonly id: string;
  readonly key: string;
  readonly to: Address;
  message: Message;
}

/** That the platform was called, and for what; `size` tells contents apart without showing them. */
interface WireCall {
  readonly at: Date;
  readonly path: string | undefined;
  readonly key: string | undefined;
  readonly messageId: string | undefined;
  readonly size: number;
}

export interface Wire {
  readonly url: string;
  readonly messages: readonly WireMessage[];
  /** Oldest first. */
  readonly calls: readonly WireCall[];
  /** Keys that were sent more than once: retries that a real platform would have hidden too. */
  readonly repeated: () => number;
  stop(): Promise<void>;
}

export async function startWire(): Promise<Wire> {
  const messages: WireMessage[] = [];
  const calls: WireCall[] = [];
  let repeated = 0;
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const sent = JSON.parse(body) as {
      to: Address;
      message: Message;
      key?: string;
      messageId?: string;
    };
    const { key, messageId } = sent;
    calls.push({ at: new Date(), path: request.url, key, messageId, size: body.length });
    if (request.url === "/update") {
      await new Promise((resolve) => setTimeout(resolve, Math.random() * SLOWEST_EDIT_MS));
    }
    let found = messages.find(({ id, key }) => id === sent.messageId || key === sent.key);
    if (request.url === "/update") {
      if (found === undefined) {
        response.writeHead(404).end("{}");
        return;
      }
      found.message = sent.message;
    } else if (found === undefined) {
      const { to, message, key = "" } = sent;
      found = { id: `m${messages.length + 1}`, key, to, message };
      messages.push(found);
    } else {
      repeated += 1;
    }
    response.end(JSON.stringify({ messageId: found.id }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    messages,
    calls,
    repeated: () => repeated,
    async stop() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
