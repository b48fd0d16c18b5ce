/** The Web API: POST /api/<method>, answered with 200 and `ok`, or 429, or what a fault makes of it. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { type Answer, answerThrough, write } from "../net/answer.ts";
import { bytesOf } from "../net/request.ts";
import type { Fault } from "./faults.ts";
import type { CallContext, Method } from "./method.ts";
import { appMethods } from "./methods/app.ts";
import { chatMethods } from "./methods/chat.ts";
import { conversationMethods } from "./methods/conversations.ts";
import { fileMethods } from "./methods/files.ts";
import { peopleMethods } from "./methods/people.ts";
import { quietMethods } from "./methods/quiet.ts";
import { socketMethods } from "./methods/socket.ts";
import { viewMethods } from "./methods/views.ts";
import type { Team } from "./model.ts";
import { noteProblem } from "./problems.ts";
import { Refusal } from "./refusal.ts";
import { fieldsOf, readable } from "./request.ts";
import type { Call, World } from "./world.ts";

const methods = new Map(
  [
    ...appMethods,
    ...chatMethods,
    ...conversationMethods,
    ...fileMethods,
    ...peopleMethods,
    ...quietMethods,
    ...socketMethods,
    ...viewMethods,
  ].map((known): [string, Method] => [known.name, known]),
);

/** Answers one request whose path begins with /api/. */
export async function answerApi(
  world: World,
  name: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const fields = fieldsOf(request, await bytesOf(request));
  const token = tokenOf(request, fields);
  const team = [...world.state.teams.values()].find(
    (candidate) => candidate.installed && candidate.bot.token === token,
  );
  const call: Call = {
    at: world.timeline.now(),
    workspace: team?.name,
    method: name,
    arguments: readable(fields ?? {}),
    outcome: undefined,
    accepted: false,
  };
  world.calls.push(call);
  const act = () => answerCall(world, call, fields, token, team);
  await withFault(call, world.faults.take(call), act, response);
}

/** Runs `act` unless the fault keeps it away, and answers unless the fault loses the answer. */
export async function withFault(
  call: Call,
  fault: Fault | undefined,
  act: () => Answer,
  response: ServerResponse,
): Promise<void> {
  if (fault?.kind === "rate-limited") {
    call.outcome = "ratelimited";
    const { retryAfter } = fault;
    const headers: Record<string, string> =
      retryAfter === null ? {} : { "retry-after": String(retryAfter) };
    write(response, { status: 429, headers, body: { ok: false, error: "ratelimited" } });
  } else if (fault?.kind === "refused") {
    call.outcome = fault.error;
    write(response, plain(200, { ok: false, error: fault.error, ...fault.extra }));
  } else await answerThrough(fault, call, act, response);
}

function answerCall(
  world: World,
  call: Call,
  fields: Record<string, unknown> | undefined,
  token: string | undefined,
  team: Team | undefined,
): Answer {
  const known = methods.get(call.method);
  try {
    if (known === undefined) throw new Refusal("unknown_method", { req_method: call.method });
    if (fields === undefined) throw new Refusal("invalid_arguments");
    const caller = authorize(world, known, token, team);
    const wait = world.rates.take(caller.id, known.name, known.pace, paceKey(world, known, fields));
    if (wait !== undefined) {
      call.outcome = "ratelimited";
      const headers = { "retry-after": String(wait) };
      return { status: 429, headers, body: { ok: false, error: "ratelimited" } };
    }
    const answer = known.run(contextOf(world, caller), fields);
    call.outcome = "ok";
    call.accepted = true;
    return plain(200, { ok: true, ...answer }, scopeHeaders(caller, known));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    call.outcome = error.error;
    noteProblem(world, call.method, error);
    const headers = known === undefined || team === undefined ? {} : scopeHeaders(team, known);
    return plain(200, { ok: false, error: error.error, ...error.extra }, headers);
  }
}

function authorize(
  world: World,
  known: Method,
  token: string | undefined,
  team: Team | undefined,
): Team {
  if (known.token === "none") return team ?? anyTeam(world);
  if (token === undefined) throw new Refusal("not_authed");
  if (known.token === "app") {
    if (token !== world.app.token) {
      throw new Refusal(team === undefined ? "invalid_auth" : "not_allowed_token_type");
    }
    return anyTeam(world);
  }
  if (token === world.app.token) throw new Refusal("not_allowed_token_type");
  if (team === undefined) throw new Refusal("invalid_auth");
  if (team.token !== "valid") throw new Refusal(team.token);
  return team;
}

/** App-level calls belong to no workspace; they count by the first one. */
function anyTeam(world: World): Team {
  const [team] = world.state.teams.values();
  if (team === undefined) throw new Refusal("invalid_auth");
  return team;
}

function contextOf(world: World, team: Team): CallContext {
  return {
    world,
    team,
    need(...anyOf) {
      if (anyOf.some((scope) => team.scopes.has(scope))) return;
      const provided = [...team.scopes].join(",");
      throw new Refusal("missing_scope", { needed: anyOf.join(","), provided });
    },
  };
}

/** A person's id and the id of the direct message with them are one place. */
function paceKey(
  world: World,
  known: Method,
  fields: Readonly<Record<string, unknown>>,
): string | undefined {
  const channel = known.channelOf(fields);
  const direct = [...world.state.channels.values()].find(({ id }) => id === channel);
  if (direct?.kind !== "im") return channel;
  return [...direct.members].find((id) => world.state.member(id) !== undefined) ?? channel;
}

function tokenOf(
  request: IncomingMessage,
  fields: Record<string, unknown> | undefined,
): string | undefined {
  const header = /^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1];
  const inBody = fields?.token;
  return header ?? (typeof inBody === "string" ? inBody : undefined);
}

function scopeHeaders(team: Team, known: Method): Record<string, string> {
  return {
    "x-oauth-scopes": [...team.scopes].join(","),
    ...(known.scopes.length === 0 ? {} : { "x-accepted-oauth-scopes": known.scopes.join(",") }),
  };
}

export const plain = (
  status: number,
  body: Record<string, unknown>,
  headers: Record<string, string> = {},
): Answer => ({ status, headers, body });
