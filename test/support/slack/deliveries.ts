/** What is sent to the app: events with retries, interactions and commands once. */
import type { Ids } from "./ids.ts";
import { ACKNOWLEDGE_MS, RETRY_AFTER_MS } from "./limits.ts";
import type { Json } from "./model.ts";
import type { Timeline } from "./time.ts";

export type DeliveryKind = "events_api" | "interactive" | "slash_commands";

/** One thing to send, once. */
export interface Outgoing {
  readonly kind: DeliveryKind;
  readonly payload: Json;
  readonly retry: { readonly num: number; readonly reason: string } | undefined;
  readonly acceptsResponse: boolean;
}

/** How the app took it. `noRetry`: the app said so with `x-slack-no-retry: 1`. */
export type Receipt =
  | { readonly acknowledged: true; readonly payload: unknown }
  | {
      readonly acknowledged: false;
      readonly reason: string;
      readonly status?: number;
      readonly noRetry?: boolean;
    };

/** Socket Mode or HTTP. Never rejects; gives up when `signal` says so. */
export interface Transport {
  send(outgoing: Outgoing, signal: AbortSignal): Promise<Receipt>;
}

export interface Attempt {
  /** Milliseconds since the epoch, by Slack's clock. */
  readonly at: number;
  readonly retryNum: number;
  readonly retryReason: string | undefined;
  outcome: "under way" | "acknowledged" | "timed out" | "failed";
  reason: string | undefined;
}

/** An event on its way, with every attempt at it. */
export interface Delivery {
  readonly eventId: string;
  readonly type: string;
  readonly payload: Json;
  readonly attempts: Attempt[];
  state: "under way" | "acknowledged" | "given up";
}

/** What a person's press or command brought back from the app. */
export type Answer =
  | { readonly outcome: "acknowledged"; readonly payload: unknown }
  | { readonly outcome: "timed out" }
  | { readonly outcome: "failed"; readonly reason: string; readonly status?: number };

export interface Deliveries {
  readonly events: readonly Delivery[];
  transport: Transport;
  event(envelope: Json): void;
  /** The same event again, whatever became of it before. */
  redeliver(eventId: string): Promise<Receipt>;
  interact(kind: "interactive" | "slash_commands", payload: Json): Promise<Answer>;
  /**
   * Resolves when nothing is on its way. Retries that wait for the clock do not count; what the app
   * leaves unanswered does, until the clock has moved on by three seconds.
   */
  settled(): Promise<void>;
  stop(): void;
}

const EVENT_TIMEOUT = "http_timeout";

export function createDeliveries(timeline: Timeline, transport: Transport): Deliveries {
  const events: Delivery[] = [];
  const underWay = new Set<Promise<unknown>>();
  const stopping = new AbortController();

  const send = (outgoing: Outgoing): Promise<Receipt> => {
    const patience = new AbortController();
    const late = Promise.withResolvers<Receipt>();
    const giveUp = () => {
      late.resolve({ acknowledged: false, reason: EVENT_TIMEOUT });
      patience.abort();
    };
    const forget = timeline.after(ACKNOWLEDGE_MS, giveUp);
    stopping.signal.addEventListener("abort", giveUp);
    const sent = Promise.race([deliveries.transport.send(outgoing, patience.signal), late.promise]);
    const tracked = sent.finally(() => {
      forget();
      stopping.signal.removeEventListener("abort", giveUp);
      underWay.delete(tracked);
    });
    underWay.add(tracked);
    return tracked;
  };

  const attempt = async (delivery: Delivery, num: number, reason?: string): Promise<Receipt> => {
    const entry: Attempt = {
      at: timeline.now(),
      retryNum: num,
      retryReason: reason,
      outcome: "under way",
      reason: undefined,
    };
    delivery.attempts.push(entry);
    const receipt = await send({
      kind: "events_api",
      payload: delivery.payload,
      retry: num === 0 ? undefined : { num, reason: reason ?? EVENT_TIMEOUT },
      acceptsResponse: false,
    });
    if (receipt.acknowledged) {
      entry.outcome = "acknowledged";
      delivery.state = "acknowledged";
    } else {
      entry.outcome = receipt.reason === EVENT_TIMEOUT ? "timed out" : "failed";
      entry.reason = receipt.reason;
    }
    return receipt;
  };
  const attemptAndRetry = async (delivery: Delivery, num: number, reason?: string) => {
    const receipt = await attempt(delivery, num, reason);
    if (receipt.acknowledged || stopping.signal.aborted) return;
    const pause = RETRY_AFTER_MS[num];
    if (pause === undefined || receipt.noRetry === true) {
      delivery.state = "given up";
      return;
    }
    const retry = () => void attemptAndRetry(delivery, num + 1, receipt.reason);
    if (pause === 0) retry();
    else timeline.after(pause, retry);
  };

  const deliveries: Deliveries = {
    events,
    transport,
    event(envelope) {
      const event = envelope.event;
      const delivery: Delivery = {
        eventId: String(envelope.event_id),
        type: typeof event === "object" && event !== null && "type" in event ? `${event.type}` : "",
        payload: envelope,
        attempts: [],
        state: "under way",
      };
      events.push(delivery);
      void attemptAndRetry(delivery, 0);
    },
    async redeliver(eventId) {
      const delivery = events.find((event) => event.eventId === eventId);
      if (delivery === undefined) throw new Error(`There is no event ${eventId}.`);
      return await attempt(delivery, 1, EVENT_TIMEOUT);
    },
    async interact(kind, payload) {
      const receipt = await send({ kind, payload, retry: undefined, acceptsResponse: true });
      if (receipt.acknowledged) return { outcome: "acknowledged", payload: receipt.payload };
      if (receipt.reason === EVENT_TIMEOUT) return { outcome: "timed out" };
      const { reason, status } = receipt;
      return { outcome: "failed", reason, ...(status === undefined ? {} : { status }) };
    },
    async settled() {
      timeline.runDue();
      while (underWay.size > 0) {
        await Promise.allSettled([...underWay]);
        timeline.runDue();
      }
    },
    stop: () => stopping.abort(),
  };
  return deliveries;
}

/** Ids of envelopes look like UUIDs at Slack; ours only have to be unique. */
export function envelopeId(ids: Ids): string {
  return ids.next("envelope-");
}
