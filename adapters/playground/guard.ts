/**
 * Who may talk to the playground: only pages of its own (DNS rebinding, other sites' forms and
 * scripts are refused), with the password when there is one, and nothing large.
 */
import { createHash, timingSafeEqual } from "node:crypto";
import type { Context, MiddlewareHandler } from "hono";
import { basicAuth } from "hono/basic-auth";
import { bodyLimit } from "hono/body-limit";
import { secureHeaders } from "hono/secure-headers";
import type { Refused } from "./wire.ts";

/** A form with several full fields fits; read before anything is kept in memory. */
const MAX_BODY_BYTES = 64 * 1024;

export interface GuardOptions {
  /** Names under which the page is served; without a port any port will do. */
  readonly allowedHosts: readonly string[];
  readonly password?: string;
}

/** What every request passes, in order. */
export function createGuard(options: GuardOptions): MiddlewareHandler[] {
  const checks = [headers, hostCheck(options.allowedHosts)];
  if (options.password !== undefined) checks.push(passwordCheck(options.password));
  return [...checks, changeCheck, limit];
}

const headers = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'"],
    fontSrc: ["'self'"],
    connectSrc: ["'self'"],
    baseUri: ["'none'"],
    formAction: ["'none'"],
    frameAncestors: ["'none'"],
    requireTrustedTypesFor: ["'script'"],
    trustedTypes: ["lit-html"],
  },
  xFrameOptions: "DENY",
  // Plain http on this machine: whoever puts TLS in front decides about this header.
  strictTransportSecurity: false,
});

function hostCheck(allowedHosts: readonly string[]): MiddlewareHandler {
  const allowed = new Set(allowedHosts.map((host) => host.toLowerCase()));
  return async (context, next) => {
    const host = URL.parse(`http://${context.req.header("host") ?? ""}`);
    if (!host || !(allowed.has(host.host) || allowed.has(host.hostname))) {
      return refuse(context, 403, "The playground is not served under this host name.");
    }
    return next();
  };
}

function passwordCheck(password: string): MiddlewareHandler {
  const expected = digest(password);
  return basicAuth({
    realm: "aftertalk",
    // Any user name: there is one password and nobody to tell apart.
    verifyUser: (_user, given) => timingSafeEqual(digest(given), expected),
    invalidUserMessage: "A password is needed. The user name does not matter.",
  });
}

/** Hashed, so that both sides are equally long and the length tells nothing. */
function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

/** What changes something comes from our own page, as JSON. */
const changeCheck: MiddlewareHandler = async (context, next) => {
  if (context.req.method === "GET" || context.req.method === "HEAD") return next();
  const origin = URL.parse(context.req.header("origin") ?? "");
  if (origin?.host !== URL.parse(`http://${context.req.header("host")}`)?.host) {
    return refuse(context, 403, "Only the playground's own page may send this.");
  }
  const type = context.req.header("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json") return refuse(context, 415, "Send JSON (application/json).");
  return next();
};

const limit = bodyLimit({
  maxSize: MAX_BODY_BYTES,
  onError: (context) =>
    refuse(context, 413, "Too long: nothing was saved. Shorten it and send it again."),
});

function refuse(context: Context, status: 403 | 413 | 415, message: string): Response {
  const body: Refused = { error: { code: "bad-input", message } };
  return context.json(body, status);
}
