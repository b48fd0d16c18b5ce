/** What a route is, and what its handler gets. */
import { z } from "zod";
import { parseForm } from "./form.ts";
import type { BucketName } from "./limits.ts";
import type { UploadedFile } from "./message-form.ts";
import { refused } from "./refusal.ts";
import type { World } from "./world.ts";

export interface Incoming {
  /** A parameter of the path. */
  param(name: string): string;
  readonly query: URLSearchParams;
  readonly body: unknown;
  readonly files: readonly UploadedFile[];
}

/** 204 without a body. */
export type Reply =
  | { readonly status: 204 }
  | { readonly status: 200 | 201; readonly body: unknown };

export interface Route {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** "/channels/:channel/messages". */
  readonly path: string;
  readonly bucket: BucketName;
  /** "token": the token in the path is all that is needed, and no global limit counts. */
  readonly auth: "bot" | "token";
  run(world: World, incoming: Incoming): Reply;
}

export const ok = (body: unknown): Reply => ({ status: 200, body });
export const done: Reply = { status: 204 };

/** A route that the bot's token opens, in the usual bucket. */
export function route(
  signature: `${Route["method"]} /${string}`,
  run: Route["run"],
  options: { bucket?: BucketName; auth?: Route["auth"] } = {},
): Route {
  const [method, path] = signature.split(" ");
  const known = z.enum(["GET", "POST", "PUT", "PATCH", "DELETE"]).parse(method);
  return {
    method: known,
    path: path ?? "",
    bucket: options.bucket ?? "default",
    auth: options.auth ?? "bot",
    run,
  };
}

/** The query, checked; what the route does not know is refused. */
export function queryOf<Shape extends z.ZodRawShape>(
  incoming: Incoming,
  shape: Shape,
): z.output<z.ZodObject<Shape, z.core.$strict>> {
  return parseForm(z.strictObject(shape), Object.fromEntries(incoming.query));
}

/** A number in a query. */
export const count = (least: number, most: number) =>
  z.coerce.number<string>().int().min(least).max(most).optional();

/** A body that has to be there. */
export function bodyOf<Schema extends z.ZodType>(
  incoming: Incoming,
  schema: Schema,
): z.output<Schema> {
  if (incoming.body === undefined) throw refused("invalidJson");
  return parseForm(schema, incoming.body);
}
