/** Socket Mode: connections of the app, envelopes and their acknowledgements. */
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { z } from "zod";
import { acceptWebSocket, type Connection } from "../net/websocket.ts";
import { envelopeId, type Receipt, type Transport } from "./deliveries.ts";
import type { Ids } from "./ids.ts";
import { SOCKETS_PER_APP } from "./limits.ts";

/** Why Slack asks a client to connect anew ("Socket Mode", section on disconnects). */
export type DisconnectReason =
  | "warning"
  | "refresh_requested"
  | "link_disabled"
  | "too_many_websockets";

export interface Sockets extends Transport {
  /** A ticket for one connection: the path of its url. */
  ticket(): string;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** How many connections are open. */
  count(): number;
  /** Resolves once that many are open. */
  connected(count?: number): Promise<void>;
  /**
   * Asks every client, or so many of them, to connect anew; "refresh_requested" also ends the
   * connection.
   */
  disconnect(reason: DisconnectReason, most?: number): void;
  /** Breaks every line without a word. */
  cut(): void;
  ping(): void;
  /** Says goodbye on every connection (1001, going away). */
  close(): void;
}

const acknowledgement = z.object({ envelope_id: z.string(), payload: z.unknown().optional() });

/** An acknowledgement as the clients send it; an empty payload says nothing but "received". */
function parse(text: string) {
  try {
    return acknowledgement.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

interface Waiting {
  readonly connection: Connection;
  readonly resolve: (receipt: Receipt) => void;
}

export function createSockets(ids: Ids, appId: string): Sockets {
  const tickets = new Set<string>();
  const open = new Set<Connection>();
  const waiting = new Map<string, Waiting>();
  const watchers = new Set<() => void>();
  let turn = 0;

  const join = (connection: Connection) => {
    open.add(connection);
    connection.onText((text) => {
      const ack = parse(text);
      if (ack === undefined) return;
      waiting.get(ack.envelope_id)?.resolve({ acknowledged: true, payload: ack.payload });
    });
    connection.onEnd(() => {
      open.delete(connection);
      for (const entry of waiting.values()) {
        if (entry.connection === connection) {
          entry.resolve({ acknowledged: false, reason: "connection_failed" });
        }
      }
    });
    connection.send(
      JSON.stringify({
        type: "hello",
        num_connections: open.size,
        connection_info: { app_id: appId },
        debug_info: { host: "emulator", approximate_connection_time: 18_060 },
      }),
    );
    for (const watch of watchers) watch();
  };

  return {
    ticket() {
      const ticket = ids.next("ticket-");
      tickets.add(ticket);
      return `/link/?ticket=${ticket}&app_id=${appId}`;
    },
    upgrade(request, socket, head) {
      const ticket = new URL(request.url ?? "/", "http://local").searchParams.get("ticket") ?? "";
      if (!tickets.delete(ticket) || open.size >= SOCKETS_PER_APP) {
        socket.end("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        return;
      }
      join(acceptWebSocket(request, socket, head));
    },
    async send(outgoing, signal) {
      const connections = [...open];
      const connection = connections[turn % Math.max(1, connections.length)];
      turn += 1;
      if (connection === undefined) return { acknowledged: false, reason: "no_connection" };
      const id = envelopeId(ids);
      const { promise, resolve } = Promise.withResolvers<Receipt>();
      waiting.set(id, { connection, resolve });
      signal.addEventListener("abort", () => waiting.delete(id));
      connection.send(
        JSON.stringify({
          envelope_id: id,
          payload: outgoing.payload,
          type: outgoing.kind,
          accepts_response_payload: outgoing.acceptsResponse,
          ...(outgoing.kind === "events_api"
            ? {
                retry_attempt: outgoing.retry?.num ?? 0,
                retry_reason: outgoing.retry?.reason ?? "",
              }
            : {}),
        }),
      );
      return await promise.finally(() => waiting.delete(id));
    },
    count: () => open.size,
    async connected(count = 1) {
      if (open.size >= count) return;
      await new Promise<void>((resolve) => {
        const watch = () => {
          if (open.size < count) return;
          watchers.delete(watch);
          resolve();
        };
        watchers.add(watch);
      });
    },
    disconnect(reason, most = open.size) {
      for (const connection of [...open].slice(0, most)) {
        connection.send(
          JSON.stringify({ type: "disconnect", reason, debug_info: { host: "emulator" } }),
        );
        // "warning" comes some seconds before the end, the others end the connection.
        if (reason !== "warning") open.delete(connection);
      }
    },
    cut() {
      for (const connection of [...open]) {
        open.delete(connection);
        connection.cut();
      }
    },
    ping() {
      for (const connection of open) connection.ping("Ping from Slack");
    },
    close() {
      for (const connection of [...open]) connection.close(1001);
    },
  };
}
