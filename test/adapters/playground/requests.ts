/** Requests to the playground as its page makes them, without a port. */
import type { Entry, Snapshot } from "../../../adapters/playground/entries.ts";
import type { ChatPlatform } from "../../../src/platform.ts";

const ORIGIN = "http://localhost:3000";
const pageHeaders: Readonly<Record<string, string>> = {
  host: "localhost:3000",
  origin: ORIGIN,
  "content-type": "application/json",
};

/** One request; headers given here come on top of the page's own. */
export async function request(
  platform: ChatPlatform,
  path: string,
  init: RequestInit = {},
  headers: Readonly<Record<string, string | undefined>> = {},
): Promise<Response> {
  const all = Object.entries({ ...pageHeaders, ...headers }).filter(
    (pair): pair is [string, string] => pair[1] !== undefined,
  );
  const sent = new Request(`${ORIGIN}${path}`, { ...init, headers: new Headers(all) });
  const response = await platform.web?.fetch(sent);
  if (!response) throw new Error("the playground has no page");
  return response;
}

/** What one does on the page. */
export function post(platform: ChatPlatform, event: object): Promise<Response> {
  const common = { language: "en", timeZone: "Europe/Paris" };
  const body = JSON.stringify({ ...common, ...event });
  return request(platform, "/playground/events", { method: "POST", body });
}

/** The first `count` events of the stream, then the connection is given up. */
export async function readStream(
  platform: ChatPlatform,
  count: number,
  after?: string,
): Promise<{ event: string; id: string; data: unknown }[]> {
  const path = after === undefined ? "/playground/stream" : `/playground/stream?after=${after}`;
  const response = await request(platform, path);
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  if (!reader) throw new Error("the stream has no body");
  let text = "";
  const events = () =>
    [...text.matchAll(/^event: (\w+)\ndata: (.*)\nid: (.*)\n\n/gm)].map(
      ([, event = "", data = "", id = ""]) => ({ event, id, data: JSON.parse(data) as unknown }),
    );
  while (events().length < count) {
    const { done, value } = await reader.read();
    if (done) break;
    text += value;
  }
  await reader.cancel();
  return events().slice(0, count);
}

/** Everything that stands on the page now. */
export async function readSnapshot(platform: ChatPlatform): Promise<Snapshot> {
  const [first] = await readStream(platform, 1);
  return first?.data as Snapshot;
}

/** The entries after a place in the stream. */
export async function readEntries(
  platform: ChatPlatform,
  count: number,
  after: string,
): Promise<Entry[]> {
  return (await readStream(platform, count, after)).map(({ data }) => data as Entry);
}
