/** Server-sent events: a page gets everything once, then each entry; after a gap what it missed. */
import type { Context } from "hono";
import { type SSEStreamingApi, streamSSE } from "hono/streaming";
import type { Transcript } from "./transcript.ts";

/** Proxies close what is silent for a minute; a comment keeps the line open. */
const HEARTBEAT_MS = 20_000;
/** How long the browser waits before it comes back. */
const RETRY_MS = 1000;

export function streamTranscript(context: Context, transcript: Transcript): Response {
  const last = context.req.header("last-event-id") ?? context.req.query("after");
  return streamSSE(
    context,
    (stream) => follow(stream, transcript, resumeFrom(last, transcript)),
    async () => {
      // The page went away in the middle of a write; there is nobody to tell.
    },
  );
}

/** An event's id is `TRANSCRIPT:SEQ`; undefined when the page has to start anew. */
function resumeFrom(last: string | undefined, transcript: Transcript): number | undefined {
  const [id, seq] = last?.split(":") ?? [];
  if (id !== transcript.id || seq === undefined || !/^\d{1,15}$/.test(seq)) return undefined;
  return Number(seq);
}

/** Asks for what is new whenever something is: a slow reader holds up nobody and fills no queue. */
async function follow(
  stream: SSEStreamingApi,
  transcript: Transcript,
  from: number | undefined,
): Promise<void> {
  let seq = from;
  await stream.write(`retry: ${RETRY_MS}\n\n`);
  while (!stream.aborted && !transcript.closed) {
    const entries = seq === undefined ? undefined : transcript.since(seq);
    if (entries === undefined) {
      const snapshot = transcript.snapshot();
      seq = snapshot.seq;
      await send(stream, "snapshot", transcript.id, seq, snapshot);
      continue;
    }
    for (const entry of entries) {
      await send(stream, "entry", transcript.id, entry.seq, entry);
      seq = entry.seq;
    }
    if (entries.length > 0) continue;
    await stream.write(": still here\n\n");
    await transcript.changed(seq ?? 0, HEARTBEAT_MS);
  }
}

function send(
  stream: SSEStreamingApi,
  event: string,
  transcript: string,
  seq: number,
  data: unknown,
): Promise<void> {
  return stream.writeSSE({ event, id: `${transcript}:${seq}`, data: JSON.stringify(data) });
}
