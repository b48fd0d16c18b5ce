/** The playground on a real port with the fake core behind it. */
import { mkdtemp, rm } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createAdaptorServer } from "@hono/node-server";
import { createPlayground, type PlaygroundOptions } from "../../../adapters/playground/index.ts";
import en from "../../../src/locales/en.json" with { type: "json" };
import ru from "../../../src/locales/ru.json" with { type: "json" };
import zhHans from "../../../src/locales/zh-Hans.json" with { type: "json" };
import zhHant from "../../../src/locales/zh-Hant.json" with { type: "json" };
import { createLog } from "../../../src/log.ts";
import type { ChatPlatform, ConnectionRef } from "../../../src/platform.ts";
import { fakeCoreServices } from "../../support/core-services.ts";
import { createFakeCore, type FakeCore } from "../../support/fake-core.ts";

export const connection: ConnectionRef = { platform: "playground", externalId: "playground" };

/** The page's texts by language, as the composition root hands them in. */
export const texts: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  en: ofPage(en),
  "zh-Hans": ofPage(zhHans),
  "zh-Hant": ofPage(zhHant),
  ru: ofPage(ru),
};

function ofPage(all: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(all).filter(([key]) => key.startsWith("playground.")));
}

/** Options for a playground in `folder`, as the composition root gives them. */
export function playgroundOptions(folder: string): PlaygroundOptions {
  return {
    connection,
    folder,
    allowedHosts: ["localhost", "127.0.0.1"],
    languages: Object.keys(texts),
    texts: (language) => texts[language] ?? {},
    log: createLog("silent"),
  };
}

/** A folder that is gone after the test. */
export async function temporaryFolder(): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), "aftertalk-playground-"));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

export interface Stage {
  readonly url: string;
  readonly port: number;
  readonly core: FakeCore;
  readonly platform: ChatPlatform;
  close(): Promise<void>;
}

export interface StageOptions {
  /** Any free one when it is not given. */
  readonly port?: number;
  readonly askAfterMs?: number;
  readonly languages?: readonly string[];
}

/** Serves the playground of `folder`. */
export async function startStage(
  folder: string,
  { port = 0, askAfterMs = 10_000, languages = Object.keys(texts) }: StageOptions,
): Promise<Stage> {
  const platform = createPlayground({ ...playgroundOptions(folder), languages });
  const core = createFakeCore(connection, askAfterMs);
  core.platform = platform;
  await platform.start(core, fakeCoreServices());
  const { web } = platform;
  if (!web) throw new Error("the playground has no page");
  const server = createAdaptorServer({ fetch: (request) => web.fetch(request) });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  const { port: chosen } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${chosen}/`,
    port: chosen,
    core,
    platform,
    async close() {
      await platform.stop();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        if ("closeAllConnections" in server) server.closeAllConnections();
      });
    },
  };
}
