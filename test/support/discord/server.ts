/** The one local server: the REST API under /api/v10, and the gateway. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { bytesOf, jsonOf } from "../net/request.ts";
import { type ApiAnswer, answerRequest } from "./api.ts";
import type { Fault } from "./faults.ts";
import type { UploadedFile } from "./message-form.ts";
import { findRoute } from "./routes/index.ts";
import type { Call, World } from "./world.ts";

export interface LocalServer {
  readonly origin: string;
  /** Requests that are being answered. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

export async function startServer(world: World): Promise<LocalServer> {
  const busy = new Set<Promise<void>>();
  const server = createServer((request, response) => {
    const answered = serve(world, request, response)
      .catch((error: unknown) => {
        world.problems.push({ method: "emulator", error: "crashed", details: [String(error)] });
        if (!response.headersSent) response.writeHead(500).end();
      })
      .finally(() => busy.delete(answered));
    busy.add(answered);
  });
  server.on("upgrade", (request, socket, head) => world.gateway.upgrade(request, socket, head));
  const port = await listen(server);
  return {
    origin: `http://127.0.0.1:${port}`,
    async settled() {
      while (busy.size > 0) await Promise.allSettled([...busy]);
    },
    async close() {
      world.gateway.cut();
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

async function serve(
  world: World,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? "/", "http://local");
  const { body, files } = await contentOf(request);
  const found = findRoute(request.method ?? "", url.pathname);
  const { token: _, ...shown } = found?.params ?? {};
  const call: Call = {
    at: world.timeline.now(),
    method:
      found === undefined
        ? `${request.method} ${url.pathname}`
        : `${found.route.method} ${found.route.path}`,
    params: shown,
    body,
    files: files.map(({ filename }) => filename),
    outcome: undefined,
    accepted: false,
  };
  world.calls.push(call);
  const params = found?.params ?? {};
  const incoming = {
    param: (name: string) => params[name] ?? "",
    query: url.searchParams,
    body,
    files,
  };
  const authorization = request.headers.authorization;
  const act = (fault?: Fault) =>
    answerRequest(world, call, found?.route, incoming, authorization, fault);
  await withFault(call, world.faults.take(call), act, response);
}

/** Runs `act` unless the fault keeps it away, and answers unless the fault loses the answer. */
async function withFault(
  call: Call,
  fault: Fault | undefined,
  act: (fault?: Fault) => ApiAnswer,
  response: ServerResponse,
): Promise<void> {
  if (fault?.kind === "slow") await new Promise((resolve) => setTimeout(resolve, fault.ms));
  if (fault === undefined || fault.kind === "slow") return write(response, act());
  if (fault.kind === "refused" || fault.kind === "rate-limited") return write(response, act(fault));
  if (fault.accepted === true) act();
  call.outcome = `${fault.kind}${fault.accepted === true ? " after it was accepted" : ""}`;
  if (fault.kind === "status") write(response, { status: fault.status, headers: {}, body: {} });
  else if (fault.kind === "reset") response.socket?.resetAndDestroy();
}

function write(response: ServerResponse, { status, headers, body }: ApiAnswer): void {
  if (body === undefined) {
    response.writeHead(status, headers).end();
    return;
  }
  const plain = typeof body === "string";
  const type = plain ? "text/plain" : "application/json";
  response.writeHead(status, { "content-type": type, ...headers });
  response.end(plain ? body : JSON.stringify(body));
}

/** JSON, or a multipart form with `payload_json` and `files[n]` ("Reference", section on uploading). */
async function contentOf(
  request: IncomingMessage,
): Promise<{ body: unknown; files: UploadedFile[] }> {
  const bytes = await bytesOf(request);
  const type = request.headers["content-type"] ?? "";
  if (!type.startsWith("multipart/form-data")) {
    return { body: bytes.length === 0 ? undefined : jsonOf(bytes.toString("utf8")), files: [] };
  }
  const answer = new Response(new Uint8Array(bytes), { headers: { "content-type": type } });
  const form = await answer.formData();
  const files: UploadedFile[] = [];
  let body: unknown;
  for (const [name, value] of form.entries()) {
    const index = /^files\[(\d+)\]$/.exec(name)?.[1];
    if (typeof value === "string") {
      if (name === "payload_json") body = jsonOf(value);
    } else if (index !== undefined) {
      const contents = Buffer.from(await value.arrayBuffer());
      files.push({ index, filename: value.name, contentType: value.type, bytes: contents });
    }
  }
  return { body, files };
}
