/**
 * When Slack is told that a delivery was taken: after it is written, and never later than its
 * deadline. What is not taken in time is not acknowledged, so that Slack delivers it again; the work
 * goes on all the same, and the second delivery then finds it done.
 */
import type { Log } from "../../../src/log.ts";
import { within } from "../../common/patience.ts";
import type { SlackWorkspace } from "../workspace.ts";
import type { Body } from "./body.ts";

/** What Slack is told. `again`: not taken. The payload is shown to the person who acted. */
export type Verdict =
  | { readonly kind: "taken"; readonly payload?: Readonly<Record<string, unknown>> }
  | { readonly kind: "again" };

export const TAKEN: Verdict = { kind: "taken" };
export const AGAIN: Verdict = { kind: "again" };

/** One delivery on its way through. */
export interface Call {
  readonly body: Body;
  readonly workspace: SlackWorkspace;
  /** Tells Slack; only the first verdict counts. False: it was too late. */
  settle(verdict: Verdict): boolean;
  /** What Slack is told when the work fails or takes too long. */
  fallback: () => Verdict;
  /** Language of the person who acted, as soon as it is known. */
  locale: string | undefined;
}

export interface AcknowledgerOptions {
  /** Slack waits 3 s; the rest is for the way there and back. */
  readonly deadlineMs: number;
  readonly log: Log;
  /** Settles the call and does the rest. Whatever it leaves open when it is through was taken. */
  readonly work: (call: Call) => Promise<void>;
  readonly find: (body: Body) => SlackWorkspace | undefined;
}

export interface Acknowledger {
  /** Never rejects. Both ways in hand everything over here. */
  handle(body: Body): Promise<Verdict>;
  /** Takes nothing more; waits for what is under way, but not longer than `limitMs`. */
  close(limitMs: number): Promise<void>;
}

export function createAcknowledger(options: AcknowledgerOptions): Acknowledger {
  const running = new Set<Promise<void>>();
  let closed = false;
  return {
    async handle(body) {
      if (closed) return AGAIN;
      const workspace = options.find(body);
      if (workspace === undefined) return TAKEN;
      const { promise, resolve } = Promise.withResolvers<Verdict>();
      const call = createCall(body, workspace, resolve);
      const deadline = setTimeout(() => call.settle(call.fallback()), options.deadlineMs);
      const work = options.work(call).then(
        () => void call.settle(TAKEN),
        (error: unknown) => {
          options.log.warn({ error }, "a delivery of Slack could not be taken");
          call.settle(call.fallback());
        },
      );
      running.add(work);
      void work.then(() => running.delete(work));
      const verdict = await promise;
      clearTimeout(deadline);
      return verdict;
    },
    async close(limitMs) {
      closed = true;
      await within(Promise.all(running), limitMs);
    },
  };
}

function createCall(body: Body, workspace: SlackWorkspace, tell: (verdict: Verdict) => void): Call {
  let settled = false;
  return {
    body,
    workspace,
    fallback: () => AGAIN,
    locale: undefined,
    settle(verdict) {
      if (settled) return false;
      settled = true;
      tell(verdict);
      return true;
    },
  };
}
