/** How a Web API method is described: who may call it, how often, with what, and what it does. */
import { z } from "zod";
import { everywhere } from "./arguments.ts";
import type { Channel, Team } from "./model.ts";
import type { Pace } from "./rate-limits.ts";
import { Refusal } from "./refusal.ts";
import type { World } from "./world.ts";

export interface CallContext {
  readonly world: World;
  /** The workspace of the token. */
  readonly team: Team;
  /** Throws missing_scope. */
  need(...anyOf: string[]): void;
}

export interface Method {
  readonly name: string;
  readonly pace: Pace;
  /** What `x-accepted-oauth-scopes` says. */
  readonly scopes: readonly string[];
  /** "bot" by default; "app": an app-level token; "none": no token needed. */
  readonly token: "bot" | "app" | "none";
  /** Channel that the pace of posting counts by. */
  channelOf(raw: Readonly<Record<string, unknown>>): string | undefined;
  /** Parses and runs; `answer` is what goes beside `ok: true`. */
  run(context: CallContext, raw: Readonly<Record<string, unknown>>): Record<string, unknown>;
}

/** One method. Unknown and missing arguments are refused as invalid_arguments, in Slack's words. */
export function method<Shape extends z.ZodRawShape>(
  name: string,
  spec: {
    readonly pace: Pace;
    /** All of these are needed; methods that need others by kind of channel ask for them themselves. */
    readonly scopes?: readonly string[];
    readonly token?: Method["token"];
    /** Lists of an org-wide installation are asked for workspace by workspace, by `team_id`. */
    readonly perWorkspace?: boolean;
    readonly args: Shape;
  },
  run: (
    context: CallContext,
    args: z.infer<z.ZodObject<Shape, z.core.$strict>>,
  ) => Record<string, unknown> | undefined,
): Method {
  const schema = z.strictObject({ ...everywhere, ...spec.args });
  return {
    name,
    pace: spec.pace,
    scopes: spec.scopes ?? [],
    token: spec.token ?? "bot",
    channelOf: (raw) => (typeof raw.channel === "string" ? raw.channel : undefined),
    run(context, raw) {
      for (const scope of spec.scopes ?? []) context.need(scope);
      const parsed = schema.safeParse(raw);
      if (!parsed.success) throw new Refusal("invalid_arguments", complaintsOf(parsed.error));
      if (spec.perWorkspace === true && context.team.orgWide && raw.team_id === undefined) {
        throw new Refusal("missing_argument");
      }
      const args: unknown = parsed.data;
      return run(context, checked<Shape>(args)) ?? {};
    },
  };
}

/** The schema's own type, which TypeScript cannot see through the two spreads. */
function checked<Shape extends z.ZodRawShape>(
  args: unknown,
): z.infer<z.ZodObject<Shape, z.core.$strict>> {
  return args as z.infer<z.ZodObject<Shape, z.core.$strict>>;
}

function complaintsOf(error: z.ZodError): Record<string, unknown> {
  const messages = error.issues.map((issue) =>
    issue.code === "unrecognized_keys"
      ? `[ERROR] unknown argument: ${issue.keys.join(", ")}`
      : `[ERROR] ${issue.message} [json-pointer:/${issue.path.join("/")}]`,
  );
  return { response_metadata: { messages } };
}

/** Scope of a kind of channel: `scopeFor(channel, "history")` → "channels:history". */
export function scopeFor(
  channel: Pick<Channel, "kind">,
  right: "history" | "read" | "write",
): string {
  const kinds = { public: "channels", private: "groups", im: "im" } as const;
  return `${kinds[channel.kind]}:${right}`;
}
