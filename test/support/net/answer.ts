/** Answering a request, or failing at it on demand. */
import type { ServerResponse } from "node:http";

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** A text is sent as it is, anything else as JSON; undefined: no body. */
  readonly body: unknown;
}

/** What happens to an answer on its way. `accepted: true`: what was asked is done all the same. */
export type LineFault =
  | { readonly kind: "status"; readonly status: number; readonly accepted?: boolean }
  | { readonly kind: "reset"; readonly accepted?: boolean }
  /** Never answers: the caller's own patience ends it. */
  | { readonly kind: "silent"; readonly accepted?: boolean }
  /** Answers as always, after so many milliseconds of real time. */
  | { readonly kind: "slow"; readonly ms: number };

/** Runs `act` unless the fault keeps it away, and answers unless the fault loses the answer. */
export async function answerThrough(
  fault: LineFault | undefined,
  call: { outcome: string | undefined },
  act: () => Answer,
  response: ServerResponse,
): Promise<void> {
  if (fault?.kind === "slow") await new Promise((resolve) => setTimeout(resolve, fault.ms));
  if (fault === undefined || fault.kind === "slow") return write(response, act());
  if (fault.accepted === true) act();
  call.outcome = `${fault.kind}${fault.accepted === true ? " after it was accepted" : ""}`;
  if (fault.kind === "status") write(response, { status: fault.status, headers: {}, body: {} });
  else if (fault.kind === "reset") response.socket?.resetAndDestroy();
}

export function write(response: ServerResponse, { status, headers, body }: Answer): void {
  if (body === undefined) {
    response.writeHead(status, headers).end();
    return;
  }
  const isText = typeof body === "string";
  const type = isText ? "text/plain" : "application/json; charset=utf-8";
  response.writeHead(status, { "content-type": type, ...headers });
  response.end(isText ? body : JSON.stringify(body));
}
