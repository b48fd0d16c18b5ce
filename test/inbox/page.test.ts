import { beforeAll, expect, test } from "vitest";
import { AppError } from "../../src/errors.ts";
import type { Message, Reply } from "../../src/platform.ts";
import { newId } from "../../src/store/ids.ts";
import { COMMENT_FIELD } from "../../src/surveys/comment-form.ts";
import { describeEitherDatabase, type TestDatabase } from "../support/database.ts";
import { tokenOf, wordsOf } from "../support/messenger.ts";
import { createWorld, dana, type World } from "../support/world.ts";
import { answersOf, newestInvitation, playAndAsk } from "./support.ts";

describeEitherDatabase("a question on the customer's own page", (open) => {
  let database: TestDatabase;
  let world: World;

  beforeAll(async () => {
    database = await open();
    world = await createWorld(database);
  });

  const shown = (reply: Reply): Message => {
    if (reply.kind !== "message" && reply.kind !== "update") throw new Error("it shows nothing");
    return reply.message;
  };
  const pressesOnPage = async (token: string, values?: Record<string, string>) => {
    const connection = { platform: "messenger", externalId: `T-${world.workspaceId}` };
    const about = { id: newId(), connection, at: world.clock.now(), from: dana, token };
    const more = values === undefined ? {} : { values };
    const reply = await world.inbox.receive({ ...about, ...more, kind: "action", page: "home" });
    await world.settle();
    return reply;
  };

  test("whoever lost a whisper answers there, step by step, and sees the whole page again", async () => {
    world.messenger.refuse(({ kind }) =>
      kind === "direct" ? new AppError("unreachable", "no direct") : undefined,
    );
    await playAndAsk(world);
    const page = shown(await world.types(dana, "home"));
    expect(wordsOf(page)).toContain("recommend Acme");

    const answered = await pressesOnPage(tokenOf(page, "3"));
    expect(answered.kind).toBe("update");
    expect(wordsOf(shown(answered))).toContain("3/10 (NPS)");
    expect(wordsOf(shown(answered))).toContain("What went wrong?");
    expect(wordsOf(shown(answered))).toContain("Your feedback");
    expect((await newestInvitation(world)).reached_at).not.toBeNull();

    const form = await pressesOnPage(tokenOf(shown(answered), "Write it here"));
    if (form.kind !== "form") throw new Error("words need a form");
    const wrote = shown(await pressesOnPage(form.form.submit.token, { [COMMENT_FIELD]: "slow" }));
    expect(wordsOf(wrote)).toContain("slow");
    expect(wordsOf(wrote)).toContain("May someone from the team");
    const done = shown(await pressesOnPage(tokenOf(wrote, "No, thanks")));
    expect(wordsOf(done)).not.toContain("May someone from the team");
    const answers = await answersOf(world);
    expect(answers).toHaveLength(3);
    expect(answers.map(({ score }) => score)).toContain(3);
    expect(answers.map(({ text }) => text)).toContain("slow");
  });
});
