import { expect, test } from "vitest";
import { type DraftKind, insertDraft, updateDraft } from "../../src/store/drafts.ts";
import { newId } from "../../src/store/ids.ts";
import { NO_INVITATION } from "../../src/surveys/tokens.ts";
import { describeEitherDatabase } from "../support/database.ts";
import { wordsOf } from "../support/messenger.ts";
import { createWorld, robin } from "../support/world.ts";

describeEitherDatabase("a draft that cannot be gone on with", (open) => {
  test("is told with the command of its kind; one that is gone, or somebody else's, with the list of one's own", async () => {
    const world = await createWorld(await open());
    const { engine, workspaceId } = world;
    const ada = { ...robin, externalId: "U-ada", name: "Ada" };
    for (const each of [robin, ada]) await world.types(each, "survey", "list");
    const { person_id: personId } = await engine.db
      .selectFrom("identities")
      .select("person_id")
      .where("workspace_id", "=", workspaceId)
      .where("external_id", "=", robin.externalId)
      .executeTakeFirstOrThrow();
    const pressed = async (id: string, by = robin) => {
      const about = { workspaceId, invitationId: NO_INVITATION, draftId: id };
      const token = engine.tokens.sign({ ...about, verb: "draft", question: "main" });
      const reply = await world.presses(by, token);
      return reply.kind === "message" ? wordsOf(reply.message) : reply.kind;
    };
    const begun = (kind: DraftKind) =>
      insertDraft(
        engine.db,
        workspaceId,
        { personId, kind, about: "", base: null, content: { v: 99 } },
        world.clock.now(),
      );
    for (const [kind, command] of [
      ["survey", "/survey list"],
      ["schedule", "/survey schedule"],
      ["setup", "/aftertalk setup"],
      ["settings", "/aftertalk settings"],
      ["roles", "/aftertalk roles"],
    ] as const) {
      const id = await begun(kind);
      expect(await pressed(id)).toMatch(new RegExp(`another version .* ${command}\\.`));
      expect(await pressed(id, ada)).toContain("/survey drafts lists your own");
      await updateDraft(engine.db, workspaceId, id, { state: "dropped" }, world.clock.now());
      expect(await pressed(id)).toMatch(new RegExp(`was dropped.* ${command}\\.`));
    }
    expect(await pressed(newId())).toContain("/survey drafts lists everything");
  });
});
