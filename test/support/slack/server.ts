/** The one local server: Web API, response URLs, uploads, Socket Mode connections. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { bytesOf, jsonOf } from "../net/request.ts";
import { type LocalServer, startServer } from "../net/server.ts";
import { noteProblem } from "./problems.ts";
import { Refusal } from "./refusal.ts";
import { uploadOf } from "./request.ts";
import { answerApi, plain, withFault } from "./web-api.ts";
import type { Call, World } from "./world.ts";

export const startSlackServer = (world: World): Promise<LocalServer> =>
  startServer({
    answer: (request, response) => route(world, request, response),
    upgrade: (request, socket, head) => world.sockets.upgrade(request, socket, head),
    crashed: () => {},
    close: () => world.sockets.close(),
  });

async function route(
  world: World,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = new URL(request.url ?? "/", "http://local").pathname;
  const [, area, ...rest] = path.split("/");
  if (area === "api") return await answerApi(world, rest.join("/"), request, response);
  if (area === "actions") return await answerResponseUrl(world, path, request, response);
  if (area === "upload") return await answerUpload(world, rest.at(-1) ?? "", request, response);
  response.writeHead(404).end();
}

async function answerResponseUrl(
  world: World,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = jsonOf((await bytesOf(request)).toString("utf8"));
  const call = newCall(world, "response_url", body);
  const act = () => {
    try {
      world.responses.respond(path, body);
      call.outcome = "ok";
      call.accepted = true;
      return plain(200, { ok: true });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      call.outcome = error.error;
      noteProblem(world, call.method, error);
      // Used up, too old or unknown: 404; a body that Slack cannot use: 400.
      const gone = ["used_url", "expired_url", "no_such_url"].includes(error.error);
      return plain(gone ? 404 : 400, { ok: false, error: error.error, ...error.extra });
    }
  };
  await withFault(call, world.faults.take(call), act, response);
}

async function answerUpload(
  world: World,
  fileId: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const bytes = await uploadOf(request, await bytesOf(request));
  const call = newCall(world, "upload", { file: fileId, length: bytes.length });
  const act = () => {
    const file = world.files.get(fileId);
    const fits = file?.state === "waiting" && file.length === bytes.length;
    call.outcome = fits ? "ok" : "refused";
    if (file === undefined || !fits) return plain(400, { ok: false, error: "upload_failed" });
    call.accepted = true;
    file.bytes = bytes;
    file.state = "uploaded";
    return plain(200, { ok: true });
  };
  await withFault(call, world.faults.take(call), act, response);
}

function newCall(world: World, method: string, body: unknown): Call {
  const known = typeof body === "object" && body !== null ? { ...body } : {};
  const call: Call = {
    at: world.timeline.now(),
    workspace: undefined,
    method,
    arguments: known,
    outcome: undefined,
    accepted: false,
  };
  world.calls.push(call);
  return call;
}
