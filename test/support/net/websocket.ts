/**
 * The server side of a WebSocket connection (RFC 6455): text frames, ping, pong and close, no
 * extensions. Enough for Slack's Socket Mode and Discord's gateway, and no more.
 */
import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";

/** RFC 6455, section 1.3: the value every server appends to the client's key. */
const HANDSHAKE_GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
const opcodes = { continuation: 0, text: 1, close: 8, ping: 9, pong: 10 } as const;

export interface Connection {
  send(text: string): void;
  ping(payload?: string): void;
  /** Says goodbye, with a reason if there is one, and ends. */
  close(code: number, reason?: string): void;
  /** Ends without a word, as a broken line does. */
  cut(): void;
  onText(listener: (text: string) => void): void;
  onEnd(listener: () => void): void;
}

/** Answers the upgrade request; the connection is open when this returns. */
export function acceptWebSocket(
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): Connection {
  const key = request.headers["sec-websocket-key"] ?? "";
  const accept = createHash("sha1").update(`${key}${HANDSHAKE_GUID}`).digest("base64");
  socket.write(
    `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
  );
  let text: (text: string) => void = () => {};
  const ends: (() => void)[] = [];
  const write = (opcode: number, payload: Buffer) => {
    if (!socket.destroyed && socket.writable) socket.write(frame(opcode, payload));
  };
  const close = (code: number, reason = "") => {
    const payload = Buffer.alloc(2);
    payload.writeUInt16BE(code);
    write(opcodes.close, Buffer.concat([payload, Buffer.from(reason)]));
    // The server ends the line (section 7.1.1); the client waits for that.
    socket.end(() => socket.destroy());
  };
  const read = frameReader((opcode, payload) => {
    if (opcode === opcodes.text) text(payload.toString("utf8"));
    else if (opcode === opcodes.ping) write(opcodes.pong, payload);
    else if (opcode === opcodes.close) close(payload.length >= 2 ? payload.readUInt16BE() : 1000);
  });
  socket.on("data", read);
  socket.on("error", () => socket.destroy());
  // A process that was killed says no more than this; a server of HTTP would keep its half open.
  socket.on("end", () => socket.destroy());
  socket.on("close", () => {
    for (const ended of ends) ended();
  });
  if (head.length > 0) read(head);
  return {
    send: (words) => write(opcodes.text, Buffer.from(words, "utf8")),
    ping: (payload = "") => write(opcodes.ping, Buffer.from(payload)),
    close,
    cut: () => socket.destroy(),
    onText(listener) {
      text = listener;
    },
    onEnd(listener) {
      ends.push(listener);
    },
  };
}

/** A server's frames are final and unmasked (section 5.1). */
function frame(opcode: number, payload: Buffer): Buffer {
  const length = payload.length;
  let header: Buffer;
  if (length < 126) {
    header = Buffer.from([0x80 | opcode, length]);
  } else if (length < 65_536) {
    header = Buffer.from([0x80 | opcode, 126, 0, 0]);
    header.writeUInt16BE(length, 2);
  } else {
    header = Buffer.alloc(10);
    header[0] = 0x80 | opcode;
    header[1] = 127;
    header.writeBigUInt64BE(BigInt(length), 2);
  }
  return Buffer.concat([header, payload]);
}

/** Puts chunks together to frames, and fragments to messages. */
function frameReader(onFrame: (opcode: number, payload: Buffer) => void): (chunk: Buffer) => void {
  let rest = Buffer.alloc(0);
  let fragments: Buffer[] = [];
  let fragmentOpcode: number = opcodes.text;
  return (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    for (let next = parseFrame(rest); next !== undefined; next = parseFrame(rest)) {
      rest = rest.subarray(next.bytes);
      const control = next.opcode >= 8;
      if (control) {
        onFrame(next.opcode, next.payload);
        continue;
      }
      if (next.opcode !== opcodes.continuation) fragmentOpcode = next.opcode;
      fragments.push(next.payload);
      if (!next.final) continue;
      const whole = Buffer.concat(fragments);
      fragments = [];
      onFrame(fragmentOpcode, whole);
    }
  };
}

interface Frame {
  readonly opcode: number;
  readonly final: boolean;
  readonly payload: Buffer;
  readonly bytes: number;
}

function parseFrame(data: Buffer): Frame | undefined {
  if (data.length < 2) return undefined;
  const [first, second] = [data.readUInt8(0), data.readUInt8(1)];
  const short = second & 0x7f;
  const extra = short === 126 ? 2 : short === 127 ? 8 : 0;
  const masked = (second & 0x80) !== 0;
  const start = 2 + extra + (masked ? 4 : 0);
  if (data.length < start) return undefined;
  const length =
    extra === 2 ? data.readUInt16BE(2) : extra === 8 ? Number(data.readBigUInt64BE(2)) : short;
  if (data.length < start + length) return undefined;
  const payload = Buffer.from(data.subarray(start, start + length));
  if (masked) {
    const mask = data.subarray(start - 4, start);
    for (let index = 0; index < payload.length; index += 1) {
      payload[index] = payload.readUInt8(index) ^ mask.readUInt8(index % 4);
    }
  }
  return { opcode: first & 0x0f, final: (first & 0x80) !== 0, payload, bytes: start + length };
}
