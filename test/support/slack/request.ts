/** Bodies of incoming requests: forms, JSON, multipart files. */
import type { IncomingMessage } from "node:http";
import { jsonOf } from "../net/request.ts";

/** Form fields or a JSON object, with those of the query; undefined: neither. */
export function fieldsOf(
  request: IncomingMessage,
  body: Buffer,
): Record<string, unknown> | undefined {
  const type = request.headers["content-type"] ?? "";
  const query = new URL(request.url ?? "/", "http://local").searchParams;
  const fields: Record<string, unknown> = Object.fromEntries(query);
  if (type.startsWith("application/json")) {
    const parsed = jsonOf(body.toString("utf8"));
    if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) return undefined;
    return { ...fields, ...parsed };
  }
  return { ...fields, ...Object.fromEntries(new URLSearchParams(body.toString("utf8"))) };
}

/** The file in a multipart form, or the body itself where it is none. */
export function uploadOf(request: IncomingMessage, body: Buffer): Promise<Buffer> | Buffer {
  const type = request.headers["content-type"] ?? "";
  if (!type.startsWith("multipart/form-data")) return body;
  const form = new Response(new Uint8Array(body), { headers: { "content-type": type } }).formData();
  return form.then(async (fields) => {
    for (const value of fields.values()) {
      if (typeof value !== "string") return Buffer.from(await value.arrayBuffer());
    }
    return Buffer.alloc(0);
  });
}

/** Nested JSON strings of a form as values, without the token: what `slack.calls()` shows. */
export function readable(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const shown: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (name === "token") continue;
    const nested = typeof value === "string" && /^[[{]/.test(value) ? jsonOf(value) : undefined;
    shown[name] = nested ?? value;
  }
  return shown;
}
