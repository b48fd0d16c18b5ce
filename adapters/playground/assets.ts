/**
 * The page's own files. Its modules are TypeScript: where no compiled .js lies beside one, the
 * types are stripped as it is served.
 */
import { readFile } from "node:fs/promises";
import { Hono } from "hono";
import { etag } from "hono/etag";

const pageFolder = new URL("./web/", import.meta.url);
/** The package's browser build lies one folder above what Node resolves. */
const litFolder = new URL("../", import.meta.resolve("lit-html"));
const fontFile = new URL(
  import.meta.resolve("@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf"),
);

const types = { css: "text/css; charset=utf-8", svg: "image/svg+xml" } as const;
const SCRIPT = "text/javascript; charset=utf-8";

/** Routes below `/playground/`: modules, styles, the library and the font. */
export function createAssets(): Hono {
  const app = new Hono();
  app.use(etag());
  app.get("/lib/:file{(directives/)?[a-z-]+\\.js}", async (context) => {
    const file = await read(new URL(context.req.param("file"), litFolder));
    return file ? asset(file, SCRIPT) : context.notFound();
  });
  app.get("/font.ttf", async (context) => {
    const file = await read(fontFile);
    if (!file) return context.notFound();
    return asset(file, "font/ttf", "private, max-age=2592000");
  });
  for (const [ending, type] of Object.entries(types)) {
    app.get(`/:file{[a-z-]+\\.${ending}}`, async (context) => {
      const file = await read(new URL(context.req.param("file") ?? "", pageFolder));
      return file ? asset(file, type) : context.notFound();
    });
  }
  app.get("/:file{[a-z-]+\\.[jt]s}", async (context) => {
    const script = await readModule(context.req.param("file").slice(0, -".js".length));
    return script === undefined ? context.notFound() : asset(script, SCRIPT);
  });
  return app;
}

/** The page itself. */
export async function readPage(): Promise<string> {
  return readFile(new URL("index.html", pageFolder), "utf8");
}

/** Stripped modules by name: the files of a running program do not change. */
const modules = new Map<string, string>();

async function readModule(name: string): Promise<string | undefined> {
  const compiled = await read(new URL(`${name}.js`, pageFolder));
  const source = compiled ?? (await read(new URL(`${name}.ts`, pageFolder)));
  if (source === undefined) return undefined;
  const known = modules.get(name);
  if (known !== undefined) return known;
  const text = new TextDecoder().decode(source);
  const script = forBrowser(compiled ? text : await stripTypes(text));
  modules.set(name, script);
  return script;
}

/** Loaded on first use: with compiled files nobody needs it. */
async function stripTypes(source: string): Promise<string> {
  const { transformSync } = await import("amaro");
  return transformSync(source, { mode: "strip-only" }).code;
}

/** A browser knows no package names, and an import map would be an inline script. */
function forBrowser(script: string): string {
  return script
    .replaceAll(/from "lit-html";/g, 'from "/playground/lib/lit-html.js";')
    .replaceAll(/from "lit-html\//g, 'from "/playground/lib/');
}

async function read(file: URL): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    return new Uint8Array(await readFile(file));
  } catch {
    return undefined; // no such file: the caller answers 404
  }
}

function asset(
  body: string | Uint8Array<ArrayBuffer>,
  type: string,
  cache = "private, no-cache",
): Response {
  return new Response(body, { headers: { "content-type": type, "cache-control": cache } });
}
