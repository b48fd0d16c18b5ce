/** One port for everything that speaks HTTP: health, and what the platforms bring. */
import { createAdaptorServer } from "@hono/node-server";
import { Hono } from "hono";
import { AppError } from "./errors.ts";
import type { ChatPlatform } from "./platform.ts";

/** Lines for operators: what does not work just now. */
export type Unready = () => Promise<readonly string[]>;

export interface WebServer {
  /** Where it listens; the port is the real one when 0 was asked for. */
  readonly url: string;
  readonly port: number;
  /** Until this is called every page answers 503 "starting". `more`: what else may be away, and why. */
  ready(platforms: readonly ChatPlatform[], more?: Unready): void;
  stop(): Promise<void>;
}

/** Listens at once, so that a taken port is noticed before anything else is done. */
export async function startWebServer(options: { host: string; port: number }): Promise<WebServer> {
  let app = startingApp();
  const server = createAdaptorServer({ fetch: (request: Request) => app.fetch(request) });
  await new Promise<void>((resolve, reject) => {
    server.once("error", (cause) => reject(listenError(cause, options)));
    server.listen(options.port, options.host, resolve);
  });
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : options.port;
  const host = options.host.includes(":") ? `[${options.host}]` : options.host;
  return {
    url: `http://${host === "127.0.0.1" ? "localhost" : host}:${port}`,
    port,
    ready(platforms, more = async () => []) {
      app = readyApp(platforms, more);
    },
    async stop() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      if ("closeAllConnections" in server) server.closeAllConnections();
      await closed;
    },
  };
}

function startingApp(): Hono {
  const app = new Hono();
  app.get("/healthz", (c) => c.text("ok"));
  app.all("*", (c) => {
    c.header("Retry-After", "2");
    c.header("Refresh", "2"); // a browser that came too early looks again by itself
    return c.text("aftertalk is starting; try again in a moment.", 503);
  });
  return app;
}

function readyApp(platforms: readonly ChatPlatform[], more: Unready): Hono {
  const app = new Hono();
  app.get("/healthz", (c) => c.text("ok"));
  app.get("/readyz", async (c) => {
    const problems = [...platforms.flatMap(problemOf), ...(await more())];
    return problems.length === 0 ? c.text("ok") : c.text(problems.join("\n"), 503);
  });
  const pages = platforms.flatMap(({ web }) => web ?? []);
  // The longest first: a platform at / would take the others' requests.
  for (const web of pages.sort((a, b) => b.path.length - a.path.length)) {
    const path = web.path.endsWith("/") ? `${web.path}*` : `${web.path}/*`;
    app.all(path, (c) => web.fetch(c.req.raw));
  }
  return app;
}

/** A line for operators: which platform, and why nothing comes in or goes out there just now. */
function problemOf(platform: ChatPlatform): string[] {
  const why = platform.unready?.();
  return why === undefined ? [] : [`${platform.name}: ${why}`];
}

function listenError(cause: Error, { host, port }: { host: string; port: number }): AppError {
  const code = "code" in cause ? cause.code : undefined;
  if (code === "EADDRINUSE") {
    return new AppError("port-taken", `Port ${port} on ${host} is taken by another program.`, {
      cause,
      advice: `Choose another one, for example: PORT=${port + 1} npm start`,
    });
  }
  if (code === "EACCES") {
    return new AppError("port-taken", `This user may not listen on port ${port}.`, {
      cause,
      advice: "Choose a port from 1024 on, for example: PORT=3000 npm start",
    });
  }
  return new AppError("bad-setting", `Cannot listen on ${host}:${port}.`, {
    cause,
    advice: "Set HOST to an address of this machine, for example: HOST=127.0.0.1",
  });
}
