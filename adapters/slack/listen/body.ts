/** Bodies of requests: read up to a limit, decoded strictly, as JSON or as a form. */
import { MIMEType } from "node:util";

/** One payload of Slack, before anybody looked into it. */
export type Body = Record<string, unknown>;

export type BodyFormat = "json" | "form";

/** What a content type says, with or without a charset; undefined: not one that Slack sends. */
export function formatOf(contentType: string | null): BodyFormat | undefined {
  let type: MIMEType;
  try {
    type = new MIMEType(contentType ?? "");
  } catch {
    return undefined;
  }
  const charset = type.params.get("charset")?.toLowerCase() ?? "utf-8";
  if (charset !== "utf-8" && charset !== "utf8") return undefined;
  if (type.essence === "application/json") return "json";
  return type.essence === "application/x-www-form-urlencoded" ? "form" : undefined;
}

/** The raw bytes, or undefined as soon as there are more than `limit` of them. */
export async function readBytes(request: Request, limit: number): Promise<Uint8Array | undefined> {
  if (Number(request.headers.get("content-length") ?? 0) > limit) return undefined;
  const chunks: Uint8Array[] = [];
  let size = 0;
  // Leaving the loop cancels the stream: what is too much is never held.
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > limit) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The payload in the bytes, or undefined for malformed UTF-8, malformed JSON and what is no object. */
export function parseBody(format: BodyFormat, bytes: Uint8Array): Body | undefined {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    if (format === "json") return asBody(JSON.parse(text));
    const fields = new URLSearchParams(text);
    const payload = fields.get("payload");
    return payload === null ? Object.fromEntries(fields) : asBody(JSON.parse(payload));
  } catch {
    return undefined;
  }
}

/** The value as a payload, when it is an object. */
export function asBody(value: unknown): Body | undefined {
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  return isObject ? { ...value } : undefined;
}
