import { createServer, type Server } from "node:http";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createRespond } from "../../../../adapters/slack/answer/respond.ts";

const hits: string[] = [];
let server: Server;
let origin: string;

beforeEach(async () => {
  hits.length = 0;
  server = createServer((request, response) => {
    hits.push(request.url ?? "");
    if (request.url === "/moved") response.writeHead(307, { location: `${origin}/elsewhere` });
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("there is no port");
  origin = `http://127.0.0.1:${address.port}`;
});
afterEach(() => new Promise((resolve) => server.close(resolve)));

test("an answer goes to where SLACK_API_URL says that Slack is", async () => {
  await createRespond(`${origin}/api/`)(`${origin}/actions/T1/1/x`, { text: "hello" });
  expect(hits).toEqual(["/actions/T1/1/x"]);
});

test("T2 no answer goes anywhere but to Slack, whatever a payload or a form carried", async () => {
  const elsewhere = [
    `${origin}/actions/T1/1/x`,
    "http://169.254.169.254/latest/meta-data/",
    "http://hooks.slack.com/actions/T1/1/x",
    "https://hooks.slack.com.evil.example/actions/T1/1/x",
    "https://evilslack.com/actions/T1/1/x",
    "https://hooks.slack.com@evil.example/actions",
    "https://evil@hooks.slack.com/actions",
    "https://hooks.slack.com:8443/actions",
    "file:///etc/passwd",
    "data:text/plain,x",
    "hooks.slack.com/actions",
    "",
  ];
  for (const apiUrl of [undefined, "https://slack.example/api/"]) {
    const respond = createRespond(apiUrl);
    for (const url of elsewhere) {
      await expect(respond(url, { text: "secret" }), url).rejects.toThrow("none of Slack's");
    }
  }
  expect(hits).toEqual([]);
});

test("T2 an answer follows no redirect", async () => {
  const respond = createRespond(`${origin}/api/`);
  await expect(respond(`${origin}/moved`, { text: "secret" })).rejects.toThrow();
  expect(hits).toEqual(["/moved"]);
});

test("P7 why an answer did not get there names no address", async () => {
  const respond = createRespond(undefined);
  const error: unknown = await respond("https://canary.example/x", {}).catch((e: unknown) => e);
  expect(String(error)).not.toContain("canary");
});
