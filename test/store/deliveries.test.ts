import fc from "fast-check";
import { beforeAll, beforeEach, expect, test } from "vitest";
import type { Message } from "../../src/platform.ts";
import { forgetDeadJobs } from "../../src/store/dead-jobs.ts";
import {
  claimDelivery,
  giveUpDelivery,
  releaseDelivery,
  settleDelivery,
} from "../../src/store/deliveries.ts";
import { keepMessage, readMessage } from "../../src/store/kept-message.ts";
import { planDelivery } from "../../src/store/new-delivery.ts";
import { describeEachDatabase, type TestDatabase } from "../support/database.ts";
import { insertConnection, insertWorkspace } from "../support/database-rows.ts";

const now = new Date("2026-11-02T12:00:00Z");

function pictured(png: Uint8Array): Message {
  return {
    summary: "A week",
    locale: "en",
    parts: [
      { kind: "heading", text: "NPS" },
      { kind: "picture", picture: { png, width: 2, height: 1, alt: "a line", sparkline: "▁▂" } },
      { kind: "actions", options: [{ label: "Write", token: "t", opens: "form", hint: "h" }] },
      { kind: "quote", text: "so", by: "Dana", link: { label: "open", url: "https://a.example" } },
    ],
  };
}

test("a kept message comes back as it was, byte for byte", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.boolean(), (bytes, own) => {
      const message = pictured(own ? bytes : Buffer.from(bytes));
      const kept: unknown = JSON.parse(keepMessage(message));
      expect(readMessage(kept)).toEqual(pictured(bytes));
    }),
  );
});

describeEachDatabase("the ledger of the outbox", (open) => {
  let database: TestDatabase;
  let workspaceId: number;
  let connectionId: string;

  beforeAll(async () => {
    database = await open();
  });
  beforeEach(async () => {
    workspaceId = await insertWorkspace(database.db);
    connectionId = await insertConnection(database.db, workspaceId);
  });

  const plan = async (message: Message) => {
    const id = await planDelivery(database.db, {
      workspaceId,
      connectionId,
      key: "share:1",
      purpose: "share",
      invitationId: null,
      personId: null,
      address: { kind: "channel", channelId: "C1" },
      message,
    });
    return id ?? "";
  };
  const claim = (id: string) => claimDelivery(database.db, workspaceId, id);
  const kept = async (id: string) =>
    JSON.stringify(
      await database.db
        .selectFrom("deliveries")
        .select(["message", "state", "reason"])
        .where("workspace_id", "=", workspaceId)
        .where("id", "=", id)
        .executeTakeFirstOrThrow(),
    );

  test("P1 a message goes out as it is, and nothing of it is kept once it is settled", async () => {
    const png = Uint8Array.from({ length: 3000 }, (_, i) => i % 256);
    const base64 = Buffer.from(png).toString("base64");
    const id = await plan(pictured(png));
    const claimed = await claim(id);
    expect(claimed?.message).toEqual(pictured(png));
    expect(claimed?.address).toEqual({ kind: "channel", channelId: "C1" });
    expect(await kept(id)).toContain(base64);
    const sent = { state: "sent", messageId: "m1" } as const;
    expect(await settleDelivery(database.db, workspaceId, id, 1, sent, now)).toBe(true);
    expect(await kept(id)).toContain('"message":null');
    expect(await claim(id)).toBeUndefined();
  });

  test("P1 a delivery that is given up can be tried again, and keeps nothing of it after that", async () => {
    const id = await plan(pictured(new Uint8Array(300).fill(7)));
    await giveUpDelivery(database.db, workspaceId, id);
    expect(await kept(id)).not.toContain('"message":null');
    await forgetDeadJobs(database.db, new Date(Date.now() + 60_000));
    expect(await kept(id)).toContain('"message":null');
  });

  test("D3 D5 only what was found half sent is unclear; what was put back is not", async () => {
    const id = await plan(pictured(new Uint8Array(0)));
    const first = await claim(id);
    expect(first).toMatchObject({ attempt: 1, unclear: false });
    await releaseDelivery(database.db, workspaceId, id, 1);
    expect(await claim(id)).toMatchObject({ attempt: 2, unclear: false });
    expect(await claim(id)).toMatchObject({ attempt: 3, unclear: true });
  });

  test("S3 an earlier claim that wakes up late neither settles nor puts back", async () => {
    const id = await plan(pictured(new Uint8Array(0)));
    await claim(id);
    await claim(id);
    const gone = { state: "undeliverable", reason: "late" } as const;
    expect(await settleDelivery(database.db, workspaceId, id, 1, gone, now)).toBe(false);
    await releaseDelivery(database.db, workspaceId, id, 1);
    expect(await claim(id)).toMatchObject({ attempt: 3, unclear: true });
  });

  test("a message or an address of an unknown shape is claimed without it", async () => {
    const id = await plan(pictured(new Uint8Array(0)));
    await database.db
      .updateTable("deliveries")
      .set({ message: JSON.stringify({ v: 9 }), address: JSON.stringify({ kind: "moon" }) })
      .where("workspace_id", "=", workspaceId)
      .where("id", "=", id)
      .execute();
    expect(await claim(id)).toMatchObject({ address: undefined, message: undefined });
  });
});
