/** Answers one request: the ban, the token, the limits, then the route. */
import type { Answer } from "../net/answer.ts";
import type { Fault } from "./faults.ts";
import { Limited, Refusal, refused } from "./refusal.ts";
import type { Incoming, Route } from "./route.ts";
import type { Call, World } from "./world.ts";

/**
 * Refusals that a correct app never meets, by code; they are kept in `discord.problems`. That a
 * message has a thread already (160004) is how an app learns of one that sleeps.
 */
const bugs = new Set([40005, 40060, 50003, 50006, 50008, 50021, 50024, 50035, 50109]);

/** `fault`: what Discord says instead of carrying it out. */
export function answerRequest(
  world: World,
  call: Call,
  route: Route | undefined,
  incoming: Incoming,
  authorization: string | undefined,
  fault?: Fault,
): Answer {
  const banned = world.rates.banned();
  if (banned !== undefined) {
    call.outcome = "banned";
    // What Cloudflare says, in front of Discord.
    return { status: 429, headers: { "retry-after": String(banned) }, body: "error code: 1015" };
  }
  const answer = limited(world, call, route, incoming, authorization, fault);
  if ([401, 403, 429].includes(answer.status) && answer.headers["x-ratelimit-scope"] !== "shared") {
    world.rates.countInvalid();
  }
  return answer;
}

function limited(
  world: World,
  call: Call,
  route: Route | undefined,
  incoming: Incoming,
  authorization: string | undefined,
  fault: Fault | undefined,
): Answer {
  if (fault?.kind === "rate-limited") {
    return bare(tooMany(call, fault.retryAfter, fault.scope ?? "user", {}), fault.without);
  }
  let headers: Record<string, string> = {};
  try {
    if (fault?.kind === "refused") {
      throw new Refusal(fault.status, fault.code, fault.message ?? "Refused");
    }
    if (route === undefined) throw refused("unknownRoute");
    const { token } = world.app;
    if (route.auth === "bot" && (token === undefined || authorization !== `Bot ${token}`)) {
      throw refused("unauthorized");
    }
    const taken = world.rates.take(route.bucket, keyOf(route, incoming), route.auth === "token");
    headers = taken.headers;
    if (taken.wait !== undefined) {
      const { seconds, global } = taken.wait;
      return tooMany(call, seconds, global ? "global" : "user", headers);
    }
    const { watched, overlooked } = watch(incoming);
    const reply = route.run(world, watched);
    const details = overlooked();
    if (details.length > 0) world.problems.push({ method: call.method, error: "ignored", details });
    call.outcome = String(reply.status);
    call.accepted = true;
    return { status: reply.status, headers, body: "body" in reply ? reply.body : undefined };
  } catch (error) {
    if (error instanceof Limited) return tooMany(call, error.seconds, "user", headers);
    if (!(error instanceof Refusal)) throw error;
    return no(world, call, error, headers, fault !== undefined);
  }
}

/** What a route does not even look at has no effect; whoever sent it meant something. */
function watch(incoming: Incoming): { watched: Incoming; overlooked: () => string[] } {
  const { query, body, files } = incoming;
  const given = [
    ...(query.size > 0 ? ["query"] : []),
    ...(body === undefined ? [] : ["body"]),
    ...(files.length > 0 ? ["files"] : []),
  ];
  const looked = new Set<string>();
  const noted = <Value>(name: string, value: Value): Value => {
    looked.add(name);
    return value;
  };
  return {
    watched: {
      param: incoming.param,
      get query() {
        return noted("query", query);
      },
      get body() {
        return noted("body", body);
      },
      get files() {
        return noted("files", files);
      },
    },
    overlooked: () => given.filter((name) => !looked.has(name)),
  };
}

function no(
  world: World,
  call: Call,
  { status, code, message, errors }: Refusal,
  headers: Record<string, string>,
  wanted: boolean,
): Answer {
  call.outcome = `${status} ${code}`;
  const unknown = status === 404 && code === 0;
  if (!wanted && (unknown || bugs.has(code))) {
    world.problems.push({
      method: call.method,
      error: `${status} ${code} ${message}`,
      details: errors === undefined ? [] : leaves(errors, ""),
    });
  }
  const body = { message, code, ...(errors === undefined ? {} : { errors }) };
  return { status, headers, body };
}

function tooMany(
  call: Call,
  seconds: number,
  scope: "user" | "global" | "shared",
  headers: Record<string, string>,
): Answer {
  call.outcome = "429";
  const global = scope === "global";
  const message = global
    ? "You are being blocked from accessing our API temporarily due to exceeding our rate limits frequently."
    : "You are being rate limited.";
  return {
    status: 429,
    headers: {
      ...headers,
      "retry-after": String(Math.ceil(seconds)),
      "x-ratelimit-scope": scope,
      ...(global ? { "x-ratelimit-global": "true" } : {}),
    },
    body: { message, retry_after: seconds, global },
  };
}

/** A 429 that lacks something, as those lack it that come from in front of Discord. */
function bare(answer: Answer, without: "body" | "headers" | undefined): Answer {
  if (without === "headers") return { ...answer, headers: {} };
  return without === "body" ? { ...answer, body: "<html>Too many requests</html>" } : answer;
}

/** Buckets are per route and major parameter: channel, guild, or webhook with its token. */
function keyOf(route: Route, incoming: Incoming): string {
  const major = ["channel", "guild", "token"].map((name) => incoming.param(name)).join(" ");
  return `${route.method} ${route.path} ${major}`;
}

/** "components.0.label: Must be at most 80 in length." */
function leaves(tree: object, path: string): string[] {
  return Object.entries(tree).flatMap(([key, value]): string[] => {
    if (key === "_errors" && Array.isArray(value)) {
      return value.map(
        (entry: { code: string; message: string }) => `${path}: ${entry.code} ${entry.message}`,
      );
    }
    if (typeof value !== "object" || value === null) return [];
    return leaves(value, path === "" ? key : `${path}.${key}`);
  });
}
