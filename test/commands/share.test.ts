import { beforeAll, expect, test } from "vitest";
import { AppError } from "../../src/errors.ts";
import type { Message } from "../../src/platform.ts";
import { describeEitherDatabase, type TestDatabase } from "../support/database.ts";
import { tokenOf } from "../support/messenger.ts";
import { dana, kim, robin } from "../support/world.ts";
import { buttonsOf, createReading, type Reading, updateOf } from "./reading-support.ts";
import { linesOf } from "./summary-support.ts";

const HOUR = 3_600_000;
const channel = { kind: "channel", channelId: "C-support" } as const;

describeEitherDatabase("Share", (open) => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await open();
  });
  /** A week with enough answers for a score, one of them in words. */
  async function enter(): Promise<Reading> {
    const reading = await createReading(database);
    const { answer, person, ago } = reading;
    const at = ago(HOUR);
    const ada = await reading.person("Ada");
    await answer("nps", { score: 2, at, text: "a secret of Ada", person: ada });
    for (const score of [9, 9, 10, 10, 7]) {
      await answer("nps", { score, at, person: await person(`Nr ${score}`) });
    }
    return reading;
  }

  const pictureOf = (message: Message) => message.parts.find((part) => part.kind === "picture");
  const card = ({ types }: Reading) =>
    types(robin, "nps", "week", { place: channel, pictures: false });

  test("the summary is posted with its picture and who shared it, without words and names", async () => {
    const reading = await enter();
    const { presses, world } = reading;
    const own = await card(reading);
    expect(linesOf(own).join()).toContain("a secret of Ada");
    const token = tokenOf(own, "Share");
    const place = { place: channel, pictures: false } as const;
    const reply = updateOf(await presses(robin, token, place));
    await world.settle();
    const [posted, ...more] = world.messenger.sent;
    if (posted === undefined) throw new Error("nothing was posted");
    expect(more).toEqual([]);
    expect(posted.to).toEqual(channel);
    // Some in that place may not see single answers, such as the one detractor's.
    expect(posted.message.summary).toBe(own.summary.replace(" · 4 / 1 / 1", ""));
    const lines = linesOf(posted.message);
    expect(lines[0]).toBe(linesOf(own)[0]);
    expect(lines.at(-1)).toBe("Shared by Robin");
    expect(lines.join()).not.toMatch(/Ada|secret|Detractors|Answers by score/);
    expect(linesOf(own).join()).toMatch(/Detractors.*Answers by score/);
    expect(buttonsOf(posted.message)).toEqual([]);
    const picture = pictureOf(posted.message)?.picture;
    expect([...(picture?.png.subarray(1, 4) ?? [])]).toEqual([...Buffer.from("PNG")]);
    expect(picture?.alt).toContain(posted.message.summary);
    // The presser keeps what they had, without the button.
    expect(linesOf(reply)).toEqual([
      ...linesOf(own).slice(0, -1),
      "Shared by you, without comments and names.",
    ]);
    const audited = await database.db
      .selectFrom("audit")
      .select(["action", "target", "details"])
      .where("workspace_id", "=", world.workspaceId)
      .execute();
    expect(audited).toEqual([
      { action: "summary.share", target: "nps", details: { period: "week-20261102" } },
    ]);
  });

  test("what is shared is the week that was looked at, also in the week after", async () => {
    const reading = await enter();
    const token = tokenOf(await card(reading), "Share");
    reading.world.clock.advance(7 * 24 * HOUR);
    await reading.presses(robin, token, { place: channel });
    await reading.world.settle();
    expect(linesOf(reading.world.messenger.sent[0]?.message ?? fail())[0]).toBe(
      "NPS · Nov 2 – 8, 2026",
    );
  });

  test("the shared card speaks the workspace's language, the presser's own card theirs", async () => {
    const reading = await enter();
    const russian = { ...robin, locale: "ru" };
    const token = tokenOf(await card(reading), "Share");
    const reply = updateOf(await reading.presses(russian, token, { place: channel }));
    await reading.world.settle();
    const posted = reading.world.messenger.sent[0]?.message ?? fail();
    expect([reply.locale, posted.locale]).toEqual(["ru", "en"]);
    expect(pictureOf(reply)?.picture.alt).toContain(reply.summary);
    expect(pictureOf(posted)?.picture.alt).toContain(posted.summary);
  });

  test("without a place where colleagues read it goes to the leads", async () => {
    const reading = await enter();
    const token = tokenOf(await card(reading), "Share");
    await reading.presses(robin, token);
    await reading.presses(robin, token, { place: { kind: "direct", userId: "U-robin" } });
    await reading.world.settle();
    expect(reading.world.messenger.leads()).toHaveLength(2);
    expect(reading.world.messenger.sent).toHaveLength(2);
  });

  test("F5 where nothing can be posted, whoever shared it is told what to do", async () => {
    const reading = await enter();
    const { messenger } = reading.world;
    const token = tokenOf(await card(reading), "Share");
    messenger.failNext({ error: new AppError("unreachable", "not in the channel") });
    await reading.presses(robin, token, { place: channel });
    await reading.world.settle();
    expect(messenger.sent).toHaveLength(1);
    const [told] = messenger.to(robin.externalId);
    expect(told?.message.summary).toBe(
      "I could not post the summary there. Invite me to that channel, then share it once more.",
    );
  });

  test("D6 what could not be posted after every try is told to whoever shared it, too", async () => {
    const reading = await enter();
    const { world, presses } = reading;
    const token = tokenOf(await card(reading), "Share");
    world.messenger.failNext({ error: new AppError("temporary", "out of order") });
    await presses(robin, token, { place: channel });
    await expect(world.settle()).rejects.toThrow("out of order");
    const { id: deliveryId } = await database.db
      .selectFrom("deliveries")
      .select("id")
      .where("workspace_id", "=", world.workspaceId)
      .executeTakeFirstOrThrow();
    await world.outbox.giveUp({ workspaceId: world.workspaceId, deliveryId });
    await world.settle();
    const [told] = world.messenger.to(robin.externalId);
    expect(told?.message.summary).toContain("I could not post the summary there");
  });

  test("D2 the same press delivered again posts nothing more", async () => {
    const reading = await enter();
    const token = tokenOf(await card(reading), "Share");
    const once = await reading.presses(robin, token, { id: "tap-1", place: channel });
    const again = await reading.presses(robin, token, { id: "tap-1", place: channel });
    expect(linesOf(updateOf(again))).toEqual(linesOf(updateOf(once)));
    await reading.world.settle();
    expect(reading.world.messenger.sent).toHaveLength(1);
  });

  test("T10 whoever is no lead any more, and never was one, shares nothing", async () => {
    const reading = await enter();
    const token = tokenOf(await card(reading), "Share");
    for (const from of [{ ...robin, role: "agent" } as const, kim, dana]) {
      const reply = await reading.presses(from, token, { place: channel });
      expect(reply.kind === "message" && linesOf(reply.message).join()).toContain("support leads");
    }
    await reading.world.settle();
    expect(reading.world.messenger.sent).toEqual([]);
  });

  test("T2 a button of another workspace shares nothing here", async () => {
    const here = await enter();
    const elsewhere = await enter();
    const foreign = tokenOf(await card(elsewhere), "Share");
    expect((await here.presses(robin, foreign, { place: channel })).kind).toBe("message");
    await here.world.settle();
    expect(here.world.messenger.sent).toEqual([]);
  });
});

function fail(): never {
  throw new Error("there should be something here");
}
