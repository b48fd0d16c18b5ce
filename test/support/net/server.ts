/** An emulator's HTTP server: on a free port of this machine, and aware of what it still answers. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";

export interface LocalServer {
  readonly origin: string;
  /** Requests that are being answered. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

export interface Served {
  answer(request: IncomingMessage, response: ServerResponse): Promise<void>;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** The emulator itself has a mistake; whoever asked gets a 500. */
  crashed(error: unknown): void;
  /** Ends what was upgraded. */
  close(): void;
}

export async function startServer({
  answer,
  upgrade,
  crashed,
  close,
}: Served): Promise<LocalServer> {
  const busy = new Set<Promise<void>>();
  const server = createServer((request, response) => {
    const answered = answer(request, response)
      .catch((error: unknown) => {
        crashed(error);
        if (!response.headersSent) response.writeHead(500).end();
      })
      .finally(() => busy.delete(answered));
    busy.add(answered);
  });
  server.on("upgrade", upgrade);
  const port = await listen(server);
  return {
    origin: `http://127.0.0.1:${port}`,
    async settled() {
      while (busy.size > 0) await Promise.allSettled([...busy]);
    },
    async close() {
      close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  return address.port;
}
