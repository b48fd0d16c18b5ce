import { afterEach, describe, expect, test } from "vitest";
import type { Message } from "../../../../src/platform.ts";
import { createOutgoing, type Outgoing } from "../outgoing.ts";
import { failure } from "../stage.ts";

const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
  "base64",
);
const chart: Message = {
  summary: "NPS 32",
  locale: "en",
  parts: [
    { kind: "text", text: "NPS 32" },
    {
      kind: "picture",
      picture: { png, width: 1, height: 1, alt: "It rose from 20 to 32", sparkline: "▁▃▇" },
    },
  ],
};

let out: Outgoing;
afterEach(async () => {
  await out.close();
});

const seen = () => out.dana.sees(out.leads).at(-1);
const uploads = () => out.slack.calls("files.completeUploadExternal").length;

describe("pictures", () => {
  test("the picture is shown with its words for screen readers", async () => {
    out = await createOutgoing();
    await out.send({ kind: "leads" }, chart);
    const image = seen()?.blocks.find(({ type }) => type === "image");
    expect(image).toMatchObject({ alt_text: "It rose from 20 to 32" });
    expect(image).toHaveProperty("slack_file.id");
    expect(out.slack.problems).toEqual([]);
  });

  test("a retry does not upload it again", async () => {
    out = await createOutgoing();
    out.slack.fail("chat.postMessage", { kind: "reset" });
    await failure(out.send({ kind: "leads" }, chart, "key-1"));
    await out.send({ kind: "leads" }, chart, "key-1");
    expect(uploads()).toBe(1);
    expect(seen()?.blocks.some(({ type }) => type === "image")).toBe(true);
  });

  test("a file that Slack takes too long to look at is not waited for", async () => {
    out = await createOutgoing({ fileReadyMs: 60_000 });
    await out.send({ kind: "leads" }, chart);
    expect(seen()?.blocks.some(({ type }) => type === "image")).toBe(false);
    expect(seen()?.words).toContain("▁▃▇");
    expect(seen()?.words).toContain("It rose from 20 to 32");
  });

  test("without leave to upload, or when uploading fails, the message goes without", async () => {
    out = await createOutgoing();
    out.slack.fail("files.getUploadURLExternal", { kind: "status", status: 500 });
    await out.send({ kind: "leads" }, chart);
    expect(seen()?.words).toContain("▁▃▇");
    out.acme.grant(["chat:write"]);
    await out.send({ kind: "leads" }, chart);
    expect(seen()?.words).toContain("▁▃▇");
    expect(out.stage.logged.some((line) => line.includes("files:write"))).toBe(true);
  });

  test("a picture that Slack refuses to show is left out at the next try", async () => {
    out = await createOutgoing();
    out.slack.fail("chat.postMessage", { kind: "refused", error: "invalid_blocks" });
    expect(await failure(out.send({ kind: "leads" }, chart, "key-1"))).toMatchObject({
      code: "temporary",
    });
    await out.send({ kind: "leads" }, chart, "key-1");
    expect(seen()?.words).toContain("▁▃▇");
    expect(uploads()).toBe(1);
  });
});
