import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { createDataFolder, createFolder, createStarter } from "./support.ts";

const start = createStarter();
const folder = createFolder();

test("start says where the page is, serves it, and SIGTERM ends it cleanly", async () => {
  const settings = { AFTERTALK_DATA_DIR: createDataFolder(folder, "start"), PORT: "0" };
  const running = start(["start", "--json"], settings);
  const ready: unknown = JSON.parse(await running.printed(/\n/));
  expect(ready).toEqual({ url: expect.stringMatching(/^http:\/\/localhost:\d+$/) });
  const { url } = ready as { url: string };
  expect((await fetch(url)).status).toBe(200);
  running.process.kill("SIGTERM");
  const { code, stderr } = await running.finished;
  expect(stderr).toContain("Stopping");
  expect(code).toBe(0);
});

test("a port that is taken is told with how to choose another", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => other.once("listening", resolve));
  const { port } = other.address() as AddressInfo;
  const settings = { AFTERTALK_DATA_DIR: `${folder}/unused`, PORT: String(port) };
  const { code, stderr } = await start(["start"], settings).finished;
  other.close();
  expect(code).toBe(1);
  expect(stderr).toContain(`Port ${port}`);
  expect(stderr).toContain("What to do:");
});
