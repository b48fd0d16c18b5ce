/** The one local server: the REST API under /api/v10, and the gateway. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { answerThrough, write } from "../net/answer.ts";
import { bytesOf, jsonOf } from "../net/request.ts";
import { type LocalServer, startServer } from "../net/server.ts";
import { answerRequest } from "./api.ts";
import type { Fault } from "./faults.ts";
import type { UploadedFile } from "./message-form.ts";
import { findRoute } from "./routes/index.ts";
import type { Call, World } from "./world.ts";

export const startDiscordServer = (world: World): Promise<LocalServer> =>
  startServer({
    answer: (request, response) => serve(world, request, response),
    upgrade: (request, socket, head) => world.gateway.upgrade(request, socket, head),
    crashed(error) {
      world.problems.push({ method: "emulator", error: "crashed", details: [String(error)] });
    },
    close: () => world.gateway.cut(),
  });

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
  const fault = world.faults.take(call);
  if (fault?.kind === "says") {
    call.outcome = `says ${fault.status}`;
    return write(response, { headers: {}, ...fault });
  }
  if (fault?.kind === "refused" || fault?.kind === "rate-limited") {
    return write(response, act(fault));
  }
  await answerThrough(fault, call, act, response);
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
