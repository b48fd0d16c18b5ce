/** One Socket Mode connection, from asking for its address until it is gone. */
import { setImmediate } from "node:timers/promises";
import { SocketModeClient } from "@slack/socket-mode";
import type { WebClientOptions } from "@slack/web-api";
import { z } from "zod";
import type { Log } from "../../../src/log.ts";
import { within } from "../../common/patience.ts";
import { quietLogger } from "../client.ts";
import type { Verdict } from "./acknowledge.ts";
import { asBody, type Body } from "./body.ts";

export interface SocketConnection {
  /** Resolves when another one is needed: Slack says that this one ends soon, or it has ended. */
  readonly leaving: Promise<void>;
  /** Resolves when it has ended, for whatever reason. */
  readonly ended: Promise<void>;
  /** Closes it, if need be without the other side. Never rejects. */
  close(): Promise<void>;
}

export interface ConnectOptions {
  readonly appToken: string;
  readonly apiUrl?: string;
  /** How long the way to Slack's "hello" may take. */
  readonly helloMs: number;
  readonly handle: (body: Body) => Promise<Verdict>;
  readonly signal: AbortSignal;
  readonly log: Log;
}

/** The pause after which a closing handshake is not waited for any longer. */
const CLOSE_MS = 1000;
/**
 * A ping unanswered for so long is a dead connection. No shorter: an event loop that was busy for a
 * second would take both connections for dead at once.
 */
const PING_TIMEOUT_MS = 5000;

const envelopeSchema = z.object({ envelope_id: z.string(), payload: z.unknown() });
const lifeSchema = z.object({ type: z.enum(["hello", "disconnect"]) });
/** What our client emits when Slack wants to end the connection. */
const LEAVING = "aftertalk_leaving";

/**
 * The SDK's client hands an envelope on before it looked at its shape, in a handler whose failure
 * nobody catches: one odd message would end the process. So the messages are read here.
 */
class CarefulClient extends SocketModeClient {
  readonly #handle: (body: Body) => Promise<Verdict>;
  readonly #taking = new Set<Promise<void>>();

  constructor(options: ConnectOptions, webOptions: WebClientOptions) {
    super({
      appToken: options.appToken,
      // Its own way to reconnect leaves rejections behind that nobody catches.
      autoReconnectEnabled: false,
      clientPingTimeout: PING_TIMEOUT_MS,
      clientOptions: webOptions,
      logger: quietLogger(options.log),
    });
    this.#handle = options.handle;
  }

  protected override async onWebSocketMessage(
    data: string | ArrayBuffer,
    isBinary: boolean,
  ): Promise<void> {
    const message = isBinary || typeof data !== "string" ? undefined : parse(data);
    const life = lifeSchema.safeParse(message);
    if (life.success) {
      if (life.data.type === "disconnect") await this.#finish();
      return super.onWebSocketMessage(data, isBinary);
    }
    const envelope = envelopeSchema.safeParse(message);
    if (!envelope.success) return;
    const taking = this.#take(envelope.data);
    this.#taking.add(taking);
    await taking;
    this.#taking.delete(taking);
  }

  /** What came over this connection has to be acknowledged over it. */
  async #finish(): Promise<void> {
    this.emit(LEAVING);
    await Promise.all(this.#taking);
  }

  async #take({ envelope_id, payload }: z.infer<typeof envelopeSchema>): Promise<void> {
    const verdict = await this.#handle(asBody(payload) ?? {});
    if (verdict.kind === "taken") this.#acknowledge(envelope_id, verdict.payload);
  }

  #acknowledge(envelopeId: string, payload: object = {}): void {
    // Closed in the meantime: Slack delivers again on another connection and finds it done.
    if (!this.websocket?.isActive()) return;
    this.websocket.send(JSON.stringify({ envelope_id: envelopeId, payload }), () => {});
  }
}

/** Opens a connection. Rejects with the SDK's error, or with a plain one when "hello" did not come. */
export async function connect(options: ConnectOptions): Promise<SocketConnection> {
  const giveUp = new AbortController();
  const signal = AbortSignal.any([options.signal, giveUp.signal]);
  const client = new CarefulClient(options, {
    ...(options.apiUrl === undefined ? {} : { slackApiUrl: options.apiUrl }),
    // Ours is the only loop that tries again.
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: options.helloMs,
    fetch: (url, init) => fetch(url, { ...init, signal: both(signal, init?.signal) }),
  });
  const ended = new Promise<void>((resolve) => client.once("disconnected", () => resolve()));
  const left = new Promise<void>((resolve) => client.once(LEAVING, () => resolve()));
  const leaving = Promise.race([left, ended]);
  const close = async () => {
    giveUp.abort();
    // Whatever address had arrived by now has become a socket, which can be closed.
    await setImmediate();
    void client.disconnect();
    const handshake = await within(
      ended.then(() => true),
      CLOSE_MS,
    );
    if (!handshake) void client.disconnect(); // the second time does without the handshake
  };
  try {
    const hello = await within(
      client.start().then(() => true),
      options.helloMs,
    );
    if (!hello) throw new Error("Slack did not say hello in time");
    return { leaving, ended, close };
  } catch (error) {
    await close();
    throw error ?? new Error("the connection was closed before Slack said hello");
  }
}

function both(ours: AbortSignal, theirs: AbortSignal | undefined): AbortSignal {
  return theirs === undefined ? ours : AbortSignal.any([ours, theirs]);
}

function parse(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}
